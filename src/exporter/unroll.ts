import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { zipSync } from 'fflate';
import type { ModelSpec, TrainingState } from '../engine/backend.ts';
import { wasmWith } from '../engine/index.ts';
import { checkParameters, type Parameters } from '../engine/parameters.ts';
import { decodeCheckpoint } from '../formats/checkpoint.ts';
import { decodeUnroll, encodeUnroll, named } from '../formats/unroll/index.ts';
import { environmentError, inputError } from '../shared/errors.ts';
import { MAX_PARCEL_DATA, type ParcelData, type RunParcel, type StoredParcel } from '../shared/parcel.ts';
import { classModel } from '../training/classify/prepare.ts';
import { modelOf, optimizerOf } from '../training/model.ts';
import { tokenInput } from '../training/text/prepare.ts';
import { exportableOf, type ExportSource } from './exportable.ts';
import type { MadeExport } from './formats.ts';
import { openZip } from './zip.ts';

/** The largest .unroll file that is read. */
const MAX_FILE = 512 * 1024 * 1024;

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** The data that goes with a run; null where it is too large. */
function dataOf(stored: StoredParcel['data']): ParcelData | null {
  if (stored === null) return null;
  if (stored.kind === 'gzip') return { kind: 'source', bytes: new Uint8Array(gunzipSync(stored.bytes)) };
  return statSync(stored.path).size > MAX_PARCEL_DATA ? null : { kind: stored.kind, bytes: new Uint8Array(readFileSync(stored.path)) };
}

/** The network of a run. @throws inputError where what it knows (characters, classes) was not stored */
export function modelOfParcel({ run: { spec }, text, classes }: Pick<RunParcel, 'run' | 'text' | 'classes'>, file: string): ModelSpec {
  if (spec.task === 'forecast') return modelOf(spec);
  const missing = (part: string) => inputError('import.damaged', `${file} cannot be imported: its part ${part} is missing.`, { details: { file, entry: part } });
  if (spec.task === 'classify') {
    if (classes === null) throw missing('classes.json');
    return classModel(spec, classes);
  }
  if (text === null) throw missing('text.json');
  const { cell, hiddenSize, layers, bidirectional, dropout } = spec.model;
  const V = text.result.characters.length;
  return { cell, hiddenSize, layers, bidirectional, dropout: layers > 1 ? dropout : 0, outputSize: V, headSteps: spec.window.targets, ...tokenInput(V, spec.text.embedding) };
}

/**
 * A run as one .unroll file, read back and compared: every part bit for bit, and what its weights predict on held windows.
 * @throws environmentError 'export.unequal' where it does not read back as it was written
 */
export async function makeUnroll(source: Omit<ExportSource, 'parameters'>, stored: StoredParcel, parameters: Parameters): Promise<MadeExport & { bytes: Uint8Array }> {
  const parcel: RunParcel = { ...stored, data: dataOf(stored.data) };
  const entries = encodeUnroll(parcel, parameters, { madeBy: source.madeBy, madeAt: source.madeAt, hash: sha256 });
  // A date of its own would make equal runs unequal files.
  const bytes = zipSync(entries, { level: 6, mtime: new Date(1980, 0, 1) });
  const { parcel: read } = await readUnroll(bytes, 'the file');
  const unequal = (what: string) => environmentError('export.unequal', `The file does not read back as it was written (${what}).`, { hint: 'Nothing was written. Please report it with the run\'s settings.', details: { what } });
  for (const { kind, bytes: written } of parcel.checkpoints) {
    const back = read.checkpoints.find((one) => one.kind === kind);
    if (back === undefined || Buffer.compare(back.bytes, written) !== 0) throw unequal(kind);
  }
  if ((parcel.data === null) !== (read.data === null) || (parcel.data !== null && Buffer.compare(parcel.data.bytes, read.data!.bytes) !== 0)) throw unequal('data');
  const back = decodeCheckpoint((read.checkpoints.find(({ kind }) => kind === 'final') ?? read.checkpoints.find(({ kind }) => kind === 'best') ?? read.checkpoints[0]!).bytes).parameters;
  const text = `Unroll, all ${Object.keys(entries).length} parts read back bit for bit`;
  const [before, after] = [(await exportableOf({ ...source, parameters })).held, (await exportableOf({ ...source, parameters: back })).held];
  if (!before.expected.every((value, i) => Object.is(value, after.expected[i]))) throw unequal('predictions');
  return { bytes, files: {}, proofs: [{ by: text, absolute: 0, relative: 0, windows: before.count }] };
}

