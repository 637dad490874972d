import type { StartRange } from '../shared/plan.ts';
import type { SplitMetrics } from '../shared/run.ts';
import { errorsOf } from './metrics.ts';

/**
 * Naive persistence: the last value that goes in is the prediction of every step that comes out.
 *
 * @param series [rows] of the target, in its unit
 */
export function persistenceErrors(series: Float64Array, starts: StartRange, sequenceLength: number, horizon: number): SplitMetrics | null {
  const truth = new Float64Array(starts.count * horizon);
  const predicted = new Float64Array(starts.count * horizon);
  for (let w = 0; w < starts.count; w++) {
    const next = starts.first + w * starts.step + sequenceLength;
    for (let h = 0; h < horizon; h++) {
      truth[w * horizon + h] = series[next + h]!;
      predicted[w * horizon + h] = series[next - 1]!;
    }
  }
  return errorsOf(truth, predicted);
}
