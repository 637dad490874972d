import type { BackendFactory, BackendOptions, ModelSpec, SequenceData } from '../engine/backend.ts';
import { countParameters, initialParameters } from '../engine/index.ts';

/** What is to be trained, as far as speed depends on it. */
export interface Work { model: ModelSpec; options: BackendOptions; data: SequenceData; order: Int32Array; batchSize: number }

/** Mean milliseconds of one step, by the name of the engine. */
export type StepTimes = Record<string, number>;

/** Measurements outlive a process: the host keeps them, by kind of work. */
export interface Measurements {
  get(kind: string): StepTimes | null;
  set(kind: string, times: StepTimes): void;
  /** Every kind that was measured on this machine. */
  all(): Record<string, StepTimes>;
}

const WARM_STEPS = 2;
/** Milliseconds for each engine after it is warm; with three of them and their warm steps it stays under 2 s. */
const BUDGET = 300;
/** Steps of one call at most. */
const MOST_STEPS = 16;
/** One step that takes so long is measurement enough. */
const LONG_STEP = 500;

/** Floating-point operations of a step that is timed, about: of larger ones a few windows are, and their share is multiplied. */
const MOST_OPERATIONS = 4e9;
/** Windows of them at least: fewer would leave the kernels half empty. */
const FEWEST = 8;

/** Windows of a batch that are timed. */
function timedWindows({ model, data, batchSize }: Work): number {
  const ofWindow = 6 * countParameters(model) * data.sequenceLength;
  return Math.min(batchSize, Math.max(FEWEST, Math.floor(MOST_OPERATIONS / ofWindow)));
}

const power = (n: number): number => 2 ** Math.round(Math.log2(Math.max(1, n)));

/** Work of about the same size is one kind: every size is rounded to a power of two. */
export function kindOf({ model, data, batchSize }: Pick<Work, 'model' | 'data' | 'batchSize'>): string {
  const { cell, layers, bidirectional, inputSize, hiddenSize, outputSize } = model;
  return `${cell} layers ${layers}${bidirectional ? ' both ways' : ''} input ${power(inputSize)} hidden ${power(hiddenSize)} output ${power(outputSize)} time ${power(data.sequenceLength)} batch ${power(batchSize)}`;
}

/** Mean milliseconds of a step of the whole batch. */
async function stepTime(factory: BackendFactory, work: Work): Promise<number> {
  const { model, options, data, order } = work;
  const batchSize = timedWindows(work);
  const whole = work.batchSize / batchSize;
  const backend = await factory.create(model, initialParameters(model, 'pytorch', options.seed), options);
  try {
    await backend.load(data);
    const train = (windows: Int32Array) => backend.trainEpoch(windows, { batchSize, learningRate: 1e-6, clipNorm: null, signal: { aborted: false } });
    for (let warm = 0; warm < WARM_STEPS; warm++) {
      const began = Date.now();
      await train(order.subarray(0, batchSize));
      if (Date.now() - began > LONG_STEP) return (Date.now() - began) * whole;
    }
    const began = Date.now();
    let steps = 0;
    // Several at once from the second time on: an engine that is waited for after each would look slower than it trains.
    while (Date.now() - began < BUDGET) {
      const windows = order.subarray(0, steps === 0 ? batchSize : MOST_STEPS * batchSize);
      await train(windows);
      steps += Math.ceil(windows.length / batchSize);
    }
    return ((Date.now() - began) / steps) * whole;
  } finally {
    backend.dispose();
  }
}

/**
 * Trains a few batches on every engine and throws the models away. An engine that cannot do this work (too large for the GPU, or
 * the GPU is gone) is left out. @throws what the last one says where none can
 */
export async function measure(factories: readonly BackendFactory[], work: Work): Promise<StepTimes> {
  const times: StepTimes = {};
  let refusal: unknown = null;
  for (const factory of factories) {
    try {
      times[factory.name] = await stepTime(factory, work);
    } catch (error) {
      refusal = error;
    }
  }
  if (refusal !== null && Object.keys(times).length === 0) throw refusal as Error;
  return times;
}
