import { expect, it } from 'vitest';
import { defaultSpec } from '../../../shared/defaults.ts';
import type { RunSummary } from '../../../shared/run.ts';
import { filterRuns, sortRuns } from './rows.ts';

const run = (name: string, rmse: number | null): RunSummary => {
  const metrics = rmse === null ? null : { train: null, validation: null, test: { mae: rmse, rmse, r2: null, count: 1 } };
  return {
    id: name, name, status: 'done', color: 0, datasetId: 'd', datasetName: 'rates.csv', unit: '%', spec: defaultSpec({ time: null, target: 'Rate', inputs: ['Rate'] }, 500, null), device: null,
    createdAt: '2026-01-01T00:00:00Z', finishedAt: null, seconds: 1, epochsDone: 1, metrics, persistence: null, curve: { train: [], validation: [] }, error: null, removedAt: null,
    evaluations: null, tags: [], starred: false, note: '', archivedAt: null, bytes: 0,
  };
};
const names = (runs: RunSummary[]) => runs.map((r) => r.name);

it('sorts numbers as numbers, with nothing last both ways', () => {
  const runs = [run('a', 10), run('b', null), run('c', 9)];
  expect(names(sortRuns(runs, { column: 'rmse', descending: false }, 'en'))).toEqual(['c', 'a', 'b']);
  expect(names(sortRuns(runs, { column: 'rmse', descending: true }, 'en'))).toEqual(['a', 'c', 'b']);
  expect(names(sortRuns([run('run 10', 1), run('run 9', 1)], { column: 'name', descending: false }, 'en'))).toEqual(['run 9', 'run 10']);
});

it('filters by every word', () => {
  const runs = [run('first try', 1), run('second try', 1)];
  expect(names(filterRuns(runs, 'TRY second'))).toEqual(['second try']);
  expect(names(filterRuns(runs, '  '))).toHaveLength(2);
  expect(filterRuns(runs, 'first second')).toEqual([]);
});
