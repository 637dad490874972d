import type { Predictions } from '../../shared/run.ts';
import type { RunSpec } from '../../shared/spec.ts';

/** What a run predicts, each by its name; [] for what is no series. */
export function targetsOf(spec: RunSpec): readonly string[] {
  return spec.task === 'forecast' ? spec.roles.targets : [];
}

/** The predictions of one of the targets, 0 the first. @returns null where there is no such target */
export function predictionsOf(predictions: Predictions, target: number): Predictions | null {
  if (target === 0) return predictions;
  const other = predictions.others?.[target - 1];
  return other === undefined ? null : { ...predictions, truth: other.truth, predicted: other.predicted, horizon: other.horizon };
}
