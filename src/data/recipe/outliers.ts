import { inputError } from '../../shared/errors.ts';
import type { OutlierRule } from '../../shared/recipe.ts';
import { withColumn } from '../made.ts';
import { columnIndex } from '../table.ts';
import { numbersOf, type Apply } from './step.ts';

/** What a value may be without being an outlier: one pair for all rows, or one for each. */
interface Limits { low(row: number): number; high(row: number): number }

/** Times the median absolute deviation: the standard deviation of a normal distribution. */
const MAD = 1.4826;
/** Times the distance that nine in ten stay within: the same. In a smooth series many values are their own median, and the MAD is nearly 0. */
const NINETY = 0.608;
/** Times the mean absolute deviation, where nine in ten of the distances are 0. */
const MEAN = 1.2533;

/** Rows of the values that the rule takes for outliers; missing ones are none. */
export function outlierRows(values: Float64Array, rule: OutlierRule): Int32Array {
  const found: number[] = [];
  if (rule.by === 'equals') {
    const named = new Set(rule.values);
    for (let row = 0; row < values.length; row++) if (named.has(values[row]!)) found.push(row);
    return Int32Array.from(found);
  }
  const limits = limitsOf(values, rule);
  for (let row = 0; row < values.length; row++) if (values[row]! < limits.low(row) || values[row]! > limits.high(row)) found.push(row);
  return Int32Array.from(found);
}

/** The least distance of an outlier must be so many times the largest of all others. */
const APART = 1.5;

/**
 * Outliers by the rule of neighbours that also stand apart from all other values: in a series of heavy tails, rain say, large
 * values go over into larger ones, and none of them is a mistake.
 */
export function outliersApart(values: Float64Array, rule: Extract<OutlierRule, { by: 'neighbours' }>): Int32Array {
  const { distances, reach } = neighbourhood(values, rule);
  const found: number[] = [];
  let [least, most] = [Infinity, 0];
  for (let row = 0; row < values.length; row++) {
    const distance = distances[row]!;
    if (distance > reach) { found.push(row); least = Math.min(least, distance); } else if (distance > most) most = distance;
  }
  return Int32Array.from(least > APART * most ? found : []);
}

/** Distances that tell how far values usually are from their neighbours; of a longer series some stand for all. */
const TELLING = 200_000;

function someOf(distances: Float64Array): Float64Array {
  const step = Math.max(1, Math.ceil(distances.length / TELLING));
  const some = new Float64Array(Math.ceil(distances.length / step));
  let n = 0;
  for (let row = 0; row < distances.length; row += step) if (distances[row] === distances[row]) some[n++] = distances[row]!;
  return some.subarray(0, n);
}

/** Medians of the rows around each, distances from them, and the distance from which on a value is an outlier. */
function neighbourhood(values: Float64Array, { rows, k }: Extract<OutlierRule, { by: 'neighbours' }>): { medians: Float64Array; distances: Float64Array; reach: number } {
  const medians = medianAround(values, rows);
  const distances = new Float64Array(values.length);
  for (let row = 0; row < values.length; row++) distances[row] = Math.abs(values[row]! - medians[row]!);
  const sorted = someOf(distances).sort();
  const spread = sorted.length === 0 ? 0 : Math.max(MAD * quantile(sorted, 0.5), NINETY * quantile(sorted, 0.9));
  return { medians, distances, reach: k * (spread > 0 ? spread : MEAN * meanOf(sorted)) };
}

function limitsOf(values: Float64Array, rule: Exclude<OutlierRule, { by: 'equals' }>): Limits {
  const same = (low: number, high: number): Limits => ({ low: () => low, high: () => high });
  switch (rule.by) {
    case 'range': return same(rule.min ?? -Infinity, rule.max ?? Infinity);
    case 'quartiles': {
      const sorted = values.filter((value) => !Number.isNaN(value)).sort();
      if (sorted.length === 0) return same(-Infinity, Infinity);
      const [q1, q3] = [quantile(sorted, 0.25), quantile(sorted, 0.75)];
      return same(q1 - rule.k * (q3 - q1), q3 + rule.k * (q3 - q1));
    }
    case 'neighbours': {
      const { medians, reach } = neighbourhood(values, rule);
      return { low: (row) => medians[row]! - reach, high: (row) => medians[row]! + reach };
    }
  }
}

