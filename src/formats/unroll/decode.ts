import { z } from 'zod';
import { classResultSchema } from '../../shared/classify.ts';
import { datasetSummarySchema } from '../../shared/dataset.ts';
import { inputError, type AppError } from '../../shared/errors.ts';
import type { GradientRecord } from '../../shared/gradients.ts';
import type { RunParcel } from '../../shared/parcel.ts';
import { epochRecordSchema, horizonErrorsSchema, runDetailSchema, type Predictions } from '../../shared/run.ts';
import { runLogEntrySchema } from '../../shared/run-log.ts';
import { checkSpec } from '../../shared/spec.ts';
import { textAccuracySchema, textResultSchema, textSampleSchema } from '../../shared/text.ts';
import { doublesOf, floatsOf, readSafetensors, type RawTensor } from '../safetensors.ts';
import { UNROLL_VERSION, unrollManifestSchema, type UnrollManifest } from './manifest.ts';

/** An opened .unroll file: its entries are unpacked when they are asked for. */
export interface UnrollArchive {
  /** Of the file, for sentences. */
  name: string;
  /** Paths with the sizes that the zip declares. */
  sizes: ReadonlyMap<string, number>;
  /** The bytes of an entry, checked against what the zip says of them. */
  read(path: string): Uint8Array;
  hash(bytes: Uint8Array): string;
}

/** JSON entries are small: a larger one is not looked at. */
const MAX_JSON = 64 * 1024 * 1024;
const whole = z.int().min(0);

function refuse(name: string, reason: string, entry?: string): AppError {
  return inputError('import.damaged', `${name} cannot be imported: ${reason}.`, { hint: 'Export the run again, or take another copy of the file.', details: { file: name, reason, ...(entry === undefined ? {} : { entry }) } });
}

/** Reads entries of an archive with the shapes that they must have. */
class Reader {
  readonly #archive: UnrollArchive;
  readonly #known: Map<string, UnrollManifest['files'][number]>;
  constructor(archive: UnrollArchive, manifest: UnrollManifest) {
    this.#archive = archive;
    this.#known = new Map(manifest.files.map((file) => [file.path, file]));
  }

