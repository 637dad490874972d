import type { Backend, CancelSignal, ModelSpec, SequenceData } from '../../engine/backend.ts';
import { gatesOf } from '../../engine/parameters.ts';
import { relativeCurve } from '../../shared/half-life.ts';

/** How much worse the predictions get when what went in so many steps ago is hidden. Index 0 is lag 1. */
export interface OcclusionCurve {
  /** RMSE with nothing hidden, in scaled units. */
  error: number;
  /** RMSE with that lag hidden, less `error`, [T]; below zero where hiding helped. */
  changes: number[];
  relative: number[];
  halfLife: number | null;
  windows: number;
}

/** Multiplications that all lags may cost together, some seconds of a processor, and the fewest windows that a mean is worth taking over. */
const BUDGET = 2e10;
const LEAST = 16;

/** How many windows of T steps can be occluded lag by lag without keeping anybody waiting; `most` where they are cheap. */
export function affordableWindows({ cell, inputSize, hiddenSize, layers, bidirectional }: Pick<ModelSpec, 'cell' | 'inputSize' | 'hiddenSize' | 'layers' | 'bidirectional'>, T: number, most: number): number {
  const step = gatesOf[cell].length * hiddenSize * (inputSize + hiddenSize * (2 * layers - 1)) * (bidirectional ? 2 : 1);
  return Math.min(most, Math.max(LEAST, Math.floor(BUDGET / (T * T * step))));
}

/**
 * Each lag in turn is replaced by the mean of its feature over the training rows (the scaler's zero in standard scaling), and
 * the predictions are compared with the truth again: a second way to measure memory, which asks for errors and not for slopes.
 *
 * @param backend with the model's parameters; its series is replaced and put back
 * @param data the run's own series, dense
 * @param means of each feature over the training rows, in scaled units, [F]
 * @param starts windows with their targets, at least one
 * @returns null when it was cancelled
 */
export async function occlusionCurve(
  backend: Backend, data: SequenceData, means: Float32Array, starts: Int32Array, signal: CancelSignal, breathe: () => Promise<void>,
): Promise<OcclusionCurve | null> {
  if (data.input.kind !== 'dense' || data.targets.kind !== 'values') throw new TypeError('Occlusion is for numbers.');
  const { values, features: F } = data.input;
  const { values: wanted, width } = data.targets;
  const { sequenceLength: T, horizon } = data;
  const rows = T + horizon;
  // The windows one behind the other, so that the same row may be hidden in one and seen in another: [N, T + horizon, F].
  const laid = new Float32Array(starts.length * rows * F);
  const targets = new Float32Array(starts.length * rows * width);
  starts.forEach((start, n) => {
    laid.set(values.subarray(start * F, (start + rows) * F), n * rows * F);
    targets.set(wanted.subarray(start * width, (start + rows) * width), n * rows * width);
  });
  const copies = Int32Array.from(starts, (_, n) => n * rows);
  const load = (input: Float32Array) => backend.load({ ...data, input: { kind: 'dense', values: input, features: F }, targets: { kind: 'values', values: targets, width } });
  const rmse = async (): Promise<number> => {
    const outputs = await backend.predict(copies);
    const size = outputs.length / starts.length; // O, or T * O of which the last O count
    let squares = 0;
    for (let n = 0; n < starts.length; n++) {
      for (let o = 0; o < horizon * width; o++) squares += (outputs[(n + 1) * size - horizon * width + o]! - targets[(n * rows + T) * width + o]!) ** 2;
    }
    return Math.sqrt(squares / (starts.length * horizon * width));
  };
  try {
    await load(laid);
    const error = await rmse();
    const changes: number[] = [];
    for (let lag = 1; lag <= T; lag++) {
      const hidden = laid.slice();
      for (let n = 0; n < starts.length; n++) hidden.set(means, (n * rows + T - lag) * F);
      await load(hidden);
      changes.push(await rmse() - error);
      await breathe();
      if (signal.aborted) return null;
    }
    return { error, changes, ...relativeCurve(changes), windows: starts.length };
  } finally {
    await backend.load(data);
  }
}
