import type { Histogram, NumberSummary } from '../../shared/analysis.ts';

/** The finite values of a column in rising order. */
export function sortedValues(values: Float64Array): Float64Array {
  const kept = new Float64Array(values.length);
  let n = 0;
  for (const value of values) if (Number.isFinite(value)) kept[n++] = value;
  return kept.subarray(0, n).sort();
}

/**
 * The quantile between the order statistics, h = (n - 1) p, in a straight line (Hyndman, Fan, American Statistician 50,
 * 1996, definition 7: what NumPy and R do by default).
 *
 * @param sorted in rising order, not empty
 */
export function quantile(sorted: Float64Array, p: number): number {
  const h = (sorted.length - 1) * p;
  const low = sorted[Math.floor(h)]!;
  const high = sorted[Math.ceil(h)]!;
  // Halves first: the difference of the two largest floats overflows.
  return low === high ? low : low * (1 - (h % 1)) + high * (h % 1);
}

/**
 * What a column of numbers holds; sd is the sample's (n - 1).
 * @param values [rows], NaN where there is no number  @param sorted its finite values in rising order
 */
export function summarize(values: Float64Array, sorted: Float64Array): NumberSummary {
  const count = sorted.length;
  const base = { count, missing: values.length - count };
  if (count === 0) return { ...base, distinct: 0, min: null, q1: null, median: null, q3: null, max: null, mean: null, sd: null, first: null, last: null, zeros: 0 };
  let mean = 0;
  for (let i = 0; i < count; i++) mean += sorted[i]! / (i + 1) - mean / (i + 1);
  let [distinct, zeros] = [1, 0];
  // In units of the largest: squares of very large or very small values would not fit float64.
  const unit = Math.max(Math.abs(sorted[0]!), Math.abs(sorted[count - 1]!)) || 1;
  let squares = 0;
  for (let i = 0; i < count; i++) {
    if (i > 0 && sorted[i] !== sorted[i - 1]) distinct += 1;
    if (sorted[i] === 0) zeros += 1;
    squares += (sorted[i]! / unit - mean / unit) ** 2;
  }
  return {
    ...base, distinct, min: sorted[0]!, q1: quantile(sorted, 0.25), median: quantile(sorted, 0.5), q3: quantile(sorted, 0.75), max: sorted[count - 1]!,
    mean, sd: count < 2 ? null : unit * Math.sqrt(squares / (count - 1)),
    first: values.find(Number.isFinite) ?? null, last: values.findLast(Number.isFinite) ?? null, zeros,
  };
}

/** More bars than that are no longer told apart. */
const MOST_BINS = 120;

/**
 * Bins of one width, 2 IQR n^(-1/3) (Freedman, Diaconis, Zeitschrift für Wahrscheinlichkeitstheorie 57, 1981); where
 * half of the values are alike Sturges' log2(n) + 1 bins; whole numbers are never cut into fractions. At most 120.
 *
 * @param sorted in rising order
 */
export function histogram(sorted: Float64Array): Histogram {
  const n = sorted.length;
  if (n === 0) return { from: 0, width: 1, counts: [] };
  const [min, max] = [sorted[0]!, sorted[n - 1]!];
  const range = max - min;
  if (range === 0 || !Number.isFinite(range)) return { from: min - 0.5, width: 1, counts: range === 0 ? [n] : [] };
  const spread = quantile(sorted, 0.75) - quantile(sorted, 0.25);
  const wanted = spread > 0 ? 2 * spread * n ** (-1 / 3) : range / (Math.log2(n) + 1);
  let width = Math.max(wanted, range / MOST_BINS);
  let from = min;
  let bins = Math.min(MOST_BINS, Math.max(1, Math.ceil(range / width)));
  if (sorted.every(Number.isInteger)) {
    // A bar stands around its whole numbers.
    width = Math.max(1, Math.round(width), Math.ceil((range + 1) / MOST_BINS));
    from = min - 0.5;
    bins = Math.ceil((range + 1) / width);
  } else {
    width = range / bins;
  }
  const counts = new Array<number>(bins).fill(0);
  for (const value of sorted) counts[Math.min(bins - 1, Math.floor((value - from) / width))]! += 1;
  return { from, width, counts };
}
