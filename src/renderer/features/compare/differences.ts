import type { RunSummary } from '../../../shared/run.ts';
import { specRows } from '../../lib/draft.ts';

/** Settings in which the runs are not all alike (or, on demand, all of them): the path and each run's value; null where a run lacks it. */
export function differences(runs: readonly RunSummary[], all = false): { path: string; values: (string | boolean | null)[] }[] {
  const rows = runs.map((run) => ({ data: run.datasetName, ...specRows(run.spec) }) as Record<string, string | boolean>);
  const paths = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  return paths
    .map((path) => ({ path, values: rows.map((row) => row[path] ?? null) }))
    .filter(({ values }) => all || values.some((value) => value !== values[0]));
}
