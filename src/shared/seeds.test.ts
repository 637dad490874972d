import { expect, it } from 'vitest';
import type { Metrics, RunSummary } from './run.ts';
import { summariseSeeds } from './seeds.ts';

function run(id: string, test: number | null, train = 1, r2: number | null = 0.5): RunSummary {
  const of = (rmse: number) => ({ rmse, mae: rmse / 2, r2, count: 3 });
  const metrics: Metrics = { train: of(train), validation: null, test: test === null ? null : of(test) };
  return { id, metrics, evaluations: null, spec: { task: 'forecast' } } as RunSummary;
}

it('gives mean, sample deviation and the best run on the test part', () => {
  const summary = summariseSeeds([run('a', 3), run('b', 1), run('c', 2), { id: 'd', metrics: null, evaluations: null } as RunSummary], 'best');
  expect(summary).toMatchObject({ split: 'test', bestId: 'b', judged: 3, rmse: { mean: 2, deviation: 1, count: 3, min: 1, max: 3 }, mae: { mean: 1, deviation: 0.5 }, r2: { mean: 0.5, deviation: 0 } });
});

it('falls back to a part that all have, and tells nothing before one is judged', () => {
  expect(summariseSeeds([run('a', null, 4), run('b', 9, 2, null)], 'best')).toMatchObject({ split: 'train', bestId: 'b', rmse: { mean: 3 } });
  expect(summariseSeeds([run('a', null, 4), run('b', 9, 2, null)], 'best')).not.toHaveProperty('r2');
  expect(summariseSeeds([], 'best')).toEqual({ split: null, bestId: null, judged: 0 });
});

it('judges texts by their bits and classes by what is recognised', () => {
  const part = (value: number) => ({ train: null, validation: null, test: { bitsPerCharacter: value, perplexity: 2 ** value, accuracy: value / 10, f1: value / 20, precision: 0.5, recall: 0.5 } });
  const of = (id: string, task: 'char' | 'classify', value: number) => ({ id, spec: { task }, metrics: null, evaluations: null, text: { best: part(value) }, classes: { best: part(value) } }) as unknown as RunSummary;
  expect(summariseSeeds([of('a', 'char', 3), of('b', 'char', 1)], 'best')).toMatchObject({ split: 'test', bestId: 'b', judged: 2, bitsPerCharacter: { mean: 2, min: 1 }, accuracy: { mean: 0.2 } });
  expect(summariseSeeds([of('a', 'classify', 3), of('b', 'classify', 1)], 'best')).toMatchObject({ bestId: 'a', accuracy: { mean: 0.2, max: 0.3 }, f1: { mean: 0.1 } });
  expect(summariseSeeds([of('a', 'classify', 3)], 'best')).not.toHaveProperty('bitsPerCharacter');
});
