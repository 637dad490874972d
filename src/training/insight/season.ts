/** Rows looked at, from the end: a season is a matter of the recent past, and a long series costs time. */
const ROWS = 20_000;
const LONGEST = 400;
/** Autocorrelation from which a peak counts as a season. */
const LEAST = 0.3;

/**
 * Autocorrelation at the lags 1 .. `lags`, about the mean: r_k = sum (x_t - m)(x_(t+k) - m) / sum (x_t - m)^2 (Box and Jenkins).
 * Zeros where the series does not vary.
 */
export function autocorrelation(values: ArrayLike<number>, lags: number): number[] {
  const n = values.length;
  let mean = 0;
  for (let i = 0; i < n; i++) mean += values[i]! / n;
  let total = 0;
  for (let i = 0; i < n; i++) total += (values[i]! - mean) ** 2;
  return Array.from({ length: Math.max(0, Math.min(lags, n - 1)) }, (_, k) => {
    if (total === 0) return 0;
    let sum = 0;
    for (let i = 0; i + k + 1 < n; i++) sum += (values[i]! - mean) * (values[i + k + 1]! - mean);
    return sum / total;
  });
}

/**
 * The season of a series: where the autocorrelation, taken after the straight line through the series is removed, has its
 * highest peak beyond its first fall. A peak must stand out from chance and from what surrounds it.
 * @param series the training rows
 * @returns rows of a season, at least 2; null where there is none
 */
export function detectSeason(series: Float64Array): number | null {
  const part = series.subarray(Math.max(0, series.length - ROWS));
  const r = autocorrelation(withoutLine(part), Math.min(LONGEST, Math.floor(part.length / 3)));
  const least = Math.max(LEAST, 3 / Math.sqrt(part.length));
  const fall = r.findIndex((value) => value < least / 2);
  if (fall < 0) return null;
  let best: number | null = null;
  for (let k = Math.max(1, fall); k < r.length - 1; k++) {
    // Lag k + 1; a multiple of a season has nearly its height, so a later peak must be clearly higher.
    if (r[k]! >= least && r[k]! > r[k - 1]! && r[k]! >= r[k + 1]! && (best === null || r[k]! > r[best - 1]! * 1.1)) best = k + 1;
  }
  return best;
}

function withoutLine(values: Float64Array): Float64Array {
  const n = values.length;
  const middle = (n - 1) / 2;
  let [mean, cross, squares] = [0, 0, 0];
  for (let i = 0; i < n; i++) {
    mean += values[i]! / n;
    cross += (i - middle) * values[i]!;
    squares += (i - middle) ** 2;
  }
  const slope = squares === 0 ? 0 : cross / squares;
  return values.map((value, i) => value - mean - slope * (i - middle));
}
