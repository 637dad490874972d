import { splitNames, type SplitName, type StartRange } from '../shared/plan.ts';
import type { Metrics, SplitMetrics } from '../shared/run.ts';
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
