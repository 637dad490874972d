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
