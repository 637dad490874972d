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
  let mean = 0;
  for (let i = 0; i < n; i++) mean += truth[i]!;
  mean /= n;
  let absolute = 0;
  let squared = 0;
  let total = 0;
  for (let i = 0; i < n; i++) {
    const error = predicted[i]! - truth[i]!;
    absolute += Math.abs(error);
    squared += error * error;
    total += (truth[i]! - mean) ** 2;
  }
  // A constant series leaves a rounding remainder of its mean: relative to its size that is no variation.
  const varies = total > 1e-24 * n * Math.max(1, mean * mean);
  return { mae: absolute / n, rmse: Math.sqrt(squared / n), r2: varies ? 1 - squared / total : null, count: n };
}
