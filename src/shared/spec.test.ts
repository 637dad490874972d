import { describe, expect, it } from 'vitest';
import { defaultSpec } from './defaults.ts';
import { checkSpec, runSpecSchema } from './spec.ts';

const good = () => defaultSpec({ time: 'Date', target: 'Rate', inputs: ['Rate'] }, 879, 2_629_800);

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
    spec.split = { train: 0.7, validation: 0.2, test: 0.2 };
    const checked = checkSpec(spec);
    expect(checked.ok ? null : checked.errors[0]!.data).toMatchObject({ code: 'split.sum', field: 'split', details: { sum: 1.1 } });
  });

  it('tells a sum that is nearly 1 from 1', () => {
    const checked = checkSpec({ ...good(), split: { train: 0.3333333, validation: 0.3333333, test: 0.3333333 } });
    expect(checked.ok ? null : checked.errors[0]!.message).toContain('(they add up to 0.9999999)');
  });

  it('names the choices and what was given instead', () => {
    const checked = checkSpec({ ...good(), scaling: 'log' });
    expect(checked.ok ? null : checked.errors[0]!.message).toBe('scaling: it must be none, standard or minmax (got log).');
  });

  it('refuses a column that goes in twice', () => {
    expect(checkSpec({ ...good(), roles: { time: null, target: 'Rate', inputs: ['Rate', 'Rate'] } }).ok).toBe(false);
  });

  it('refuses what it does not know', () => expect(checkSpec({ ...good(), surprise: 1 }).ok).toBe(false));
});

describe('a stored spec', () => {
  it('of version 1 is a forecast of version 2', () => {
    const { roles, window, split, scaling, model, training, backend } = good();
    expect(runSpecSchema.parse({ version: 1, roles, window, split, scaling, model, training, backend })).toEqual(good());
  });

  it('of a text names a setting out of range', () => {
    const { version, split, model, training, backend } = good();
    const text = (embedding: number | null) => ({
      version, task: 'char', text: { column: null, normalization: 'NFC', minCount: 1, embedding }, window: { sequenceLength: 2, stride: 1, targets: 'last' },
      split, model, samples: { every: null, prompt: 'he', length: 5, temperature: 0 }, training: { ...training, loss: 'crossEntropy' }, backend,
    });
    const checked = checkSpec(text(0));
    expect(checked.ok ? null : checked.errors.map((e) => e.data.field)).toEqual(['text.embedding']);
    expect(checkSpec(text(null)).ok).toBe(true);
  });
});
