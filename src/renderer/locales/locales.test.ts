import { describe, expect, it } from 'vitest';
import { cellKinds, initializationKinds, lossKinds, optimizerKinds, scalingKinds, scheduleKinds, backendChoices } from '../../shared/spec.ts';
import { limits } from '../../shared/limits.ts';
import { defaultSpec } from '../../shared/defaults.ts';
import { draftOf } from '../lib/draft.ts';
import { en } from './en/index.ts';
import { zhCN } from './zh-CN/index.ts';
import { rolesOf } from '../../shared/roles.ts';

type Tree = { [key: string]: string | Tree };
const flat = (tree: Tree, path = ''): [string, string][] => Object.entries(tree).flatMap(([key, value]) => (typeof value === 'string' ? [[path + key, value] as [string, string]] : flat(value, `${path}${key}.`)));
const english = new Map(flat(en));
const chinese = new Map(flat(zhCN));
const parameters = (text: string) => [...new Set([...text.matchAll(/\{(\w+)\}/g)].map((m) => m[1]))].sort();

describe('the two languages', () => {
  it('have the same keys', () => {
    expect([...chinese.keys()].filter((key) => !key.startsWith('errors.') && !key.startsWith('hints.')).sort()).toEqual([...english.keys()].sort());
  });
  it('take the same parameters', () => {
    const different = [...english].filter(([key, text]) => parameters(chinese.get(key) ?? '').some((name) => !parameters(text).includes(name))).map(([key]) => key);
    expect(different).toEqual([]);
  });
  it('speak without exclamation marks and without begging', () => {
    for (const text of [...english.values(), ...chinese.values()]) expect(text).not.toMatch(/[!！]|please/i);
  });
});

it('every setting, option and limit has its words', () => {
  const spec = defaultSpec(rolesOf(null, 'x'), 100, null);
  const missing = [
    ...Object.keys(draftOf(spec)).flatMap((path) => [`fields.${path}.label`, `fields.${path}.help`]),
    ...Object.keys(limits).map((name) => `limits.${name}`),
    ...Object.entries({ 'model.cell': cellKinds, 'model.initialization': initializationKinds, 'training.loss': lossKinds, 'training.optimizer': optimizerKinds, 'training.schedule': scheduleKinds, scaling: scalingKinds, backend: backendChoices })
      .flatMap(([path, options]) => options.map((option) => `options.${path}.${option}`)),
  ].filter((key) => !english.has(key));
  expect(missing).toEqual([]);
});
