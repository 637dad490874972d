import { errorsOf } from '../metrics.ts';

/** Errors of one set of predictions. Fields are null where the definition has no value for these numbers; `why` says so. */
export interface Scores {
  mae: number;
  rmse: number;
  /** Percent, 0 to 200: the mean of 200 |y - p| / (|y| + |p|); pairs that are both zero count as right. */
  smape: number;
  /** MAE over the mean absolute seasonal-naive error within the training part; null where that is zero or there is none. */
  mase: number | null;
  /** null where the truth does not vary. */
  r2: number | null;
  count: number;
}

/**
 * @param truth [n], @param predicted [n], same unit
 * @param naiveScale from `maseScale`
 * @returns null where there is nothing to measure
 * sMAPE: Makridakis 1993 with the sum in the denominator; MASE: Hyndman and Koehler 2006.
 */
export function scoresOf(truth: ArrayLike<number>, predicted: ArrayLike<number>, naiveScale: number | null): Scores | null {
  const errors = errorsOf(truth, predicted);
  if (errors === null) return null;
  let percent = 0;
  for (let i = 0; i < truth.length; i++) {
    const size = Math.abs(truth[i]!) + Math.abs(predicted[i]!);
    if (size > 0) percent += (200 * Math.abs(truth[i]! - predicted[i]!)) / size;
  }
  return { ...errors, smape: percent / truth.length, mase: naiveScale === null ? null : errors.mae / naiveScale };
}

/**
 * Mean absolute error of the seasonal naive forecast (season 1: persistence) within rows 0 .. trainEnd - 1.
 * @returns null where the training part is no longer than a season or does not change from season to season
 */
export function maseScale(series: Float64Array, trainEnd: number, season: number): number | null {
  if (trainEnd <= season) return null;
  let sum = 0;
  for (let row = season; row < trainEnd; row++) sum += Math.abs(series[row]! - series[row - season]!);
  return sum === 0 ? null : sum / (trainEnd - season);
}
