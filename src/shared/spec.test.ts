import { describe, expect, it } from 'vitest';
import { defaultSpec } from './defaults.ts';
import { checkSpec, runSpecSchema } from './spec.ts';
import { featuresOf, inputSizeOf } from './features.ts';
import { rolesOf, type Roles } from './roles.ts';

const good = () => defaultSpec(rolesOf('Date', 'Rate'), 879, 2_629_800);

describe('checkSpec', () => {
  it('takes the defaults', () => expect(checkSpec(good()).ok).toBe(true));

  it.each([0, -1, 1.5, 1e9, '', 'six', null, Number.NaN])('names the field and the range for a sequence length or hidden size of %s', (value) => {
    const spec = good() as unknown as { window: Record<string, unknown>; model: Record<string, unknown> };
    spec.window['sequenceLength'] = value;
    spec.model['hiddenSize'] = value;
    const checked = checkSpec(spec);
    expect(checked.ok).toBe(false);
    if (checked.ok) return;
    expect(checked.errors.map((e) => e.data.field)).toEqual(['window.sequenceLength', 'model.hiddenSize']);
    expect(checked.errors[1]!.message).toContain('Hidden size must be a whole number from 1 to 2048');
    expect(checked.errors.every((e) => e.data.fault === 'input')).toBe(true);
  });

  it('wants shares that add up to 1', () => {
    const spec = good();
    spec.split = { by: 'share', train: 0.7, validation: 0.2, test: 0.2 };
    const checked = checkSpec(spec);
    expect(checked.ok ? null : checked.errors[0]!.data).toMatchObject({ code: 'split.sum', field: 'split', details: { sum: 1.1 } });
  });

  it('tells a sum that is nearly 1 from 1', () => {
    const checked = checkSpec({ ...good(), split: { by: 'share', train: 0.3333333, validation: 0.3333333, test: 0.3333333 } });
    expect(checked.ok ? null : checked.errors[0]!.message).toContain('(they add up to 0.9999999)');
  });

  it('names the choices and what was given instead', () => {
    const checked = checkSpec({ ...good(), scaling: 'log' });
    expect(checked.ok ? null : checked.errors[0]!.message).toBe('scaling: it must be none, standard, minmax or robust (got log).');
  });

  it('refuses a column that goes in twice', () => {
    expect(checkSpec({ ...good(), roles: { ...good().roles, inputs: ['Rate', 'Rate'] } }).ok).toBe(false);
  });

  it('refuses what it does not know', () => expect(checkSpec({ ...good(), surprise: 1 }).ok).toBe(false));
});

describe('roles', () => {
  const rich = (): Roles => ({
    time: 'Date', targets: ['Rate', 'Volume'], inputs: ['Rate', 'Weather', 'Promo'], calendar: ['month'], known: ['Promo'],
    encodings: { Weather: { kind: 'onehot', categories: ['rain', 'sun'] }, Promo: { kind: 'boolean', true: ['yes'], false: ['no'] } },
  });
  const fieldOf = (change: Partial<Roles>) => {
    const checked = checkSpec({ ...good(), roles: { ...rich(), ...change } });
    return checked.ok ? null : checked.errors[0]!.data.field;
  };

  it('may have several targets, words, the calendar and inputs known in the future', () => expect(fieldOf({})).toBeNull());

  it.each<[what: string, change: Partial<Roles>, field: string]>([
    ['no target', { targets: [] }, 'roles.targets'], ['a target twice', { targets: ['Rate', 'Rate'] }, 'roles.targets'], ['the time as target', { targets: ['Date'] }, 'roles.time'],
    ['an input twice', { inputs: ['Rate', 'Weather', 'Promo', 'Rate'] }, 'roles.inputs'], ['nothing that goes in', { inputs: [], encodings: {}, known: [], calendar: [] }, 'roles.inputs'],
    ['a calendar without a time', { time: null }, 'roles.calendar'], ['known and no input', { known: ['Other'] }, 'roles.known'], ['a target that is known', { known: ['Rate'] }, 'roles.known'],
    ['an encoding of a target', { encodings: { Rate: { kind: 'code', categories: ['1', '2'] } } }, 'roles.encodings'],
    ['a category twice', { encodings: { Weather: { kind: 'onehot', categories: ['sun', 'sun'] } } }, 'roles.encodings'],
    ['a boolean that is both', { encodings: { Weather: { kind: 'boolean', true: ['Yes'], false: ['yes'] } } }, 'roles.encodings'],
  ])('with %s name their field', (_what, change, field) => expect(fieldOf(change)).toBe(field));

  it('make the features that go in, those known in the future once for each step of the horizon', () => {
    const names = featuresOf(rich(), 2).map(({ name }) => name);
    expect(names).toEqual(['Rate', 'Weather=rain', 'Weather=sun', 'Promo +1', 'Promo +2', 'sin month', 'cos month']);
    expect(inputSizeOf(rich(), 2)).toBe(names.length);
  });
});

describe('a stored spec', () => {
  const shares = { train: 0.7, validation: 0.15, test: 0.15 };

  it('of version 1 or 2 is a forecast of one target, without a recipe, split by shares', () => {
    const { window, scaling, model, training, backend } = good();
    const older = { roles: { time: 'Date', target: 'Rate', inputs: ['Rate'] }, window, split: shares, scaling, model, training, backend };
    expect(runSpecSchema.parse({ version: 1, ...older })).toEqual(good());
    expect(runSpecSchema.parse({ version: 2, task: 'forecast', ...older })).toEqual(good());
    expect(checkSpec({ version: 2, task: 'forecast', ...older })).toEqual({ ok: true, spec: good() });
  });

  it('of a text is one of version 3 by its version alone', () => {
    const { model, training, backend } = good();
    const text = {
      version: 2, task: 'char', text: { column: null, normalization: 'NFC', minCount: 1, embedding: null }, window: { sequenceLength: 2, stride: 1, targets: 'last' },
      split: shares, model, samples: { every: null, prompt: 'he', length: 5, temperature: 0 }, training: { ...training, loss: 'crossEntropy' }, backend,
    };
    expect(runSpecSchema.parse(text)).toEqual({ ...text, version: 3 });
  });

  it('of a text names a setting out of range', () => {
    const { version, model, training, backend } = good();
    const text = (embedding: number | null) => ({
      version, task: 'char', text: { column: null, normalization: 'NFC', minCount: 1, embedding }, window: { sequenceLength: 2, stride: 1, targets: 'last' },
      split: shares, model, samples: { every: null, prompt: 'he', length: 5, temperature: 0 }, training: { ...training, loss: 'crossEntropy' }, backend,
    });
    const checked = checkSpec(text(0));
    expect(checked.ok ? null : checked.errors.map((e) => e.data.field)).toEqual(['text.embedding']);
    expect(checkSpec(text(null)).ok).toBe(true);
  });
});
