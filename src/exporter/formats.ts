import { probabilitiesOf } from '../engine/index.ts';
import { encodeOnnx, kerasModel, kerasPredict, pytorchModel, pytorchPredict, readme, snippetsOf } from '../formats/export/index.ts';
import type { ModelFormat } from '../formats/export/snippets.ts';
import { decodeSafetensors, encodeSafetensors } from '../formats/safetensors.ts';
import { environmentError } from '../shared/errors.ts';
import type { Exportable } from './exportable.ts';

/** How far the export's own predictions lie from the studio's. */
export interface Proof {
  /** What was run: "ONNX Runtime 1.30.0", "TensorFlow.js 4.22.0"; of code for Python, that its weights were read back. */
  by: string;
  /** Largest difference, as it is and against the largest prediction; null where nothing could be run. */
  absolute: number | null;
  relative: number | null;
  windows: number;
}

/** An export beyond this is no good. */
export const TOLERANCE = 1e-4;

/** Files by their path in the export's folder. */
export type Files = Record<string, Uint8Array | string>;
export interface MadeExport { files: Files; proofs: Proof[] }

function difference(by: string, got: ArrayLike<number>, expected: Float32Array, windows: number): Proof {
  let absolute = got.length === expected.length ? 0 : Infinity;
  let largest = 1e-12;
  for (let i = 0; i < expected.length; i++) {
    largest = Math.max(largest, Math.abs(expected[i]!));
    const d = Math.abs(got[i]! - expected[i]!);
    if (!(d <= absolute)) absolute = d; // NaN counts
  }
  return { by, absolute, relative: absolute / largest, windows };
}

async function onnx({ manifest, model, parameters, held }: Exportable): Promise<MadeExport> {
  const ort = await import('onnxruntime-node');
  const T = manifest.window.sequenceLength;
  const { inputSize: F } = manifest.architecture;
  const O = model.outputSize;
  const files: Files = { 'model.onnx': encodeOnnx(manifest, model, parameters, false), 'model-raw.onnx': encodeOnnx(manifest, model, parameters, true) };
  const run = async (name: string, input: Record<string, InstanceType<typeof ort.Tensor>>): Promise<Float32Array> => {
    const session = await ort.InferenceSession.create(files[name] as Uint8Array, { logSeverityLevel: 3 });
    try {
      return (await session.run(input))['Y']!.data as Float32Array;
    } finally {
      await session.release();
    }
  };
  const by = `ONNX Runtime ${ort.env.versions.node ?? ort.env.versions.common}`;
  const scaled = difference(by, await run('model.onnx', { X: new ort.Tensor('float32', held.x, [held.count, T, F]) }), held.expected, held.count);
  if (held.tokens !== null) {
    const got = await run('model-raw.onnx', { tokens: new ort.Tensor('int64', BigInt64Array.from(held.tokens, BigInt), [held.count, T]) });
    return { files, proofs: [scaled, difference(`${by}, raw`, got, softmaxRows(held.expected, O), held.count)] };
  }
  if (manifest.task === 'classify') {
    const { offset, scale } = manifest.features[0]!;
    const got = await run('model-raw.onnx', { X: new ort.Tensor('float32', held.x.map((value) => value * scale + offset), [held.count, T, F]) });
    return { files, proofs: [scaled, difference(`${by}, raw`, got, softmaxRows(held.expected, O), held.count)] };
  }
  const raw = held.x.map((value, i) => value * manifest.features[i % F]!.scale + manifest.features[i % F]!.offset);
  const targets = manifest.targets.length;
  const expected = held.expected.map((value, i) => value * manifest.targets[i % O % targets]!.scale + manifest.targets[i % O % targets]!.offset);
  return { files, proofs: [scaled, difference(`${by}, raw`, await run('model-raw.onnx', { X: new ort.Tensor('float32', raw, [held.count, T, F]) }), expected, held.count)] };
}

