import type { Analysis, ColumnSummary, Point } from '../../shared/analysis.ts';
import type { SeriesView } from '../../shared/dataset.ts';
import { readNumberColumn } from '../number-column.ts';
import { cellAt, columnIndex, type Table } from '../table.ts';
import { analyse } from './analyse.ts';
import { sortedValues, summarize } from './summary.ts';

interface ColumnSeries { kind: SeriesView['kind']; time: Float64Array; values: Float64Array }

/** A place on a series: a row, or a value of its time axis. */
export type Place = { row: number } | { x: number };

/** What one column over time holds. */
export function analyseColumn({ kind, time, values }: ColumnSeries): Analysis {
  return analyse(values, kind === 'date' ? meanSeconds(time) : null);
}

/** Mean seconds between two rows, so that a year of working days has as many rows as it has; null for fewer than two times. */
function meanSeconds(time: Float64Array): number | null {
  let [low, high, count] = [Infinity, -Infinity, 0];
  for (const at of time) {
    if (!Number.isFinite(at)) continue;
    low = Math.min(low, at);
    high = Math.max(high, at);
    count += 1;
  }
  return count > 1 && high > low ? (high - low) / 1000 / (count - 1) : null;
}

/** The row that stands nearest, and where it stands. */
export function pointAt({ time, values }: ColumnSeries, at: Place): Point {
  if (time.length === 0) return null;
  const row = 'row' in at ? Math.min(time.length - 1, at.row) : nearest(time, at.x);
  return { row, x: time[row]!, value: values[row]! };
}

function nearest(time: Float64Array, x: number): number {
  let best = 0;
  for (let row = 1; row < time.length; row++) if (Math.abs(time[row]! - x) < Math.abs(time[best]! - x)) best = row;
  return best;
}

/** The summary of a column of any type. */
export function summaryOfColumn(table: Table, name: string): ColumnSummary {
  const c = columnIndex(table, name);
  const cells = new Set<string>();
  let empty = 0;
  for (let row = 0; row < table.rows; row++) {
    const cell = cellAt(table, row, c).trim();
    if (cell === '') empty += 1;
    else cells.add(cell);
  }
  const { values, words } = readNumberColumn(table, c);
  const isNumber = table.rows - empty > 0 && words * 2 <= table.rows - empty;
  return {
    name, rows: table.rows, empty, distinct: cells.size,
    firstCell: table.rows === 0 ? '' : cellAt(table, 0, c), lastCell: table.rows === 0 ? '' : cellAt(table, table.rows - 1, c),
    numbers: isNumber ? summarize(values, sortedValues(values)) : null,
  };
}
