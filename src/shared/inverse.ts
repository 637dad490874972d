/** Undoes one step: adds what stood `lag` rows before, or takes the exponential. */
export type InverseStep =
  /** before: [lag + rows], the values between which the differences were taken; before[i + lag] belongs to row i. */
  | { kind: 'difference'; lag: number; before: Float64Array }
  | { kind: 'logarithm'; of: 'log' | 'log1p' };

/** From a target as it is trained on back to the unit of its file: what is done, in order, and the target in that unit, [rows]. */
export interface TargetInverse { ok: true; steps: InverseStep[]; truth: Float64Array }

/**
 * Predicted values in the unit of the file. A difference is added to the value `lag` rows before, which is known where it lies
 * before the first predicted row and predicted itself where it does not. The exponential of a mean of logarithms is a
 * median, not a mean: predictions of a logarithm lie low on average where the errors are large.
 *
 * @param first the row of the first predicted value; the number of rows where what comes next is predicted
 * @param predicted [horizon] values of the rows from `first` on, as the model gives them
 */
export function invertPath({ steps }: Pick<TargetInverse, 'steps'>, first: number, predicted: ArrayLike<number>): Float64Array {
  const path = Float64Array.from(predicted);
  for (const step of steps) {
    if (step.kind === 'logarithm') {
      for (let h = 0; h < path.length; h++) path[h] = step.of === 'log' ? Math.exp(path[h]!) : Math.expm1(path[h]!);
    } else {
      for (let h = 0; h < path.length; h++) path[h]! += h < step.lag ? step.before[first + h]! : path[h - step.lag]!;
    }
  }
  return path;
}

/** The same of many windows: [windows * horizon], window after window. @param firsts the first predicted row of each */
export function invertPaths(inverse: TargetInverse, firsts: ArrayLike<number>, predicted: Float64Array, horizon: number): Float64Array {
  const values = new Float64Array(predicted.length);
  for (let w = 0; w < firsts.length; w++) values.set(invertPath(inverse, firsts[w]!, predicted.subarray(w * horizon, (w + 1) * horizon)), w * horizon);
  return values;
}
