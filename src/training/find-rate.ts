import type { CancelSignal } from '../engine/backend.ts';
import { findLearningRate, Rng } from '../engine/index.ts';
import { startsOf } from '../data/preparing/windows.ts';
import type { SeriesTable } from '../shared/dataset.ts';
import type { RateSearch } from '../shared/run.ts';
import type { ForecastSpec } from '../shared/spec.ts';
import type { Engines } from './choose.ts';
import { withBackend } from './open.ts';

const FROM = 1e-6;
const TO = 1;
const STEPS = 100;

/** Which learning rate suits these settings on this data: a hundred steps from the first weights, each with a larger rate. */
export function findRate(engines: Engines, spec: ForecastSpec, table: SeriesTable, signal: CancelSignal, breathe: () => Promise<void>): Promise<RateSearch> {
  return withBackend(engines, spec, table, async ({ backend, prepared }) => {
    const order = startsOf(prepared.starts.train);
    new Rng(spec.training.seed, 1).shuffle(order);
    const { batchSize, clipNorm } = spec.training;
    const { rates, smoothed, suggestion } = await findLearningRate(backend, order, { batchSize, from: FROM, to: TO, steps: STEPS, clipNorm, signal, onStep: breathe });
    // Two digits: the search is no finer.
    return { rates, losses: smoothed, suggestion: suggestion === null ? null : Number(suggestion.toPrecision(2)) };
  });
}
