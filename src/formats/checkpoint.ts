import type { OptimizerState } from '../engine/backend.ts';
import type { Parameters } from '../engine/parameters.ts';
import { inputError } from '../shared/errors.ts';
import { decodeSafetensors, encodeSafetensors, type SafeTensor } from './safetensors.ts';

/** Everything that a run needs to go on exactly as if it had never stopped, or to predict. */
export interface Checkpoint {
  /** Epochs done. */
  epoch: number;
  parameters: Parameters;
  optimizer: OptimizerState;
  /** State of the generator that shuffles the windows. */
  generator: number[];
}

const FORMAT = 'unroll-checkpoint';
const VERSION = '1';

/** A checkpoint as one safetensors file: `model.*` and `optimizer.*` tensors, the rest in its metadata. */
export function encodeCheckpoint(checkpoint: Checkpoint): Uint8Array<ArrayBuffer> {
  const tensors: Record<string, SafeTensor> = {};
  for (const [name, tensor] of Object.entries(checkpoint.parameters)) tensors[`model.${name}`] = tensor;
  for (const [name, values] of Object.entries(checkpoint.optimizer)) tensors[`optimizer.${name}`] = { shape: [values.length], values };
  return encodeSafetensors({
    tensors,
    metadata: { format: FORMAT, version: VERSION, epoch: String(checkpoint.epoch), generator: JSON.stringify(checkpoint.generator) },
  });
}

/** @throws inputError when the bytes are no checkpoint of this version */
export function decodeCheckpoint(bytes: Uint8Array): Checkpoint {
  const { tensors, metadata } = decodeSafetensors(bytes);
  if (metadata['format'] !== FORMAT || metadata['version'] !== VERSION) {
    throw inputError('checkpoint.version', `The checkpoint is of another kind or version (${metadata['format'] ?? 'unknown'} ${metadata['version'] ?? ''}).`);
  }
  const checkpoint: Checkpoint = {
    epoch: Number(metadata['epoch']), parameters: {}, optimizer: {}, generator: JSON.parse(metadata['generator'] ?? '[]') as number[],
  };
  for (const [name, tensor] of Object.entries(tensors)) {
    if (name.startsWith('model.')) checkpoint.parameters[name.slice(6)] = { shape: [...tensor.shape], values: tensor.values };
    else if (name.startsWith('optimizer.')) checkpoint.optimizer[name.slice(10)] = tensor.values;
  }
  return checkpoint;
}