/** Softmax of each row of `width` scores. */
function softmaxRows(scores: Float32Array, width: number): Float32Array {
  const out = new Float32Array(scores.length);
  for (let from = 0; from < scores.length; from += width) out.set(probabilitiesOf(scores.subarray(from, from + width)), from);
  return out;
}

async function tfjs({ manifest, model, parameters, held }: Exportable): Promise<MadeExport> {
  const { buildLayersModel, encodeLayersModel, runLayersModel, TFJS_VERSION } = await import('./tfjs.ts');
  const built = await buildLayersModel(model, parameters, manifest.window.sequenceLength);
  const encoded = await encodeLayersModel(built, `Unroll ${manifest.madeBy}`);
  built.dispose();
  const got = await runLayersModel(encoded, held.x, [held.count, manifest.window.sequenceLength, manifest.architecture.inputSize]);
  return { files: { 'model.json': encoded.modelJson, 'weights.bin': encoded.weights }, proofs: [difference(`TensorFlow.js ${TFJS_VERSION}`, got, held.expected, held.count)] };
}

/** Weights for Python, read back and compared bit for bit; the code beside them is run against PyTorch and Keras by our tests. */
function python({ manifest, parameters, held }: Exportable, code: Record<string, string | null>): MadeExport {
  const weights = encodeSafetensors({ tensors: parameters, metadata: { format: 'pt' } });
  const { tensors } = decodeSafetensors(weights);
  for (const [name, { values }] of Object.entries(parameters)) {
    if (!values.every((value, i) => Object.is(value, tensors[name]?.values[i]))) throw environmentError('export.unequal', `The weights ${name} do not read back as they were written.`, { details: { name } });
  }
  const files: Files = { 'model.safetensors': weights };
  for (const [name, text] of Object.entries(code)) if (text !== null) files[name] = text;
  return { files, proofs: [{ by: `safetensors, read back bit for bit (${manifest.tensors.length} tensors)`, absolute: null, relative: null, windows: held.count }] };
}

/** The studio's own predictions for the held windows, so that anybody can compare: JSON. */
function heldFile({ manifest, held }: Exportable): string {
  return JSON.stringify({ shape: [held.count, manifest.window.sequenceLength, manifest.architecture.inputSize], x: Array.from(held.x), expected: Array.from(held.expected) });
}

/**
 * All files of one export with the proof that it predicts what the studio predicts.
 * @throws environmentError 'export.unequal' when it does not; inputError where a format cannot express the model
 */
export async function makeExport(format: ModelFormat, exportable: Exportable): Promise<MadeExport> {
  const { manifest } = exportable;
  const made = format === 'onnx' ? await onnx(exportable)
    : format === 'tfjs' ? await tfjs(exportable)
      : format === 'pytorch' ? python(exportable, { 'model.py': pytorchModel(manifest), 'predict.py': manifest.task === 'classify' ? null : pytorchPredict(manifest) })
        : python(exportable, { 'model.py': kerasModel(manifest), 'predict.py': manifest.task === 'classify' ? null : kerasPredict(manifest) });
  const bad = made.proofs.find(({ relative }) => relative !== null && !(relative <= TOLERANCE));
  if (bad !== undefined) {
    throw environmentError('export.unequal', `The export predicts otherwise than the studio: the largest difference is ${bad.absolute?.toPrecision(3) ?? '?'} (${bad.relative?.toPrecision(3) ?? '?'} of the largest prediction), more than ${TOLERANCE}.`, {
      hint: 'Nothing was written. Please report it with the run\'s settings.', details: { by: bad.by, absolute: bad.absolute, relative: bad.relative },
    });
  }
  const snippets = Object.fromEntries(snippetsOf(format, manifest).map(({ file, code }) => [file, code]));
  return { ...made, files: { ...made.files, ...snippets, 'manifest.json': `${JSON.stringify(manifest, null, 1)}\n`, 'held-windows.json': heldFile(exportable), 'recipe.json': `${JSON.stringify(manifest.recipe, null, 1)}\n`, 'README.md': readme(format, manifest) } };
}
