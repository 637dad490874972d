import { splitOf } from '../../data/preparing/split.ts';
import type { SeriesTable } from '../../shared/dataset.ts';
import { inputError } from '../../shared/errors.ts';
import type { Sweep, SweepRequest } from '../../shared/experiments.ts';
import { makePlan } from '../../shared/plan.ts';
import type { ForecastSpec } from '../../shared/spec.ts';
import { quick, shortRuns, type ExperimentHost } from './short-runs.ts';

/** Epochs of each run at most, where nobody says otherwise. */
const EPOCHS = 60;
/** Errors within this share of the lowest are as good as it. */
const AS_GOOD = 0.02;

/** Powers of two up to twice the run's own length, and that one. */
export function proposedLengths(own: number): number[] {
  const lengths = new Set([own]);
  for (let length = 2; length <= 2 * own && lengths.size < 9; length *= own > 256 ? 4 : 2) lengths.add(length);
  return [...lengths].sort((a, b) => a - b);
}

/**
 * The error against the sequence length: one short run for each, on the same rows and with the same seed. Compared is the validation
 * part, which every length predicts the same rows of; the test part stays unseen.
 *
 * @returns null when it was cancelled
 * @throws inputError 'sweep.too-few-rows' where the data is too short for every length; what cannot be trained
 */
export async function sweepLengths(given: ForecastSpec, table: SeriesTable, request: SweepRequest, host: ExperimentHost): Promise<Sweep | null> {
  const epochs = request.epochs ?? Math.min(EPOCHS, given.training.epochs);
  const lengths = [...new Set(request.lengths ?? proposedLengths(given.window.sequenceLength))].sort((a, b) => a - b);
  const specs = lengths.map((sequenceLength): ForecastSpec => ({ ...quick(given), window: { ...given.window, sequenceLength }, training: { ...given.training, epochs } }));
  const split = splitOf(given.split, table.time);
  const plans = specs.map((spec) => makePlan(split, spec));
  const fits = plans.map(({ plan, problem }) => problem === null && plan.windows.train > 0);
  const kept = specs.filter((_, i) => fits[i]);
  if (kept.length === 0) {
    throw inputError('sweep.too-few-rows', `The data has ${table.rows} rows, too few for a sequence length of ${lengths[0]!}.`, { field: 'lengths', hint: 'Choose shorter lengths or open a longer file.', details: { rows: table.rows, shortest: lengths[0]! } });
  }
  const runs = await shortRuns(kept.map((spec) => ({ spec, table })), host);
  if (runs === null) return null;
  const part = runs.every(({ finished }) => finished.evaluations.best.metrics.validation !== null) ? 'validation' : 'train';
  const points = runs.map(({ finished }, i) => {
    const { metrics } = finished.evaluations.best;
    return { length: kept[i]!.window.sequenceLength, rmse: metrics[part]!.rmse, train: metrics.train!.rmse, seconds: finished.seconds };
  });
  const lowest = Math.min(...points.map(({ rmse }) => rmse));
  return { part, epochs, points, skipped: lengths.filter((_, i) => !fits[i]), suggestion: points.find(({ rmse }) => rmse <= lowest * (1 + AS_GOOD))!.length };
}
