import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import * as layers from '@tensorflow/tfjs-layers';
import type { ModelSpec } from '../engine/backend.ts';
import { directionsOf, layerInputSize, layerSuffix, type Parameters } from '../engine/parameters.ts';
import { inputError } from '../shared/errors.ts';

/** Of the library that the export is read back with. */
export const TFJS_VERSION = tf.version_core;

type Symbolic = layers.SymbolicTensor;
type Layer = layers.layers.Layer;

/** A GRU is written out step by step; models longer than this would be files of many thousand layers. */
const MOST_UNROLLED_STEPS = 1024;

/** The plain JavaScript backend: slow, exact, and there everywhere. Its advice to install another one is no news here. */
async function useProcessor(): Promise<void> {
  tf.env().set('IS_TEST', true);
  await tf.setBackend('cpu');
}

/** Rows r0 .. r1 of a matrix [rows, columns], transposed: [columns, r1 - r0], as Dense wants its kernel. */
function kernel({ values }: { values: Float32Array }, columns: number, r0: number, r1: number, sign = 1): tf.Tensor2D {
  const out = new Float32Array(columns * (r1 - r0));
  for (let r = r0; r < r1; r++) for (let c = 0; c < columns; c++) out[c * (r1 - r0) + r - r0] = sign * values[r * columns + c]!;
  return tf.tensor2d(out, [columns, r1 - r0]);
}

function sum(a: Float32Array, b: Float32Array, sign = 1): tf.Tensor1D {
  return tf.tensor1d(a.map((value, i) => sign * (value + b[i]!)));
}

/** The model being built, and the weights that its layers get at the end. */
class Builder {
  readonly #weights: [Layer, tf.Tensor[]][] = [];
  #count = 0;

  with<L extends Layer>(layer: L, weights: tf.Tensor[]): L {
    this.#weights.push([layer, weights]);
    return layer;
  }

  name(kind: string): string { return `${kind}_${++this.#count}`; }

  dense(units: number, weights: tf.Tensor[], activation: 'linear' | 'sigmoid' = 'linear'): Layer {
    return this.with(layers.layers.dense({ units, useBias: weights.length > 1, activation, name: this.name('dense') }), weights);
  }

  /** Picks step t of x [batch, T, width]: a product with a vector that is 1 at t, since LayersModel has no slice. */
  step(transposed: Symbolic, T: number, t: number, width: number): Symbolic {
    const pick = this.dense(1, [tf.tensor2d(Float32Array.from({ length: T }, (_, i) => (i === t ? 1 : 0)), [T, 1])]);
    return layers.layers.reshape({ targetShape: [width], name: this.name('reshape') }).apply(pick.apply(transposed)) as Symbolic;
  }