/** Linear between the two nearest (Hyndman and Fan's type 7). @param sorted ascending, not empty */
export function quantile(sorted: Float64Array, share: number): number {
  const at = (sorted.length - 1) * share;
  const low = Math.floor(at);
  const high = Math.min(sorted.length - 1, low + 1);
  return sorted[low]! * (1 - (at - low)) + sorted[high]! * (at - low);
}

function meanOf(values: Float64Array): number {
  let mean = 0;
  values.forEach((value, i) => { mean += (value - mean) / (i + 1); });
  return mean;
}

/** The median of `reach` rows on each side and the row itself, missing ones left out; at the ends of what there is. */
export function medianAround(values: Float64Array, reach: number): Float64Array {
  const medians = new Float64Array(values.length);
  // Sorted, by hand: a million calls of splice would cost more than all the rest.
  const window = new Float64Array(2 * reach + 1);
  let n = 0;
  for (let row = -reach; row < values.length; row++) {
    if (row - reach - 1 >= 0) {
      const goes = values[row - reach - 1]!;
      if (goes === goes) {
        let at = 0;
        while (window[at]! < goes) at += 1;
        n -= 1;
        for (; at < n; at++) window[at] = window[at + 1]!;
      }
    }
    if (row + reach < values.length) {
      const comes = values[row + reach]!;
      if (comes === comes) {
        let at = n;
        for (; at > 0 && window[at - 1]! > comes; at--) window[at] = window[at - 1]!;
        window[at] = comes;
        n += 1;
      }
    }
    if (row >= 0) medians[row] = n === 0 ? NaN : (window[(n - 1) >> 1]! + window[n >> 1]!) / 2;
  }
  return medians;
}

/** The value among the rows around that is nearest to an outlier and is none itself; the limit where all are. */
function nearestAround(values: Float64Array, row: number, reach: number, limits: Limits): number {
  let nearest = NaN;
  for (let at = Math.max(0, row - reach); at <= Math.min(values.length - 1, row + reach); at++) {
    const value = values[at]!;
    if (!(value >= limits.low(at) && value <= limits.high(at))) continue;
    if (Number.isNaN(nearest) || Math.abs(value - values[row]!) < Math.abs(nearest - values[row]!)) nearest = value;
  }
  return Number.isNaN(nearest) ? Math.min(limits.high(row), Math.max(limits.low(row), values[row]!)) : nearest;
}

export const mendOutliers: Apply<'outliers'> = (table, { columns, rule, action }) => {
  if (rule.by === 'equals' && action === 'clip') throw inputError('recipe.clip', 'A value that stands for none has no limit to be clipped to.', { hint: 'Make it missing instead.' });
  if (rule.by === 'range' && rule.min !== null && rule.max !== null && rule.min > rule.max) {
    throw inputError('recipe.range', `The least value (${rule.min}) is above the largest (${rule.max}).`, { details: { min: rule.min, max: rule.max } });
  }
  let made = table;
  let changed = 0;
  for (const name of columns) {
    const values = numbersOf(table, name);
    const rows = outlierRows(values, rule);
    if (rows.length === 0) continue;
    changed += rows.length;
    const limits = action === 'blank' || rule.by === 'equals' ? null : limitsOf(values, rule);
    const mended = values.slice();
    for (const row of rows) mended[row] = limits === null ? NaN : rule.by === 'neighbours' ? nearestAround(values, row, rule.rows, limits) : Math.min(limits.high(row), Math.max(limits.low(row), values[row]!));
    made = withColumn(made, columnIndex(table, name), { kind: 'numbers', values: mended });
  }
  return { table: made, changed, of: 'cells' };
};
