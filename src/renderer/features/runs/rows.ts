import { targetOf } from '../../../shared/spec.ts';
import type { RunSummary } from '../../../shared/run.ts';
import { gainPercent } from '../../../shared/verdict.ts';

export const columns = ['name', 'status', 'dataset', 'target', 'sequence', 'hidden', 'cell', 'epochs', 'rmse', 'persistence', 'gain', 'seconds', 'created'] as const;
export type ColumnId = (typeof columns)[number];
export const numericColumns: ReadonlySet<ColumnId> = new Set(['sequence', 'hidden', 'epochs', 'rmse', 'persistence', 'gain', 'seconds']);

/** What a column sorts by; null has no place in an order and comes last both ways. */
export function sortValue(run: RunSummary, column: ColumnId): string | number | null {
  switch (column) {
    case 'name': return run.name;
    case 'status': return run.status;
    case 'dataset': return run.datasetName;
    case 'target': return targetOf(run.spec);
    case 'sequence': return run.spec.window.sequenceLength;
    case 'hidden': return run.spec.model.hiddenSize;
    case 'cell': return run.spec.model.cell;
    case 'epochs': return run.epochsDone;
    case 'rmse': return run.metrics?.test?.rmse ?? null;
    case 'persistence': return run.persistence?.test?.rmse ?? null;
    case 'gain': return gainPercent(run.metrics, run.persistence);
    case 'seconds': return run.seconds;
    case 'created': return run.createdAt;
  }
}

export function sortRuns(runs: readonly RunSummary[], by: { column: ColumnId; descending: boolean }, locale: string): RunSummary[] {
  const collator = new Intl.Collator(locale, { numeric: true });
  return [...runs].sort((a, b) => {
    const [x, y] = [sortValue(a, by.column), sortValue(b, by.column)];
    if (x === null || y === null) return Number(x === null) - Number(y === null);
    const order = typeof x === 'number' && typeof y === 'number' ? x - y : collator.compare(String(x), String(y));
    return by.descending ? -order : order;
  });
}

/** Every word typed must stand somewhere in the run's own words. */
export function filterRuns(runs: readonly RunSummary[], text: string): RunSummary[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [...runs];
  return runs.filter((run) => {
    const hay = [run.name, run.datasetName, targetOf(run.spec), run.status, run.spec.model.cell, run.id].join(' ').toLowerCase();
    return words.every((word) => hay.includes(word));
  });
}