  finish(): void {
    // What a sequence of one step never uses was never built.
    for (const [layer, weights] of this.#weights) if (layer.built) layer.setWeights(weights);
  }
}

interface CellWeights { ih: { values: Float32Array }; hh: { values: Float32Array }; bih: Float32Array; bhh: Float32Array }

function weightsOf(parameters: Parameters, suffix: string): CellWeights {
  return {
    ih: parameters[`rnn.weight_ih_${suffix}`]!, hh: parameters[`rnn.weight_hh_${suffix}`]!,
    bih: parameters[`rnn.bias_ih_${suffix}`]!.values, bhh: parameters[`rnn.bias_hh_${suffix}`]!.values,
  };
}

/** simpleRNN and lstm of tf.layers have one bias, the sum of both; their gates are in PyTorch's order. */
function builtInWeights({ ih, hh, bih, bhh }: CellWeights, rows: number, width: number, H: number): tf.Tensor[] {
  return [kernel(ih, width, 0, rows), kernel(hh, H, 0, rows), sum(bih, bhh)];
}

function builtIn(builder: Builder, model: ModelSpec, parameters: Parameters, layer: number, x: Symbolic): Symbolic {
  const H = model.hiddenSize;
  const lstm = model.cell === 'lstm';
  const rows = (lstm ? 4 : 1) * H;
  const width = layerInputSize(model, layer);
  const weights = (direction: number) => builtInWeights(weightsOf(parameters, layerSuffix(layer, direction)), rows, width, H);
  const one = lstm
    ? layers.layers.lstm({ units: H, returnSequences: true, activation: 'tanh', recurrentActivation: 'sigmoid', unitForgetBias: false, recurrentInitializer: 'zeros', name: builder.name('lstm') })
    : layers.layers.simpleRNN({ units: H, returnSequences: true, activation: model.cell === 'rnn_relu' ? 'relu' : model.cell === 'handwritten' ? 'linear' : 'tanh', recurrentInitializer: 'zeros', name: builder.name('simple_rnn') });
  if (!model.bidirectional) return builder.with(one, weights(0)).apply(x) as Symbolic;
  const both = layers.layers.bidirectional({ layer: one as layers.RNN, mergeMode: 'concat', name: builder.name('bidirectional') });
  return builder.with(both, [...weights(0), ...weights(1)]).apply(x) as Symbolic;
}

/**
 * tf.layers.gru puts the reset gate before the product, which is another function than nn.GRU, so each step is written out in
 * dense layers: r and z as they are, 1 - z = sigmoid of the negated sum, n = tanh(x part + r * h part). What comes from x is worked
 * out for all steps at once, so that the layers that steps share are called in the order of the recurrence alone: tfjs reads shared
 * layers back wrongly otherwise.
 *
 * @param x [batch, T, I]
 * @returns states by time, [batch, H] each
 */
function gruStates(builder: Builder, model: ModelSpec, parameters: Parameters, layer: number, direction: number, x: Symbolic, T: number): Symbolic[] {
  const H = model.hiddenSize;
  const I = layerInputSize(model, layer);
  const { ih, hh, bih, bhh } = weightsOf(parameters, layerSuffix(layer, direction));
  /** The part of x at every step. */
  const fromX = (dense: Layer): ((t: number) => Symbolic) => {
    const transposed = layers.layers.permute({ dims: [2, 1], name: builder.name('permute') }).apply(dense.apply(x)) as Symbolic;
    return (t) => builder.step(transposed, T, t, H);
  };
  const gate = (g: number, sign: number) => {
    const [r0, r1] = [g * H, (g + 1) * H];
    const ofX = fromX(builder.dense(H, [kernel(ih, I, r0, r1, sign), sum(bih.slice(r0, r1), bhh.slice(r0, r1), sign)]));
    const ofH = builder.dense(H, [kernel(hh, H, r0, r1, sign)]);
    return (t: number, state: Symbolic | null): Symbolic =>
      layers.layers.activation({ activation: 'sigmoid', name: builder.name('sigmoid') }).apply(state === null ? ofX(t) : add(ofX(t), ofH.apply(state) as Symbolic)) as Symbolic;
  };
  const multiply = (a: Symbolic, b: Symbolic) => layers.layers.multiply({ name: builder.name('multiply') }).apply([a, b]) as Symbolic;
  const add = (a: Symbolic, b: Symbolic) => layers.layers.add({ name: builder.name('add') }).apply([a, b]) as Symbolic;
  const [reset, keep, renew] = [gate(0, 1), gate(1, 1), gate(1, -1)];
  const candidateOfX = fromX(builder.dense(H, [kernel(ih, I, 2 * H, 3 * H), tf.tensor1d(bih.slice(2 * H))]));
  const candidateOfH = builder.dense(H, [kernel(hh, H, 2 * H, 3 * H), tf.tensor1d(bhh.slice(2 * H))]);
  // Before the first step h is zero, so W_hn h + b_hn is the bias alone: r times it is a product with a diagonal matrix.
  const firstOfH = builder.dense(H, [tf.diag(tf.tensor1d(bhh.slice(2 * H))) as tf.Tensor2D]);
  const states: Symbolic[] = [];
  let h: Symbolic | null = null;
  for (let k = 0; k < T; k++) {
    const t = direction === 0 ? k : T - 1 - k;
    const r = reset(t, h);
    const n = layers.layers.activation({ activation: 'tanh', name: builder.name('tanh') })
      .apply(add(candidateOfX(t), h === null ? firstOfH.apply(r) as Symbolic : multiply(r, candidateOfH.apply(h) as Symbolic))) as Symbolic;
    const renewed = multiply(renew(t, h), n);
    h = h === null ? renewed : add(renewed, multiply(keep(t, h), h));
    states[t] = h;
  }
  return states;
}

/** Steps [batch, W] each -> [batch, T, W]. */
function stacked(builder: Builder, steps: Symbolic[], W: number): Symbolic {
  const rows = steps.map((step) => layers.layers.reshape({ targetShape: [1, W], name: builder.name('reshape') }).apply(step) as Symbolic);
  return rows.length === 1 ? rows[0]! : layers.layers.concatenate({ axis: 1, name: builder.name('concatenate') }).apply(rows) as Symbolic;
}

/** States of the last layer by time, [batch, H * directions] each. */
function gruLayers(builder: Builder, model: ModelSpec, parameters: Parameters, input: Symbolic, T: number): Symbolic[] {
  const W = model.hiddenSize * directionsOf(model);
  let x = input;
  let steps: Symbolic[] = [];
  for (let layer = 0; layer < model.layers; layer++) {
    if (layer > 0) x = stacked(builder, steps, W);
    const byDirection = Array.from({ length: directionsOf(model) }, (_, direction) => gruStates(builder, model, parameters, layer, direction, x, T));
    steps = Array.from({ length: T }, (_, t) => (byDirection.length === 1 ? byDirection[0]![t]! : layers.layers.concatenate({ name: builder.name('concatenate') }).apply(byDirection.map((states) => states[t]!)) as Symbolic));
  }
  return steps;
}

/**
 * The network as a LayersModel that plain tfjs loads: X [batch, T, F] scaled -> outputs of the head.
 * @throws inputError 'export.tfjs-long' for a GRU over too many steps
 */
export async function buildLayersModel(model: ModelSpec, parameters: Parameters, T: number): Promise<layers.LayersModel> {
  await useProcessor();
  const W = model.hiddenSize * directionsOf(model);
  const builder = new Builder();
  const X = layers.input({ shape: [T, model.vocabulary ?? model.inputSize], name: 'X' });
  const input = model.vocabulary === undefined ? X : builder.dense(model.inputSize, [tf.tensor2d(parameters['embedding.weight']!.values, [model.vocabulary, model.inputSize])]).apply(X) as Symbolic;
  const head = builder.dense(model.outputSize, [kernel(parameters['head.weight']!, W, 0, model.outputSize), tf.tensor1d(parameters['head.bias']!.values)]);
  let output: Symbolic;
  if (model.cell === 'gru') {
    const unrolled = T * model.layers * directionsOf(model);
    if (unrolled > MOST_UNROLLED_STEPS) {
      throw inputError('export.tfjs-long', `TensorFlow.js has no GRU layer like PyTorch's, so it is written out step by step, and ${unrolled} steps (sequence length x layers x directions) are more than the ${MOST_UNROLLED_STEPS} that make a usable file.`, {
        field: 'format', hint: 'Export it as ONNX: onnxruntime-web runs it in a browser too.', details: { steps: unrolled, most: MOST_UNROLLED_STEPS },
      });
    }
    const steps = gruLayers(builder, model, parameters, input, T);
    output = head.apply(model.headSteps === 'last' ? steps[T - 1]! : stacked(builder, steps, W)) as Symbolic;
  } else {
    let x: Symbolic = input;
    for (let layer = 0; layer < model.layers; layer++) x = builtIn(builder, model, parameters, layer, x);
    if (model.headSteps === 'last') x = builder.step(layers.layers.permute({ dims: [2, 1], name: builder.name('permute') }).apply(x) as Symbolic, T, T - 1, W);
    output = head.apply(x) as Symbolic;
  }
  const built = layers.model({ inputs: X, outputs: output, name: 'unroll' });
  builder.finish();
  return built;
}

/** model.json and weights.bin of a LayersModel. */
export async function encodeLayersModel(model: layers.LayersModel, madeBy: string): Promise<{ modelJson: string; weights: Uint8Array }> {
  let files: { modelJson: string; weights: Uint8Array } | null = null;
  await model.save(tf.io.withSaveHandler(async ({ modelTopology, weightSpecs, weightData }) => {
    files = {
      modelJson: JSON.stringify({ format: 'layers-model', generatedBy: madeBy, convertedBy: null, modelTopology, weightsManifest: [{ paths: ['weights.bin'], weights: weightSpecs }] }),
      weights: new Uint8Array(tf.io.CompositeArrayBuffer.join(weightData)),
    };
    return { modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: 'JSON' } };
  }));
  return files!;
}

/** Reads the files back with plain tfjs and predicts: x [N, T, F] flattened. */
export async function runLayersModel({ modelJson, weights }: { modelJson: string; weights: Uint8Array }, x: Float32Array, shape: [number, number, number]): Promise<Float32Array> {
  const { modelTopology, weightsManifest } = JSON.parse(modelJson) as { modelTopology: object; weightsManifest: { weights: tf.io.WeightsManifestEntry[] }[] };
  await useProcessor();
  const model = await layers.loadLayersModel(tf.io.fromMemory({ modelTopology, weightSpecs: weightsManifest.flatMap((group) => group.weights), weightData: weights.slice().buffer }));
  const output = tf.tidy(() => (model.predict(tf.tensor3d(x, shape)) as tf.Tensor).dataSync() as Float32Array);
  model.dispose();
  return output;
}