/** The weights of the checkpoint are those of the network, all finite, and training can go on from its state. */
async function assertSound(state: TrainingState, model: ModelSpec, parcel: RunParcel, kind: string): Promise<void> {
  for (const set of [state.parameters, ...(state.best === null ? [] : [state.best.parameters])]) {
    checkParameters(model, set);
    for (const [name, { values }] of Object.entries(set)) if (!values.every(Number.isFinite)) throw new Error(`the weights ${name} hold a value that is not a finite number`);
  }
  if (state.position === null) return;
  if (state.generator.length !== 4 || state.generator.every((word) => word === 0)) throw new Error('its generator is not four words');
  if (kind === 'last' && state.epoch > parcel.run.epochsDone) throw new Error(`it has learnt ${state.epoch} epochs, of which ${parcel.run.epochsDone} are told`);
  const { training } = parcel.run.spec;
  const backend = await wasmWith({}).create(model, state.parameters, { loss: { kind: 'mse' }, optimizer: optimizerOf(training), seed: 0 });
  try {
    await backend.setOptimizerState(state.optimizer);
  } finally {
    backend.dispose();
  }
}

/**
 * The run in the bytes of a .unroll file, checked to the last weight.
 * @param file its name, for sentences
 * @throws inputError 'import.damaged', 'import.newer', 'import.foreign' in one sentence that names the file and the part
 */
export async function readUnroll(bytes: Uint8Array, file: string): Promise<{ parcel: RunParcel; sha256: string }> {
  const zip = openZip(bytes, file);
  const { parcel } = decodeUnroll({ name: file, sizes: zip.sizes, read: zip.read, hash: sha256 });
  const model = modelOfParcel(parcel, file);
  const { dataset, data } = parcel;
  const damaged = (entry: string, reason: string) => inputError('import.damaged', `${file} cannot be imported: ${entry}: ${reason}.`, { hint: 'Export the run again, or take another copy of the file.', details: { file, entry, reason } });
  for (const { kind, bytes: checkpoint } of parcel.checkpoints) {
    const path = `checkpoints/${kind}.safetensors`;
    try {
      await assertSound(decodeCheckpoint(checkpoint), model, parcel, kind);
    } catch (error) {
      throw damaged(path, (error as Error).message.replace(/\.$/, ''));
    }
  }
  for (const { epoch, weights } of parcel.text?.samples ?? []) {
    if (weights !== null) named(file, `samples/${epoch}.safetensors`, () => checkParameters(model, decodeCheckpoint(weights).parameters));
  }
  // Of a large table the studio keeps what was read, not the file: its hash is another.
  if (dataset !== null && data !== null && data.kind !== 'table' && sha256(data.bytes) !== dataset.sha256) throw damaged(`data/${data.kind}`, 'it is not the data that the run was trained on');
  return { parcel, sha256: sha256(bytes) };
}

/** The same from a path. @throws inputError 'import.missing', 'import.too-large' too */
export async function readUnrollFile(path: string): Promise<{ parcel: RunParcel; sha256: string; file: string }> {
  const file = basename(path);
  const facts = statSync(path, { throwIfNoEntry: false });
  if (facts?.isFile() !== true) throw inputError('import.missing', `There is no file "${path}".`, { hint: 'Choose a .unroll file.', details: { path } });
  if (facts.size > MAX_FILE) throw inputError('import.too-large', `${file} has more than ${MAX_FILE / 1024 / 1024} MB.`, { hint: 'Export the run without its data.', details: { file } });
  return { ...await readUnroll(new Uint8Array(readFileSync(path)), file), file };
}
