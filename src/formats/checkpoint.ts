import { z } from 'zod';
import type { TrainingState } from '../engine/backend.ts';
import type { Parameters } from '../engine/parameters.ts';
import { inputError } from '../shared/errors.ts';
import { decodeSafetensors, encodeSafetensors, type SafeTensor } from './safetensors.ts';

const FORMAT = 'unroll-checkpoint';
const VERSION = '2';
/** Held no place within the epoch: it is read to predict with, and a run that has it alone begins anew. */
const WITHOUT_POSITION = '1';

/** A checkpoint as one safetensors file: `model.*`, `optimizer.*` and `best.*` tensors, the rest in its metadata. */
export function encodeCheckpoint(checkpoint: TrainingState): Uint8Array<ArrayBuffer> {
  const { epoch, position, best } = checkpoint;
  const tensors: Record<string, SafeTensor> = {};
  for (const [name, tensor] of Object.entries(checkpoint.parameters)) tensors[`model.${name}`] = tensor;
  for (const [name, values] of Object.entries(checkpoint.optimizer)) tensors[`optimizer.${name}`] = { shape: [values.length], values };
  // Right after the best epoch its weights are the model's own.
  if (best !== null && (best.epoch !== epoch || position?.steps !== 0)) {
    for (const [name, tensor] of Object.entries(best.parameters)) tensors[`best.${name}`] = tensor;
  }
  return encodeSafetensors({
    tensors,
    metadata: {
      format: FORMAT, version: VERSION, epoch: String(epoch), generator: JSON.stringify(checkpoint.generator),
      position: JSON.stringify(position), seconds: String(checkpoint.seconds), best: JSON.stringify(best?.epoch ?? null),
    },
  });
}

/** @throws inputError when the bytes are no checkpoint of this version */
export function decodeCheckpoint(bytes: Uint8Array): TrainingState {
  const { tensors, metadata } = decodeSafetensors(bytes);
  if (metadata['format'] !== FORMAT || (metadata['version'] !== VERSION && metadata['version'] !== WITHOUT_POSITION)) {
    throw inputError('checkpoint.version', `The checkpoint is of another kind or version (${metadata['format'] ?? 'unknown'} ${metadata['version'] ?? ''}).`);
  }
  const { best: bestEpoch, ...rest } = facts(metadata);
  const checkpoint: TrainingState = { ...rest, parameters: {}, optimizer: {}, best: null };
  const best: Parameters = {};
  for (const [name, tensor] of Object.entries(tensors)) {
    if (name.startsWith('model.')) checkpoint.parameters[name.slice(6)] = { shape: [...tensor.shape], values: tensor.values };
    else if (name.startsWith('optimizer.')) checkpoint.optimizer[name.slice(10)] = tensor.values;
    else if (name.startsWith('best.')) best[name.slice(5)] = { shape: [...tensor.shape], values: tensor.values };
  }
  if (bestEpoch !== null) checkpoint.best = { epoch: bestEpoch, parameters: Object.keys(best).length === 0 ? checkpoint.parameters : best };
  return checkpoint;
}

const whole = z.int().min(0);
const factsSchema = z.object({
  epoch: whole, generator: z.array(whole.max(2 ** 32 - 1)), seconds: z.number().min(0), best: whole.nullable(),
  position: z.object({ steps: whole, lossSum: z.number(), normSum: z.number(), clipped: whole }).nullable(),
});

/** What stands in the metadata, checked: the file may come from anywhere. */
function facts(metadata: Record<string, string>): z.infer<typeof factsSchema> {
  const { epoch = '', generator = '[]', position = 'null', seconds = '0', best = 'null' } = metadata;
  try {
    return factsSchema.parse(Object.fromEntries(Object.entries({ epoch, generator, position, seconds, best }).map(([key, text]) => [key, JSON.parse(text) as unknown])));
  } catch {
    throw inputError('checkpoint.damaged', 'The checkpoint cannot be read: it does not tell its epoch and place.');
  }
}
