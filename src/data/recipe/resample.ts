import { inputError } from '../../shared/errors.ts';
import type { Aggregate, ResampleUnit } from '../../shared/recipe.ts';
import { columnsOf, takeRows, timesColumn, withColumns, type MadeColumn } from '../made.ts';
import { readNumberColumn } from '../number-column.ts';
import { columnIndex } from '../table.ts';
import { assertRows, numbersOf, sortedTimesOf, type Apply } from './step.ts';

const DAY = 86_400_000;
const lengths = { second: 1000, minute: 60_000, hour: 3_600_000, day: DAY, week: 7 * DAY } as const;
const months = { month: 1, quarter: 3, year: 12 } as const;
/** Weeks begin on Monday; 1 January 1970 was a Thursday. */
const MONDAY = 4 * DAY;

/** The beginning of the stretch of `n` units that a time lies in, and of the next one: epoch milliseconds in UTC. */
export function bucketOf(time: number, unit: ResampleUnit, n: number): { start: number; next: number } {
  if (unit === 'month' || unit === 'quarter' || unit === 'year') {
    const step = months[unit] * n;
    const date = new Date(time);
    const first = Math.floor((date.getUTCFullYear() * 12 + date.getUTCMonth()) / step) * step;
    return { start: monthStart(first), next: monthStart(first + step) };
  }
  const length = lengths[unit] * n;
  const from = unit === 'week' ? MONDAY : 0;
  const start = Math.floor((time - from) / length) * length + from;
  return { start, next: start + length };
}

function monthStart(month: number): number {
  const year = Math.floor(month / 12);
  const at = new Date(0);
  // Date.UTC takes the years 0 to 99 for 1900 to 1999.
  return at.setUTCFullYear(year, month - year * 12, 1);
}

/** Missing values are left out of their stretch; one that has nothing else is missing. Columns of words show the last one of the stretch, or the first. */
export const resample: Apply<'resample'> = (table, { time, unit, n, aggregate, per, partial }) => {
  const { kind, values } = sortedTimesOf(table, time);
  if (kind === 'number') throw inputError('recipe.resample-number', `Column "${time}" holds plain numbers, not dates: there are no ${unit}s to resample to.`, { field: time, hint: 'Choose a column of dates as time.', details: { column: time, unit } });
  const timeColumn = columnIndex(table, time);
  for (const name of Object.keys(per)) columnIndex(table, name);
  const { starts, firsts } = bucketsOf(values, unit, n);
  const [from, to] = partial === 'keep' ? [0, starts.length] : wholeBuckets(values, starts, unit, n);
  assertRows(to - from);
  const times = Float64Array.from(starts.slice(from, to));
  const first = Int32Array.from(firsts.slice(from, to));
  const end = Int32Array.from({ length: to - from }, (_, i) => firsts[from + i + 1] ?? table.rows);
  const last = end.map((row) => row - 1);
  const byFirst = takeRows(table, first);
  const byLast = takeRows(table, last);
  const columns = table.names.map((name, c): MadeColumn => {
    if (c === timeColumn) return timesColumn('date', times);
    const how = per[name] ?? aggregate;
    const { words, missing } = readNumberColumn(table, c);
    const isText = words * 2 > table.rows - missing || missing === table.rows;
    if (isText) return columnsOf(how === 'first' ? byFirst : byLast)[c]!;
    const numbers = numbersOf(table, name);
    return { kind: 'numbers', values: Float64Array.from(first, (row, i) => aggregateOf(numbers.subarray(row, end[i]), how)) };
  });
  return { table: { ...withColumns(byFirst, columns) }, changed: table.rows - times.length, of: 'rows' };
};

function bucketsOf(values: Float64Array, unit: ResampleUnit, n: number): { starts: number[]; firsts: number[] } {
  const starts: number[] = [];
  const firsts: number[] = [];
  let next = -Infinity;
  for (let row = 0; row < values.length; row++) {
    if (values[row]! < next) continue;
    const bucket = bucketOf(values[row]!, unit, n);
    next = bucket.next;
    starts.push(bucket.start);
    firsts.push(row);
  }
  return { starts, firsts };
}

/** Without a first and a last stretch that would take another row before the first, or after the last one of the data. */
function wholeBuckets(values: Float64Array, starts: readonly number[], unit: ResampleUnit, n: number): [from: number, to: number] {
  const gaps = Float64Array.from({ length: Math.min(1000, values.length - 1) }, (_, i) => values[i + 1]! - values[i]!).sort();
  const gap = gaps[gaps.length >> 1] ?? 0;
  const from = bucketOf(values[0]! - gap, unit, n).start === starts[0] && gap > 0 ? 1 : 0;
  const to = bucketOf(values.at(-1)! + gap, unit, n).start === starts.at(-1) && gap > 0 ? starts.length - 1 : starts.length;
  return [from, to];
}

/** NaN where every value is missing. */
function aggregateOf(values: Float64Array, how: Aggregate): number {
  const known = values.some((value) => Number.isNaN(value)) ? values.filter((value) => !Number.isNaN(value)) : values;
  if (known.length === 0) return NaN;
  switch (how) {
    case 'first': return known[0]!;
    case 'last': return known.at(-1)!;
    case 'min': return known.reduce((a, b) => Math.min(a, b));
    case 'max': return known.reduce((a, b) => Math.max(a, b));
    case 'sum': return known.reduce((a, b) => a + b);
    // A sum of large values would overflow.
    case 'mean': return known.reduce((mean, value, i) => mean + (value / (i + 1) - mean / (i + 1)), 0);
    case 'median': {
      const sorted = known.slice().sort();
      return sorted[(sorted.length - 1) >> 1]! / 2 + sorted[sorted.length >> 1]! / 2;
    }
  }
}
