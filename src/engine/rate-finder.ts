import type { Backend, CancelSignal } from './backend.ts';
import { EngineError } from './errors.ts';

export interface RateFinderOptions {
  batchSize: number;
  /** First and last learning rate tried; the rates between grow by a constant factor. */
  from: number;
  to: number;
  /** Training steps, each with its own rate. */
  steps: number;
  clipNorm: number | null;
  signal: CancelSignal;
  /** Called after every step; a promise lets the host's events in. */
  onStep?: (step: number, steps: number) => Promise<void> | void;
}

export interface RateFinderResult {
  rates: number[];
  /** Training loss of each rate's batch; shorter than `steps` when the loss blew up or the search was cancelled. */
  losses: number[];
  /** The losses, smoothed: what the suggestion is read from. */
  smoothed: number[];
  /** A tenth of the rate with the lowest smoothed loss; null when it never fell. */
  suggestion: number | null;
}

/** Weight of the past in the smoothed loss. */
const SMOOTHING = 0.9;
/** The search stops where the smoothed loss is this many times its lowest. */
const BLOWN_UP = 4;

/**
 * The range test of Smith (2017, "Cyclical Learning Rates for Training Neural Networks", section 3.3): trains with a rate
 * that grows from step to step and looks how far the loss still falls. The backend's parameters and optimizer state are as
 * before when it returns.
 * @param order starts of training windows, as for trainEpoch; reused from the front when they run out
 * @throws EngineError 'data.invalid' for options out of range
 */
export async function findLearningRate(backend: Backend, order: Int32Array, options: RateFinderOptions): Promise<RateFinderResult> {
  const { batchSize, from, to, steps, clipNorm, signal, onStep } = options;
  if (!(from > 0 && to > from) || !Number.isInteger(steps) || steps < 2 || order.length === 0) {
    throw new EngineError('data.invalid', 'The search needs windows, rates with 0 < from < to, and at least 2 steps.', { from, to, steps, windows: order.length });
  }
  const parameters = await backend.parameters();
  const state = await backend.optimizerState();
  const batches = Math.ceil(order.length / batchSize);
  const result: RateFinderResult = { rates: [], losses: [], smoothed: [], suggestion: null };
  let average = 0;
  let lowest = Infinity;
  for (let step = 0; step < steps && !signal.aborted; step++) {
    const rate = from * (to / from) ** (step / (steps - 1));
    const first = (step % batches) * batchSize;
    const { loss, nonFiniteStep } = await backend.trainEpoch(order.subarray(first, first + batchSize), { batchSize, learningRate: rate, clipNorm, signal });
    if (nonFiniteStep !== null || signal.aborted) break;
    average = SMOOTHING * average + (1 - SMOOTHING) * loss;
    const smoothed = average / (1 - SMOOTHING ** (step + 1));
    result.rates.push(rate);
    result.losses.push(loss);
    result.smoothed.push(smoothed);
    lowest = Math.min(lowest, smoothed);
    if (smoothed > BLOWN_UP * lowest) break;
    await onStep?.(step + 1, steps);
  }
  await backend.setParameters(parameters);
  await backend.setOptimizerState(state);
  result.suggestion = tenthOfLowest(result.rates, result.smoothed);
  return result;
}

/**
 * A tenth of the rate at which the smoothed loss was lowest: there the loss still falls, and an order of magnitude lies
 * between it and where training becomes unstable (the rule of fastai's Learner.lr_find, "minimum/10"). The steepest
 * point itself is no measure with small batches: their noise at the first rates is steeper.
 */
function tenthOfLowest(rates: readonly number[], losses: readonly number[]): number | null {
  let lowest = 0;
  for (let i = 1; i < losses.length; i++) if (losses[i]! < losses[lowest]!) lowest = i;
  return lowest === 0 ? null : rates[lowest]! / 10;
}
