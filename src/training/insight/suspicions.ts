/** What is wrong with a forecast although its error may look small. */
export interface Suspicions {
  /**
   * The prediction repeats the last value: it lies nearer to the value before than to the truth, and its step from that value
   * says nothing about the true step. null: too few points, or nothing to compare.
   */
  lag: { nearness: number; skill: number; fires: boolean } | null;
  /** The prediction hardly moves: its spread against the truth's. null: the truth does not move either. */
  flat: { spread: number; fires: boolean } | null;
}

/** Mean distance to the last value over mean distance to the truth: under this the prediction shadows the last value. */
const NEAR = 0.5;
/** Correlation of predicted and true steps: from here on the prediction knows something. */
const SKILL = 0.3;
const FLAT = 0.05;
const LEAST = 10;

/**
 * Looks at the first step of the horizon.
 * @param truth [n], @param predicted [n], @param before [n]: the value one row before each truth; all in the data's unit
 */
export function suspicionsOf(truth: ArrayLike<number>, predicted: ArrayLike<number>, before: ArrayLike<number>): Suspicions {
  const n = truth.length;
  if (n < LEAST) return { lag: null, flat: null };
  let toLast = 0;
  let toTruth = 0;
  const steps = new Float64Array(n);
  const said = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    steps[i] = truth[i]! - before[i]!;
    said[i] = predicted[i]! - before[i]!;
    toLast += Math.abs(said[i]!);
    toTruth += Math.abs(predicted[i]! - truth[i]!);
  }
  const truthSpread = deviation(truth);
  const spread = truthSpread === 0 ? null : deviation(predicted) / truthSpread;
  const lag = toTruth === 0 || truthSpread === 0 ? null : { nearness: toLast / toTruth, skill: correlation(said, steps) };
  return {
    lag: lag === null ? null : { ...lag, fires: lag.nearness < NEAR && lag.skill < SKILL },
    flat: spread === null ? null : { spread, fires: spread < FLAT },
  };
}

function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum / values.length;
}

function deviation(values: ArrayLike<number>): number {
  const m = mean(values);
  let squares = 0;
  for (let i = 0; i < values.length; i++) squares += (values[i]! - m) ** 2;
  return Math.sqrt(squares / values.length);
}

/** Pearson's; 0 where one of the two does not vary. */
function correlation(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const [ma, mb] = [mean(a), mean(b)];
  let [ab, aa, bb] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    ab += (a[i]! - ma) * (b[i]! - mb);
    aa += (a[i]! - ma) ** 2;
    bb += (b[i]! - mb) ** 2;
  }
  return aa === 0 || bb === 0 ? 0 : ab / Math.sqrt(aa * bb);
}
