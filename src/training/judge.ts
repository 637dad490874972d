import { splitNames, type SplitName, type StartRange } from '../shared/plan.ts';
import type { HorizonErrors, Metrics, SplitMetrics } from '../shared/run.ts';
import { persistenceErrors } from './baselines.ts';
import { errorsOf } from './metrics.ts';

/**
 * Errors per part beside naive persistence on the very same windows, and the prediction of every row.
 *
 * @param target [rows], @param outputs [windows * horizon] of every window (start 0, 1, 2, ...), both in the data's unit
 * @returns `predicted` [rows]: the first step of the horizon, NaN for the first sequenceLength rows
 */
export function judge(target: Float64Array, outputs: Float64Array, starts: Record<SplitName, StartRange>, sequenceLength: number, horizon: number):
{ metrics: Metrics; persistence: Metrics; predicted: Float64Array } {
  const metrics: Metrics = { train: null, validation: null, test: null };
  const persistence: Metrics = { train: null, validation: null, test: null };
  for (const part of splitNames) {
    metrics[part] = modelErrors(target, outputs, starts[part], sequenceLength, horizon);
    persistence[part] = persistenceErrors(target, starts[part], sequenceLength, horizon);
  }
  const predicted = new Float64Array(target.length).fill(Number.NaN);
  for (let start = 0; start * horizon < outputs.length; start++) predicted[start + sequenceLength] = outputs[start * horizon]!;
  return { metrics, persistence, predicted };
}

/** Windows that are kept as the worst ones. */
const WORST = 10;

/** Errors at each step of the horizon, and the windows that went worst. Arguments as for `judge`. */
export function horizonErrors(target: Float64Array, outputs: Float64Array, starts: Record<SplitName, StartRange>, sequenceLength: number, horizon: number): HorizonErrors {
  const steps: HorizonErrors['steps'] = { train: null, validation: null, test: null };
  for (const part of splitNames) {
    const { first, step, count } = starts[part];
    if (count === 0) continue;
    const mae = new Array<number>(horizon).fill(0);
    const rmse = new Array<number>(horizon).fill(0);
    for (let h = 0; h < horizon; h++) {
      const errors = errorsOf(
        Float64Array.from({ length: count }, (_, w) => target[first + w * step + sequenceLength + h]!),
        Float64Array.from({ length: count }, (_, w) => outputs[(first + w * step) * horizon + h]!),
      )!;
      [mae[h], rmse[h]] = [errors.mae, errors.rmse];
    }
    steps[part] = { mae, rmse };
  }
  const judged = splitNames.findLast((part) => starts[part].count > 0);
  return { steps, worst: judged === undefined ? [] : worstWindows(target, outputs, starts[judged], sequenceLength, horizon) };
}

function worstWindows(target: Float64Array, outputs: Float64Array, { first, step, count }: StartRange, sequenceLength: number, horizon: number): HorizonErrors['worst'] {
  const rmse = Float64Array.from({ length: count }, (_, w) => {
    const start = first + w * step;
    return errorsOf(target.subarray(start + sequenceLength, start + sequenceLength + horizon), outputs.subarray(start * horizon, (start + 1) * horizon))!.rmse;
  });
  return Array.from(rmse.keys()).sort((a, b) => rmse[b]! - rmse[a]!).slice(0, WORST).map((w) => {
    const start = first + w * step;
    return { row: start + sequenceLength, rmse: rmse[w]!, predicted: Array.from(outputs.subarray(start * horizon, (start + 1) * horizon)) };
  });
}

/**
 * Several targets together, in scaled units so that each counts the same: the mean of the MAE, the root of the mean square, and the
 * mean R2 (of the targets that have one), as scikit-learn's uniform average. A single target is what it is, in its own unit.
 */
export function overall(targets: readonly Metrics[], scales: readonly number[]): Metrics {
  const [first] = targets;
  if (targets.length === 1) return first!;
  const together = (part: SplitName): SplitMetrics | null => {
    const parts = targets.map((metrics) => metrics[part]);
    if (parts.some((one) => one === null)) return null;
    const mean = (values: number[]) => values.reduce((sum, value) => sum + value / values.length, 0);
    const r2 = parts.flatMap((one) => (one!.r2 === null ? [] : [one!.r2]));
    return {
      mae: mean(parts.map((one, k) => one!.mae / scales[k]!)), rmse: Math.sqrt(mean(parts.map((one, k) => (one!.rmse / scales[k]!) ** 2))),
      r2: r2.length === 0 ? null : mean(r2), count: parts.reduce((sum, one) => sum + one!.count, 0),
    };
  };
  return { train: together('train'), validation: together('validation'), test: together('test') };
}

function modelErrors(target: Float64Array, outputs: Float64Array, starts: StartRange, sequenceLength: number, horizon: number): SplitMetrics | null {
  const truth = new Float64Array(starts.count * horizon);
  const predicted = new Float64Array(starts.count * horizon);
  for (let w = 0; w < starts.count; w++) {
    const start = starts.first + w * starts.step;
    for (let h = 0; h < horizon; h++) {
      truth[w * horizon + h] = target[start + sequenceLength + h]!;
      predicted[w * horizon + h] = outputs[start * horizon + h]!;
    }
  }
  return errorsOf(truth, predicted);
}
