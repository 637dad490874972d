import { powerOfTwo, transform } from './fourier.ts';

/** Autocorrelations of lags 0 .. maxLag; `band` is where 95 % of white noise's stay: 1.96 / sqrt(n). */
export interface Correlations { values: Float64Array; band: number; count: number }

/**
 * The sample autocorrelation, sum (x[t] - mean)(x[t+k] - mean) / sum (x[t] - mean)^2 (Box, Jenkins, Reinsel: Time
 * Series Analysis, 2.1.5), by Fourier transforms of blocks, so that millions of rows cost n log(maxLag).
 * Missing values (NaN) count as the mean, which can only make a correlation smaller (statsmodels' "conservative").
 *
 * @param values [rows]
 * @returns null for fewer than two values or a column that does not vary
 */
export function autocorrelation(values: Float64Array, maxLag: number): Correlations | null {
  const { centred, count } = centre(values);
  const most = Math.min(maxLag, values.length - 1);
  if (count < 2 || most < 1) return null;
  const sums = laggedSums(centred, most);
  const variance = sums[0]!;
  // A constant leaves nothing but the rounding of its mean.
  if (!(variance > 0) || !varies(values)) return null;
  return { values: sums.map((sum) => sum / variance), band: 1.96 / Math.sqrt(count), count };
}

/**
 * The partial autocorrelation: what lag k tells beyond the lags before it, by the Durbin-Levinson recursion
 * (Brockwell, Davis: Introduction to Time Series and Forecasting, 2.5.1).
 *
 * @param correlations autocorrelations from lag 0 on, [lags + 1]
 * @returns [lags + 1]; lag 0 is 1. Shorter where the series is predicted without error: what follows is not defined.
 */
export function partialAutocorrelation(correlations: Float64Array, maxLag = correlations.length - 1): Float64Array {
  const lags = Math.min(maxLag, correlations.length - 1);
  const partial = new Float64Array(lags + 1);
  partial[0] = 1;
  let coefficients = new Float64Array(lags + 1);
  let error = 1;
  for (let k = 1; k <= lags; k++) {
    let sum = correlations[k]!;
    for (let j = 1; j < k; j++) sum -= coefficients[j]! * correlations[k - j]!;
    const reflection = sum / error;
    const next = new Float64Array(lags + 1);
    for (let j = 1; j < k; j++) next[j] = coefficients[j]! - reflection * coefficients[k - j]!;
    next[k] = reflection;
    coefficients = next;
    partial[k] = reflection;
    error *= 1 - reflection * reflection;
    if (!(error > 1e-12)) return partial.subarray(0, k + 1);
  }
  return partial;
}

/** Deviations from the mean, in units of the largest (squares of very large ones would overflow); 0 where a value is missing. */
export function centre(values: Float64Array): { centred: Float64Array; count: number } {
  let count = 0;
  let mean = 0;
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    count += 1;
    mean += value / count - mean / count;
  }
  const centred = new Float64Array(values.length);
  let largest = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (!Number.isFinite(value)) continue;
    centred[i] = value - mean;
    largest = Math.max(largest, Math.abs(centred[i]!));
  }
  if (largest > 0) for (let i = 0; i < centred.length; i++) centred[i]! /= largest;
  return { centred, count };
}

function varies(values: Float64Array): boolean {
  let first = Number.NaN;
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    if (Number.isNaN(first)) first = value;
    else if (value !== first) return true;
  }
  return false;
}

/**
 * sum over t of x[t] x[t+k] for k = 0 .. maxLag. Each block of x is correlated with itself and the maxLag values
 * after it; block and stretch go through one complex transform, as real and imaginary part.
 */
function laggedSums(x: Float64Array, maxLag: number): Float64Array {
  const n = x.length;
  const size = powerOfTwo(Math.max(1024, Math.min(4 * (maxLag + 1), 2 * (n + maxLag))));
  const block = size - maxLag;
  const [productRe, productIm] = [new Float64Array(size), new Float64Array(size)];
  const [re, im] = [new Float64Array(size), new Float64Array(size)];
  for (let start = 0; start < n; start += block) {
    re.fill(0);
    im.fill(0);
    re.set(x.subarray(start, Math.min(n, start + block)));
    im.set(x.subarray(start, Math.min(n, start + size)));
    transform(re, im);
    for (let k = 0; k < size; k++) {
      const m = (size - k) & (size - 1);
      // The transforms of the two real parts: A = (Z[k] + conj Z[m]) / 2, B = (Z[k] - conj Z[m]) / 2i.
      const [ar, ai] = [(re[k]! + re[m]!) / 2, (im[k]! - im[m]!) / 2];
      const [br, bi] = [(im[k]! + im[m]!) / 2, (re[m]! - re[k]!) / 2];
      productRe[k]! += ar * br + ai * bi;
      productIm[k]! += ar * bi - ai * br;
    }
  }
  // The inverse by a forward transform of the conjugate.
  for (let k = 0; k < size; k++) productIm[k] = -productIm[k]!;
  transform(productRe, productIm);
  return productRe.subarray(0, maxLag + 1).map((sum) => sum / size);
}
