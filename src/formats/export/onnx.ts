import type { ModelSpec } from '../../engine/backend.ts';
import { directionsOf, gatesOf, layerInputSize, layerSuffix, type Parameters } from '../../engine/parameters.ts';
import type { Manifest } from './manifest.ts';
import { ModelProto } from './onnx-messages.ts';

export const ONNX_OPSET = 17;
export const ONNX_IR = 8;

const [FLOAT, INT64] = [1, 7];
const ATTRIBUTE = { float: 1, int: 2, string: 3, floats: 6, ints: 7, strings: 8 };

/** Blocks of H rows in ONNX's order, as places in PyTorch's: LSTM i, o, f, c of i, f, g, o; GRU z, r, h of r, z, n. */
const blocksOf: Record<ModelSpec['cell'], readonly number[]> = { rnn_tanh: [0], rnn_relu: [0], handwritten: [0], lstm: [0, 3, 1, 2], gru: [1, 0, 2] };
const opOf: Record<ModelSpec['cell'], 'RNN' | 'LSTM' | 'GRU'> = { rnn_tanh: 'RNN', rnn_relu: 'RNN', handwritten: 'RNN', lstm: 'LSTM', gru: 'GRU' };

type Attribute = Record<string, unknown>;
const text = (value: string): Uint8Array => new TextEncoder().encode(value);
const attribute = {
  int: (name: string, i: number): Attribute => ({ name, i, type: ATTRIBUTE.int }),
  ints: (name: string, ints: number[]): Attribute => ({ name, ints, type: ATTRIBUTE.ints }),
  string: (name: string, s: string): Attribute => ({ name, s: text(s), type: ATTRIBUTE.string }),
  strings: (name: string, strings: string[]): Attribute => ({ name, strings: strings.map(text), type: ATTRIBUTE.strings }),
  floats: (name: string, floats: number[]): Attribute => ({ name, floats, type: ATTRIBUTE.floats }),
};

function reordered(values: Float32Array, blocks: readonly number[]): Float32Array {
  const size = values.length / blocks.length;
  const out = new Float32Array(values.length);
  blocks.forEach((from, to) => out.set(values.subarray(from * size, (from + 1) * size), to * size));
  return out;
}

