import { describe, expect, it } from 'vitest';
import { defaultSpec } from '../../shared/defaults.ts';
import { checkSpec } from '../../shared/spec.ts';
import { draftOf, parseNumber, specOf, usableSpec } from './draft.ts';
import { rolesOf } from '../../shared/roles.ts';

const roles = rolesOf('Date', 'Rate');
const defaults = defaultSpec(roles, 879, 2_629_800);

it('a draft of a spec is that spec again', () => {
  expect(specOf(draftOf(defaults), roles, defaults)).toEqual(defaults);
  const other = { ...defaults, training: { ...defaults.training, clipNorm: 1, patience: 20 }, model: { ...defaults.model, bidirectional: true } };
  expect(specOf(draftOf(other), roles, defaults)).toEqual(other);
});

describe('what is typed', () => {
  it.each([['0.001', 0.001], ['1e-3', 0.001], [' 20 ', 20], ['0,5', 0.5], ['.5', 0.5], ['-1', -1], ['1e9', 1e9], ['abc', 'abc'], ['', ''], ['1.2.3', '1.2.3'], ['0x10', '0x10']])('%s is %s', (text, value) => {
    expect(parseNumber(text)).toBe(value);
  });
  it.each(['0', '-1', '1.5', '1e9', '', 'abc'])('a hidden size of "%s" is told at its field', (text) => {
    const check = checkSpec(specOf({ ...draftOf(defaults), 'model.hiddenSize': text }, roles, defaults));
    expect(check.ok).toBe(false);
    if (!check.ok) expect(check.errors.map((error) => [error.data.code, error.data.field])).toEqual([['spec.range', 'model.hiddenSize']]);
  });
  it('an empty optional number is off', () => {
    expect(specOf({ 'training.clipNorm': '', 'training.patience': ' ' }, roles, defaults)).toMatchObject({ training: { clipNorm: null, patience: null } });
  });
  it('a setting that is no longer in the spec is left out', () => {
    expect(specOf({ 'model.gone': '3', 'gone': '1' }, roles, defaults)).toEqual(defaults);
  });
});

it('a plan can be made of any draft', () => {
  const value = specOf({ 'model.hiddenSize': '1e9', 'window.sequenceLength': '9' }, roles, defaults);
  const spec = usableSpec(value, ['model.hiddenSize'], defaults);
  expect(spec.model.hiddenSize).toBe(defaults.model.hiddenSize);
  expect(spec.window.sequenceLength).toBe(9);
});
