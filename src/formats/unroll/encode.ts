import type { Parameters } from '../../engine/parameters.ts';
import type { GradientRecord } from '../../shared/gradients.ts';
import type { RunParcel } from '../../shared/parcel.ts';
import type { Predictions } from '../../shared/run.ts';
import { encodeSafetensors } from '../safetensors.ts';
import { UNROLL_VERSION, type UnrollManifest } from './manifest.ts';
import { previewOf } from './preview.ts';

/** Bytes by their path in the zip. */
export type Entries = Record<string, Uint8Array>;

export interface UnrollFacts {
  madeBy: string; madeAt: string;
  /** Hex of the SHA-256 of bytes. */
  hash(bytes: Uint8Array): string;
}

const json = (value: unknown): Uint8Array => new TextEncoder().encode(`${JSON.stringify(value, null, 1)}\n`);

/**
 * A run as the entries of a .unroll file; equal runs give equal bytes.
 * @param weights what the run predicts with, for programs that read safetensors alone
 */
export function encodeUnroll(parcel: RunParcel, weights: Parameters, { madeBy, madeAt, hash }: UnrollFacts): Entries {
  const { run: { spec, epochs, ...run }, dataset, data } = parcel;
  const entries: Entries = { 'run.json': json(run), 'spec.json': json(spec), 'epochs.json': json(epochs), 'log.json': json(parcel.log), 'accuracies.json': json(parcel.accuracies), 'weights.safetensors': encodeSafetensors({ tensors: weights, metadata: { format: 'pt' } }), 'preview.svg': new TextEncoder().encode(previewOf(parcel)) };
  if (spec.task === 'forecast') entries['recipe.json'] = json(spec.recipe);
  entries['checkpoints.json'] = json(parcel.checkpoints.map(({ bytes: _bytes, ...checkpoint }) => checkpoint));
  for (const { kind, bytes } of parcel.checkpoints) entries[`checkpoints/${kind}.safetensors`] = bytes;
  if (parcel.predictions !== null) Object.assign(entries, predictionEntries(parcel.predictions));
  if (parcel.gradients.length > 0) Object.assign(entries, gradientEntries(parcel.gradients));
  if (parcel.text !== null) {
    entries['text.json'] = json({ result: parcel.text.result, samples: parcel.text.samples.map(({ weights: kept, ...sample }) => ({ ...sample, weights: kept !== null })) });
    for (const { epoch, weights: kept } of parcel.text.samples) if (kept !== null) entries[`samples/${epoch}.safetensors`] = kept;
  }
  if (parcel.classes !== null) entries['classes.json'] = json(parcel.classes);
  if (dataset !== null) entries['dataset.json'] = json({ ...dataset, sourcePath: null });
  if (data !== null) entries[`data/${data.kind}`] = data.bytes;
  const manifest: UnrollManifest = {
    format: 'unroll', version: UNROLL_VERSION, madeBy, madeAt, task: spec.task, run: { id: run.id, name: run.name, status: run.status, epochs: run.epochsDone },
    data: dataset === null ? null : { name: dataset.name, sha256: dataset.sha256, file: data === null ? null : `data/${data.kind}` },
    files: Object.keys(entries).sort().map((path) => ({ path, bytes: entries[path]!.length, sha256: hash(entries[path]!) })),
  };
  // First, so that a program finds it at once.
  return { 'manifest.json': json(manifest), ...Object.fromEntries(Object.entries(entries).sort(([a], [b]) => (a < b ? -1 : 1))) };
}

function predictionEntries({ time, truth, predicted, others = [], ...rest }: Predictions): Entries {
  const targets = [{ name: null, truth, predicted, horizon: rest.horizon ?? null }, ...others];
  const tensors = Object.fromEntries([['time', time.values] as const, ...targets.flatMap((target, k) => [[`truth.${k}`, target.truth], [`predicted.${k}`, target.predicted]] as const)].map(([name, values]) => [name, { shape: [values.length], values }]));
  return {
    'predictions.json': json({ time: { kind: time.kind, name: time.name }, trainEnd: rest.trainEnd, validationEnd: rest.validationEnd, targets: targets.map(({ name, horizon }) => ({ name, horizon })) }),
    'predictions.safetensors': encodeSafetensors({ tensors, metadata: {} }),
  };
}

function gradientEntries(records: readonly GradientRecord[]): Entries {
  const tensors = Object.fromEntries(records.flatMap(({ epoch, flow, layers, memory }) => [[`flow.${epoch}`, flow], [`layers.${epoch}`, layers], [`memory.${epoch}`, memory]] as const).map(([name, values]) => [name, { shape: [values.length], values }]));
  return {
    'gradients.json': json(records.map(({ epoch, width, clipped, steps }) => ({ epoch, width, clipped, steps }))),
    'gradients.safetensors': encodeSafetensors({ tensors, metadata: {} }),
  };
}
