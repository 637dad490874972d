import { expect, it } from 'vitest';
import type { Metrics, RunSummary } from './run.ts';
import { summariseSeeds } from './seeds.ts';

function run(id: string, test: number | null, train = 1, r2: number | null = 0.5): RunSummary {
  const of = (rmse: number) => ({ rmse, mae: rmse / 2, r2, count: 3 });
  const metrics: Metrics = { train: of(train), validation: null, test: test === null ? null : of(test) };
  return { id, metrics, evaluations: null } as RunSummary;
}

it('gives mean, sample deviation and the best run on the test part', () => {
  const summary = summariseSeeds([run('a', 3), run('b', 1), run('c', 2), { id: 'd', metrics: null, evaluations: null } as RunSummary], 'best');
  expect(summary).toMatchObject({ split: 'test', bestId: 'b', judged: 3, rmse: { mean: 2, deviation: 1, count: 3, min: 1, max: 3 }, mae: { mean: 1, deviation: 0.5 }, r2: { mean: 0.5, deviation: 0 } });
});

it('falls back to a part that all have, and tells nothing before one is judged', () => {
  expect(summariseSeeds([run('a', null, 4), run('b', 9, 2, null)], 'best')).toMatchObject({ split: 'train', bestId: 'b', rmse: { mean: 3 }, r2: null });
  expect(summariseSeeds([], 'best')).toEqual({ split: null, rmse: null, mae: null, r2: null, bestId: null, judged: 0 });
});
