import { z } from 'zod';
import { gateCount, parameterCount, type Plan } from './plan.ts';
import { deviceSchema } from './run.ts';
import { cellKinds, optimizerKinds, targetKinds, type RunSpec } from './spec.ts';

const size = z.int().min(1);

/** What is to be trained, as far as its time and memory depend on it; of whatever task. */
export const workSizesSchema = z.object({
  cell: z.enum(cellKinds), layers: size, bidirectional: z.boolean(), hiddenSize: size,
  /** F: numbers of a step, of an embedding its width; of tokens without one the vocabulary. */
  inputSize: size,
  /** Tokens go in: the size of the vocabulary; null: numbers do. */
  vocabulary: size.nullable(),
  embedded: z.boolean(),
  /** O of the head, at each step that has one. */
  outputSize: size, headSteps: z.enum(targetKinds), classes: z.boolean(),
  optimizer: z.enum(optimizerKinds), parameters: size,
  sequenceLength: size, batchSize: size, epochs: size,
  rows: z.int(), windows: z.object({ train: z.int(), validation: z.int(), test: z.int() }),
});
export type WorkSizes = z.infer<typeof workSizesSchema>;

/** Of this machine, in bytes. `free` is what programs can still take without swapping. */
export const memorySchema = z.object({ freeBytes: z.number(), totalBytes: z.number() });
export type Memory = z.infer<typeof memorySchema>;

/** How long a step takes, in milliseconds, and on what. */
export const measuredSchema = z.object({ device: deviceSchema, milliseconds: z.number() });
export type Measured = z.infer<typeof measuredSchema>;

/** What a run would take. */
export interface Estimate {
  bytes: number;
  /** null where no step was measured. */
  seconds: number | null;
}

/** Why a run should not be begun without a second look. */
export type Obstacle = { kind: 'memory'; bytes: number; freeBytes: number } | { kind: 'time'; seconds: number };

/** Longer than this is said before it begins. */
export const LONG_SECONDS = 3600;
/** The rest of the free memory is left to the system. */
const USABLE_SHARE = 0.9;

/** Windows evaluated at once, between two looks at the signal: at most so many, and about this many multiplications. */
const CHUNK = 2048;
const CHUNK_WORK = 1e9;
/** Fewer would leave the kernels half empty. */
const SMALLEST_CHUNK = 32;

/** Windows to evaluate at once; it follows from the model and the data alone, so that the same spec gives the same bits. */
export function evaluationChunk(parameters: number, sequenceLength: number): number {
  return Math.min(CHUNK, Math.max(SMALLEST_CHUNK, Math.floor(CHUNK_WORK / (parameters * sequenceLength))));
}

/** @param plan what the settings make of the data */
export function workSizes(spec: RunSpec, plan: Plan): WorkSizes {
  const { model, training, window } = spec;
  const { cell, layers, bidirectional, hiddenSize } = model;
  const [, sequenceLength, inputSize] = plan.shapes.X;
  const embedding = spec.task === 'char' ? spec.text.embedding : spec.task === 'classify' && spec.kind === 'text' ? spec.embedding : null;
  // The head is what is left of the parameters: an embedding has a row for each token, and of a text so has the head.
  const left = plan.parameters - parameterCount(model, inputSize, 0);
  const state = hiddenSize * (bidirectional ? 2 : 1) + 1;
  const outputSize = spec.task === 'forecast' ? spec.window.horizon * spec.roles.targets.length : Math.max(1, Math.round(left / (state + (embedding ?? 0))));
  const tokens = spec.task === 'char' || (spec.task === 'classify' && spec.kind === 'text');
  return {
    cell, layers, bidirectional, hiddenSize, inputSize, outputSize, sequenceLength, embedded: embedding !== null,
    vocabulary: !tokens ? null : embedding === null ? inputSize : outputSize,
    headSteps: 'targets' in window ? window.targets : 'last', classes: spec.task !== 'forecast',
    optimizer: training.optimizer, parameters: plan.parameters, batchSize: Math.min(training.batchSize, Math.max(1, plan.windows.train)), epochs: training.epochs,
    rows: spec.task === 'classify' ? plan.split.rows * sequenceLength : plan.split.rows, windows: plan.windows,
  };
}

/**
 * Bytes that training takes beside the bare process: parameters with what the optimizer remembers and what a checkpoint copies,
 * the series, the states of the windows computed at once, and what is predicted. An estimate from above; src/training's test
 * holds it against what the wasm backend takes.
 */
export function bytesNeeded(w: WorkSizes): number {
  const slots = { sgd: 1, rmsprop: 1, adam: 2, adamw: 2 }[w.optimizer];
  const directions = w.bidirectional ? 2 : 1;
  // Parameters, packed copies for the products, gradients, the best epoch's and, for a checkpoint, all of it once more.
  const model = w.parameters * (2 * (1 + slots) + 2 + 2 + 2);
  const windows = Math.max(w.batchSize, evaluationChunk(w.parameters, w.sequenceLength));
  // States, gates, derivatives; an LSTM keeps its cell state and a GRU its candidate twice.
  const step = w.layers * directions * w.hiddenSize * (2 + gateCount(w.cell) + (gateCount(w.cell) > 1 ? 2 : 0)) + (w.vocabulary !== null && !w.embedded ? 1 : w.inputSize);
  const outputs = windows * (w.headSteps === 'every' ? w.sequenceLength : 1) * w.outputSize;
  const series = w.rows * 2 * (w.vocabulary === null ? w.inputSize + w.outputSize : 1);
  const predicted = (w.windows.train + w.windows.validation + w.windows.test) * w.outputSize * (w.classes ? 0 : 4);
  return 4 * (model + windows * w.sequenceLength * step + outputs + series + predicted);
}

/**
 * Seconds from the first batch to the last prediction; only forward, a window costs about a third of what it costs in training.
 * @param milliseconds of one training step of a whole batch
 */
export function secondsNeeded(w: WorkSizes, milliseconds: number): number {
  const window = milliseconds / 1000 / w.batchSize;
  const { train, validation, test } = w.windows;
  return w.epochs * (Math.ceil(train / w.batchSize) * (milliseconds / 1000) + (validation * window) / 3) + (2 * (train + validation + test) * window) / 3;
}

/** What stands against beginning; empty: nothing. */
export function obstaclesOf({ bytes, seconds }: Estimate, memory: Memory | null): Obstacle[] {
  return [
    ...(memory !== null && bytes > memory.freeBytes * USABLE_SHARE ? [{ kind: 'memory' as const, bytes, freeBytes: memory.freeBytes }] : []),
    ...(seconds !== null && seconds > LONG_SECONDS ? [{ kind: 'time' as const, seconds }] : []),
  ];
}

/** Floating-point operations a second, and milliseconds a step besides, that every machine reaches; of the readable engine far less. */
const LEAST_RATE = 1e9;
const LEAST_RATE_OF_REFERENCE = 2e7;
const STEP_MILLISECONDS = 1;

/** Seconds that a run takes even where all is slow; to tell without a measurement what is surely short. */
export function secondsAtMost(w: WorkSizes, backend: RunSpec['backend']): number {
  const operations = 6 * w.parameters * w.sequenceLength * w.batchSize;
  return secondsNeeded(w, STEP_MILLISECONDS + (1000 * operations) / (backend === 'reference' ? LEAST_RATE_OF_REFERENCE : LEAST_RATE));
}
