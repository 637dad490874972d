import type { ModelSpec, SequenceData } from '../engine/backend.ts';
import type { Measured, WorkSizes } from '../shared/preflight.ts';
import type { RunSpec } from '../shared/spec.ts';
import { chooseBackend, type Engines } from './choose.ts';
import { explained } from './engine-error.ts';
import { kindOf, measure, type Work } from './measure.ts';
import { optimizerOf } from './model.ts';

/** Batches that a step is timed on. */
const BATCHES = 16;

/** Work of the same sizes on made-up numbers: how long a step takes does not depend on what is learnt. */
export function workOf(w: WorkSizes): Work {
  const { cell, layers, bidirectional, hiddenSize, inputSize, outputSize, headSteps, sequenceLength, batchSize } = w;
  const model: ModelSpec = { cell, layers, bidirectional, hiddenSize, inputSize, outputSize, headSteps, dropout: 0, ...(w.embedded && w.vocabulary !== null ? { vocabulary: w.vocabulary } : {}) };
  const windows = Math.min(Math.max(1, w.windows.train), BATCHES * batchSize);
  // A window of values has its O targets in O rows, one a row.
  const rows = sequenceLength + (w.classes ? 1 : outputSize) + windows;
  const ids = (below: number) => Int32Array.from({ length: rows }, (_, i) => (i * 7919) % below);
  const values = (n: number) => Float32Array.from({ length: n }, (_, i) => Math.sin(i * 12.9898));
  const data: SequenceData = {
    input: w.vocabulary === null ? { kind: 'dense', values: values(rows * inputSize), features: inputSize } : { kind: 'tokens', ids: ids(w.vocabulary), vocabulary: w.vocabulary },
    targets: w.classes ? { kind: 'classes', ids: ids(outputSize) } : { kind: 'values', values: values(rows), width: 1 },
    sequenceLength, horizon: w.classes ? 1 : outputSize,
  };
  return {
    model, data, batchSize, order: Int32Array.from({ length: windows }, (_, i) => i),
    options: { seed: 1, loss: { kind: w.classes ? 'crossEntropy' : 'mse' }, optimizer: optimizerOf({ optimizer: w.optimizer, momentum: w.optimizer === 'sgd' ? 0.9 : 0, weightDecay: 0 }) },
  };
}

/**
 * How long a step of such work takes on the engine that would train it; measured once per machine and kind of work.
 * @throws environmentError 'backend.unavailable', and what does not fit, as an AppError
 */
export async function measureWork(engines: Engines, sizes: WorkSizes, choice: RunSpec['backend']): Promise<Measured> {
  try {
    const work = workOf(sizes);
    const { factory, device } = await chooseBackend(engines, choice, work);
    const kind = kindOf(work);
    const known = engines.measurements?.get(kind) ?? null;
    const milliseconds = known?.[factory.name] ?? (await measure([factory], work))[factory.name]!;
    if (known?.[factory.name] === undefined) engines.measurements?.set(kind, { ...known, [factory.name]: milliseconds });
    return { device, milliseconds };
  } catch (error) {
    throw explained(error);
  }
}
