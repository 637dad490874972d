import type { SplitMetrics } from '../shared/run.ts';

/**
 * Errors of predictions in the data's own unit, summed in float64.
 *
 * @param truth [n] and @param predicted [n], same unit; n = windows * horizon
 * MAE = mean |e|, RMSE = sqrt(mean e^2), R2 = 1 - sum e^2 / sum (truth - mean truth)^2 (the coefficient of
 * determination; null where the truth does not vary, because it is not defined there).
 * @returns null when there is nothing to measure
 */
export function errorsOf(truth: ArrayLike<number>, predicted: ArrayLike<number>): SplitMetrics | null {
  const n = truth.length;
  if (n === 0) return null;
  const unit = unitOf(truth, predicted);
  let mean = 0;
  for (let i = 0; i < n; i++) mean += truth[i]! / unit;
  mean /= n;
  let absolute = 0;
  let squared = 0;
  let total = 0;
  let varies = false;
  for (let i = 0; i < n; i++) {
    const error = predicted[i]! / unit - truth[i]! / unit;
    absolute += Math.abs(error);
    squared += error * error;
    total += (truth[i]! / unit - mean) ** 2;
    // Asked of the values themselves: a constant leaves a rounding remainder of its mean, and small values vary little.
    varies ||= truth[i] !== truth[0];
  }
  return { mae: (absolute / n) * unit, rmse: Math.sqrt(squared / n) * unit, r2: varies && total > 0 ? 1 - squared / total : null, count: n };
}

/** 1, or a power of two near the largest value where float64 could not hold the squares: dividing by it rounds nothing. */
function unitOf(...series: ArrayLike<number>[]): number {
  let largest = 0;
  for (const values of series) for (let i = 0; i < values.length; i++) largest = Math.max(largest, Math.abs(values[i]!));
  return largest === 0 || !Number.isFinite(largest) || (largest > 1e-120 && largest < 1e120) ? 1 : 2 ** Math.max(-1000, Math.floor(Math.log2(largest)));
}
