import type { ModelSpec, SequenceData } from '../../backend.ts';
import { directionsOf, gatesOf, layerInputSize } from '../../parameters.ts';

/** Below this many floating-point operations a step is not worth a second thread: waking it takes longer. */
const LEAST_OPERATIONS = 10e6;
/** Windows of a shard at least, so that its matrix products stay wide: of two shards, and of more. */
const LEAST_OF_TWO = 32;
const LEAST_OF_MANY = 64;
const MOST_SHARDS = 8;
/** Bytes that the gradients of all shards may take. */
const GRADIENT_BYTES = 2 ** 28;

/** Floating-point operations of the matrix products of a training step. */
export function operationsOf(model: ModelSpec, data: SequenceData, windows: number): number {
  const H = model.hiddenSize;
  const D = directionsOf(model);
  const steps = windows * data.sequenceLength;
  let recurrent = 0;
  for (let layer = 0; layer < model.layers; layer++) {
    const input = layer > 0 ? 3 * layerInputSize(model, layer) : model.vocabulary !== undefined ? 3 * model.inputSize : data.input.kind === 'tokens' ? 0 : 2 * model.inputSize;
    recurrent += 2 * steps * gatesOf[model.cell].length * H * D * (3 * H + input);
  }
  return recurrent + 6 * (model.headSteps === 'every' ? steps : windows) * H * D * model.outputSize;
}

/**
 * Parts that a batch is cut into. It depends on the model and the batch alone, never on the machine: threads only share the
 * shards out, and their gradients are added in one order, so the bits do not depend on the number of threads.
 * @param floats numbers of a gradient
 */
export function shardsOf(model: ModelSpec, floats: number, data: SequenceData, windows: number): number {
  if (operationsOf(model, data, windows) < LEAST_OPERATIONS) return 1;
  const wide = windows < 2 * LEAST_OF_TWO ? 1 : Math.max(2, Math.floor(windows / LEAST_OF_MANY));
  return Math.max(1, Math.min(MOST_SHARDS, wide, Math.floor(GRADIENT_BYTES / (floats * 4))));
}