  has(path: string): boolean { return this.#known.has(path); }

  bytes(path: string): Uint8Array {
    const { name, read, hash } = this.#archive;
    const known = this.#known.get(path);
    if (known === undefined) throw refuse(name, `its part ${path} is missing`, path);
    const bytes = read(path);
    if (bytes.length !== known.bytes || hash(bytes) !== known.sha256) throw refuse(name, `its part ${path} is not what the manifest says`, path);
    return bytes;
  }

  json<T>(path: string, schema: z.ZodType<T>): T {
    return parsed(this.#archive, path, this.bytes(path), schema);
  }

  tensors(path: string): Record<string, RawTensor> {
    const bytes = this.bytes(path);
    return named(this.#archive.name, path, () => readSafetensors(bytes).tensors);
  }
}

function parsed<T>({ name, sizes }: UnrollArchive, path: string, bytes: Uint8Array, schema: z.ZodType<T>): T {
  if ((sizes.get(path) ?? 0) > MAX_JSON) throw refuse(name, `its part ${path} is larger than ${MAX_JSON / 1024 / 1024} MB`, path);
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw refuse(name, `its part ${path} is no JSON`, path);
  }
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issue = result.error.issues[0]!;
  throw refuse(name, `${[path, ...issue.path.map(String)].join(' › ')}: ${issue.message}`, path);
}

/** Says in which part of which file something is wrong. */
export function named<T>(name: string, path: string, use: () => T): T {
  try {
    return use();
  } catch (error) {
    const message = (error as Error).message.replace(/\.$/, '');
    throw refuse(name, `${path}: ${message}`, path);
  }
}

/** @throws inputError 'import.damaged', 'import.newer' */
export function readManifest(archive: UnrollArchive): UnrollManifest {
  const path = 'manifest.json';
  if (!archive.sizes.has(path)) throw inputError('import.foreign', `${archive.name} is no .unroll file: it has no ${path}.`, { hint: 'Choose a file that Unroll has exported.', details: { file: archive.name } });
  const bytes = archive.sizes.get(path)! > MAX_JSON ? new Uint8Array() : archive.read(path);
  const { format, version } = parsed(archive, path, bytes, z.object({ format: z.unknown(), version: z.unknown() }));
  if (format !== 'unroll' || typeof version !== 'number' || !Number.isInteger(version) || version < 1) throw inputError('import.foreign', `${archive.name} is no .unroll file: its manifest says format ${JSON.stringify(format)?.slice(0, 40) ?? 'nothing'}, version ${JSON.stringify(version)?.slice(0, 40) ?? 'nothing'}.`, { hint: 'Choose a file that Unroll has exported.', details: { file: archive.name } });
  if (version > UNROLL_VERSION) throw inputError('import.newer', `${archive.name} was made by a newer Unroll (version ${version} of the file; this one reads up to ${UNROLL_VERSION}).`, { hint: 'Update Unroll, then import it.', details: { file: archive.name, version, known: UNROLL_VERSION } });
  const manifest = parsed(archive, path, bytes, unrollManifestSchema);
  const listed = new Set(manifest.files.map((file) => file.path));
  const extra = [...archive.sizes.keys()].find((entry) => entry !== path && !listed.has(entry));
  if (extra !== undefined) throw refuse(archive.name, `it holds ${extra}, which its manifest does not name`, extra);
  const missing = manifest.files.find((file) => !archive.sizes.has(file.path));
  if (missing !== undefined) throw refuse(archive.name, `its part ${missing.path} is missing`, missing.path);
  return manifest;
}

const checkpointsSchema = z.array(z.strictObject({ kind: z.enum(['last', 'best', 'final']), epoch: whole, savedAt: z.string().max(100) })).max(3);
const predictionsSchema = z.strictObject({
  time: z.strictObject({ kind: z.enum(['date', 'number', 'row']), name: z.string() }), trainEnd: whole, validationEnd: whole,
  targets: z.array(z.strictObject({ name: z.string().nullable(), horizon: horizonErrorsSchema.nullable() })).min(1).max(1000),
});
const gradientsSchema = z.array(z.strictObject({ epoch: whole, width: whole.max(1_000_000), clipped: whole, steps: whole })).max(100_000);
const textSchema = z.strictObject({ result: textResultSchema, samples: z.array(textSampleSchema.extend({ weights: z.boolean() })).max(100_000) });

/** A time as the studio writes it. */
const isTime = (text: string | null) => text === null || /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(text);

/**
 * The run in a .unroll file. Every part is checked: its hash, its shape, and that the parts fit together; the weights are checked by whoever computes with them.
 * @throws inputError 'import.damaged', 'import.newer', 'import.foreign' with the part and the field
 */
export function decodeUnroll(archive: UnrollArchive): { parcel: RunParcel; manifest: UnrollManifest } {
  const manifest = readManifest(archive);
  const reader = new Reader(archive, manifest);
  const { name } = archive;
  const given = checkSpec(reader.json('spec.json', z.unknown()));
  if (!given.ok) throw refuse(name, `spec.json: ${given.errors[0]!.message.replace(/\.$/, '')}`, 'spec.json');
  const { spec } = given;
  if (spec.task !== manifest.task) throw refuse(name, `the manifest says the task ${manifest.task}, spec.json ${spec.task}`, 'spec.json');
  const epochs = reader.json('epochs.json', z.array(epochRecordSchema).max(1_000_000));
  if (epochs.some(({ epoch }, i) => epoch !== i + 1)) throw refuse(name, 'epochs.json does not count its epochs from 1 on', 'epochs.json');
  const run = { ...reader.json('run.json', runDetailSchema.omit({ spec: true, epochs: true })), spec, epochs };
  if (run.id !== manifest.run.id || run.epochsDone !== epochs.length) throw refuse(name, `run.json tells of ${run.epochsDone} epochs of ${run.id}, the other parts of ${epochs.length} of ${manifest.run.id}`, 'run.json');
  if (!isTime(run.createdAt) || !isTime(run.finishedAt)) throw refuse(name, 'run.json › createdAt, finishedAt: no times', 'run.json');
  const checkpoints = reader.json('checkpoints.json', checkpointsSchema).map((checkpoint) => ({ ...checkpoint, bytes: reader.bytes(`checkpoints/${checkpoint.kind}.safetensors`) }));
  const dataset = reader.has('dataset.json') ? reader.json('dataset.json', datasetSummarySchema) : null;
  if (dataset?.sha256 !== manifest.data?.sha256 || dataset?.name !== manifest.data?.name) throw refuse(name, 'dataset.json is about other data than the manifest', 'dataset.json');
  const texts = reader.has('text.json') ? reader.json('text.json', textSchema) : null;
  const file = manifest.data?.file ?? null;
  const parcel: RunParcel = {
    run, checkpoints, dataset,
    log: reader.json('log.json', z.array(runLogEntrySchema).max(1_000_000)), accuracies: reader.json('accuracies.json', z.array(textAccuracySchema).max(1_000_000)),
    predictions: reader.has('predictions.json') ? predictionsOf(name, reader) : null,
    gradients: reader.has('gradients.json') ? gradientsOf(name, reader) : [],
    text: texts === null ? null : { result: texts.result, samples: texts.samples.map((sample) => ({ ...sample, weights: sample.weights ? reader.bytes(`samples/${sample.epoch}.safetensors`) : null })) },
    classes: reader.has('classes.json') ? reader.json('classes.json', classResultSchema) : null,
    data: file === null ? null : { kind: file.slice('data/'.length) as 'source' | 'table' | 'text', bytes: reader.bytes(file) },
  };
  return { parcel, manifest };
}

function predictionsOf(name: string, reader: Reader): Predictions {
  const path = 'predictions.safetensors';
  const { time, trainEnd, validationEnd, targets } = reader.json('predictions.json', predictionsSchema);
  const tensors = reader.tensors(path);
  const [first, ...others] = named(name, path, () => targets.map((target, k) => ({ ...target, truth: doublesOf(`truth.${k}`, tensors[`truth.${k}`]), predicted: doublesOf(`predicted.${k}`, tensors[`predicted.${k}`]) })));
  const values = named(name, path, () => doublesOf('time', tensors['time']));
  if ([first!, ...others].some((target) => target.truth.length !== values.length || target.predicted.length !== values.length)) throw refuse(name, `${path}: its tensors are not of one length`, path);
  return {
    time: { ...time, values }, truth: first!.truth, predicted: first!.predicted, trainEnd, validationEnd, horizon: first!.horizon,
    ...(others.length === 0 ? {} : { others: others.map(({ name: target, ...other }) => ({ name: target ?? '', ...other })) }),
  };
}

function gradientsOf(name: string, reader: Reader): GradientRecord[] {
  const path = 'gradients.safetensors';
  const tensors = reader.tensors(path);
  return reader.json('gradients.json', gradientsSchema).map((record) => {
    const of = (part: string) => named(name, path, () => {
      const tensor = tensors[`${part}.${record.epoch}`];
      if (tensor === undefined) throw new Error(`tensor ${part}.${record.epoch} is missing`);
      return floatsOf(part, tensor);
    });
    const [flow, layers, memory] = [of('flow'), of('layers'), of('memory')];
    if (memory.length !== record.width || record.width === 0 || flow.length % record.width !== 0) throw refuse(name, `${path}: epoch ${record.epoch} is not ${record.width} wide`, path);
    return { ...record, flow, layers, memory };
  });
}