function joined(parts: readonly Float32Array[]): Float32Array {
  const out = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

/** Nodes and constants of one graph, collected in order. */
class Graph {
  readonly node: object[] = [];
  readonly initializer: object[] = [];

  op(opType: string, input: string[], output: string[], attributes: Attribute[] = []): string {
    this.node.push({ opType, name: output[0] === '' ? output.at(-1) : output[0], input, output, attribute: attributes });
    return output[0]!;
  }

  floats(name: string, dims: number[], values: Float32Array): string {
    const rawData = new Uint8Array(values.length * 4);
    const view = new DataView(rawData.buffer);
    values.forEach((value, i) => view.setFloat32(i * 4, value, true));
    this.initializer.push({ name, dims, dataType: FLOAT, rawData });
    return name;
  }

  integers(name: string, values: number[]): string {
    const rawData = new Uint8Array(values.length * 8);
    const view = new DataView(rawData.buffer);
    values.forEach((value, i) => view.setBigInt64(i * 8, BigInt(value), true));
    this.initializer.push({ name, dims: [values.length], dataType: INT64, rawData });
    return name;
  }
}

function recurrentAttributes(model: ModelSpec): Attribute[] {
  const D = directionsOf(model);
  const each = <T>(value: T): T[] => Array.from({ length: D }, () => value);
  const attributes = [attribute.int('hidden_size', model.hiddenSize), attribute.string('direction', D === 2 ? 'bidirectional' : 'forward')];
  if (model.cell === 'gru') attributes.push(attribute.int('linear_before_reset', 1));
  if (model.cell === 'rnn_relu') attributes.push(attribute.strings('activations', each('Relu')));
  // The hand-written cell has no nonlinearity: y = 1 x + 0.
  if (model.cell === 'handwritten') attributes.push(attribute.strings('activations', each('Affine')), attribute.floats('activation_alpha', each(1)), attribute.floats('activation_beta', each(0)));
  return attributes;
}

/** [batch, time, F] -> [time, batch, H * directions] of the last layer. */
function recurrentLayers(graph: Graph, model: ModelSpec, parameters: Parameters, input: string): string {
  const D = directionsOf(model);
  const rows = gatesOf[model.cell].length * model.hiddenSize;
  const blocks = blocksOf[model.cell];
  graph.integers('join', [0, 0, -1]);
  let below = graph.op('Transpose', [input], ['time_major'], [attribute.ints('perm', [1, 0, 2])]);
  for (let layer = 0; layer < model.layers; layer++) {
    const all = (kind: string) => Array.from({ length: D }, (_, direction) => reordered(parameters[`rnn.${kind}_${layerSuffix(layer, direction)}`]!.values, blocks));
    const W = graph.floats(`W${layer}`, [D, rows, layerInputSize(model, layer)], joined(all('weight_ih')));
    const R = graph.floats(`R${layer}`, [D, rows, model.hiddenSize], joined(all('weight_hh')));
    const [bih, bhh] = [all('bias_ih'), all('bias_hh')];
    const B = graph.floats(`B${layer}`, [D, 2 * rows], joined(bih.flatMap((values, direction) => [values, bhh[direction]!])));
    const y = graph.op(opOf[model.cell], [below, W, R, B], [`states${layer}`], recurrentAttributes(model)); // [time, D, batch, H]
    const swapped = graph.op('Transpose', [y], [`swapped${layer}`], [attribute.ints('perm', [0, 2, 1, 3])]);
    below = graph.op('Reshape', [swapped, 'join'], [`layer${layer}`]); // [time, batch, D * H]
  }
  return below;
}

function head(graph: Graph, model: ModelSpec, parameters: Parameters, top: string): string {
  const W = model.hiddenSize * directionsOf(model);
  const O = model.outputSize;
  const { values } = parameters['head.weight']!;
  const transposed = new Float32Array(values.length);
  for (let o = 0; o < O; o++) for (let w = 0; w < W; w++) transposed[w * O + o] = values[o * W + w]!;
  graph.floats('head_weight', [W, O], transposed);
  graph.floats('head_bias', [O], parameters['head.bias']!.values);
  let read: string;
  if (model.headSteps === 'every') {
    read = graph.op('Transpose', [top], ['every_step'], [attribute.ints('perm', [1, 0, 2])]);
  } else {
    const last = graph.op('Slice', [top, graph.integers('from', [-1]), graph.integers('to', [2 ** 31]), graph.integers('axis', [0])], ['last_row']);
    read = graph.op('Squeeze', [last, 'axis'], ['last_step']);
  }
  return graph.op('Add', [graph.op('MatMul', [read, 'head_weight'], ['product']), 'head_bias'], ['scores']);
}

const dimension = (value: number | string) => (typeof value === 'number' ? { dimValue: value } : { dimParam: value });
const valueOf = (name: string, elemType: number, shape: (number | string)[], docString: string) => ({ name, docString, type: { tensorType: { elemType, shape: { dim: shape.map(dimension) } } } });

/**
 * The network as an ONNX file with the standard's own RNN, LSTM or GRU operators; batch and time are free dimensions.
 *
 * @param raw false: X [batch, time, F] scaled in, scaled outputs (or logits) out. true: the data's own numbers in and out; of a text,
 *   token numbers [batch, time] in and probabilities out
 */
export function encodeOnnx(manifest: Manifest, model: ModelSpec, parameters: Parameters, raw: boolean): Uint8Array {
  const graph = new Graph();
  /** Numbers of characters go in as one-hot vectors, probabilities come out. */
  const isText = manifest.task === 'char' || manifest.classes?.kind === 'text';
  const isClasses = manifest.task !== 'forecast';
  const shape: (number | string)[] = model.headSteps === 'every' ? ['batch', 'time', model.outputSize] : ['batch', model.outputSize];
  let x = 'X';
  const width = model.vocabulary ?? model.inputSize;
  let input = valueOf('X', FLOAT, ['batch', 'time', width], raw ? 'Features in their own unit' : 'Scaled features, or one-hot characters');
  if (raw && isText) {
    input = valueOf('tokens', INT64, ['batch', 'time'], 'Numbers of characters, by the vocabulary or the classes of the manifest');
    graph.floats('off_on', [2], Float32Array.of(0, 1));
    x = graph.op('OneHot', ['tokens', graph.integers('vocabulary', [width]), 'off_on'], ['one_hot'], [attribute.int('axis', -1)]);
  } else if (raw) {
    graph.floats('offset', [model.inputSize], Float32Array.from(manifest.features, ({ offset }) => offset));
    graph.floats('scale', [model.inputSize], Float32Array.from(manifest.features, ({ scale }) => scale));
    x = graph.op('Div', [graph.op('Sub', ['X', 'offset'], ['centred']), 'scale'], ['scaled']);
  }
  if (model.vocabulary !== undefined) {
    // One-hot vectors pick their rows of the table.
    graph.floats('embedding', [model.vocabulary, model.inputSize], parameters['embedding.weight']!.values);
    x = graph.op('MatMul', [x, 'embedding'], ['embedded']);
  }
  let output = head(graph, model, parameters, recurrentLayers(graph, model, parameters, x));
  if (raw && isClasses) {
    output = graph.op('Softmax', [output], ['Y'], [attribute.int('axis', -1)]);
  } else if (raw) {
    const { horizon } = manifest.window;
    // The head says [horizon][targets].
    const repeated = (of: 'offset' | 'scale') => Float32Array.from({ length: model.outputSize }, (_, o) => manifest.targets[o % (model.outputSize / horizon)]![of]);
    graph.floats('target_scale', [model.outputSize], repeated('scale'));
    graph.floats('target_offset', [model.outputSize], repeated('offset'));
    output = graph.op('Add', [graph.op('Mul', [output, 'target_scale'], ['spread']), 'target_offset'], ['Y']);
  } else {
    output = graph.op('Identity', [output], ['Y']);
  }
  const message = ModelProto.fromObject({
    irVersion: ONNX_IR, producerName: 'Unroll', producerVersion: manifest.madeBy, modelVersion: 1, docString: `${manifest.run.name}, trained on ${manifest.run.dataset}`,
    opsetImport: [{ domain: '', version: ONNX_OPSET }],
    graph: { name: 'unroll', node: graph.node, initializer: graph.initializer, input: [input], output: [valueOf(output, FLOAT, shape, raw ? (manifest.task === 'classify' ? 'Probability of each class' : isText ? 'Probabilities of the next character' : 'Predictions in the unit of the targets') : 'Outputs of the head')] },
    metadataProps: [{ key: 'unroll.manifest', value: JSON.stringify(manifest) }, { key: 'unroll.raw', value: String(raw) }],
  });
  return ModelProto.encode(message).finish();
}
