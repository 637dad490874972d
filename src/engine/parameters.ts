import type { ModelSpec } from './backend.ts';
import { EngineError } from './errors.ts';

/**
 * Named tensors in PyTorch's layout: embedding.weight [vocabulary, F] where the model has one, rnn.weight_ih_l0 [G*H, F], rnn.weight_hh_l0 [G*H, H], rnn.bias_ih_l0 [G*H],
 * rnn.bias_hh_l0 [G*H] (suffix _reverse for the backward direction), head.weight [O, H*directions], head.bias [O].
 * Gate order: LSTM i, f, g, o; GRU r, z, n.
 */
export interface Tensor { shape: number[]; values: Float32Array }
export type Parameters = Record<string, Tensor>;

/** Blocks of H rows in a cell's weights, in PyTorch's order; a plain RNN has one without a name. */
export const gatesOf: Record<ModelSpec['cell'], readonly string[]> = {
  rnn_tanh: ['h'], rnn_relu: ['h'], handwritten: ['h'], lstm: ['i', 'f', 'g', 'o'], gru: ['r', 'z', 'n'],
};

export function directionsOf(model: Pick<ModelSpec, 'bidirectional'>): 1 | 2 {
  return model.bidirectional ? 2 : 1;
}

/** The suffix of the names of one layer and direction: "l0", "l0_reverse", "l1" and so on. */
export function layerSuffix(layer: number, direction: number): string {
  return `l${layer}${direction === 1 ? '_reverse' : ''}`;
}

/** Width of what layer `layer` reads: F, or H * directions of the layer below. */
export function layerInputSize(model: ModelSpec, layer: number): number {
  return layer === 0 ? model.inputSize : model.hiddenSize * directionsOf(model);
}

export interface ParameterShape { name: string; shape: number[] }

/** Names and shapes of every parameter, in the order of PyTorch's `parameters()` of an Embedding (where there is one), an RNN and a Linear. */
export function parameterShapes(model: ModelSpec): ParameterShape[] {
  const { hiddenSize: H, outputSize: O } = model;
  const rows = gatesOf[model.cell].length * H;
  const shapes: ParameterShape[] = model.vocabulary === undefined ? [] : [{ name: 'embedding.weight', shape: [model.vocabulary, model.inputSize] }];
  for (let layer = 0; layer < model.layers; layer++) {
    for (let direction = 0; direction < directionsOf(model); direction++) {
      const suffix = layerSuffix(layer, direction);
      shapes.push(
        { name: `rnn.weight_ih_${suffix}`, shape: [rows, layerInputSize(model, layer)] },
        { name: `rnn.weight_hh_${suffix}`, shape: [rows, H] },
        { name: `rnn.bias_ih_${suffix}`, shape: [rows] },
        { name: `rnn.bias_hh_${suffix}`, shape: [rows] },
      );
    }
  }
  shapes.push({ name: 'head.weight', shape: [O, H * directionsOf(model)] }, { name: 'head.bias', shape: [O] });
  return shapes;
}

export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, n) => product * n, 1);
}

/** How many numbers the model learns. */
export function countParameters(model: ModelSpec): number {
  return parameterShapes(model).reduce((sum, { shape }) => sum + sizeOf(shape), 0);
}

/** @throws EngineError 'parameters.shape' when a tensor is missing, left over or of another shape, with both shapes */
export function checkParameters(model: ModelSpec, parameters: Parameters): void {
  const shapes = parameterShapes(model);
  for (const { name, shape } of shapes) {
    const tensor = parameters[name];
    const expected = `[${shape.join(', ')}]`;
    if (tensor === undefined) {
      throw new EngineError('parameters.shape', `The parameter ${name} ${expected} is missing.`, { name, expected, got: null });
    }
    const got = `[${tensor.shape.join(', ')}]`;
    if (got !== expected || tensor.values.length !== sizeOf(shape)) {
      throw new EngineError('parameters.shape',
        `The parameter ${name} has the shape ${got} with ${tensor.values.length} values, where the model has ${expected}.`, { name, expected, got });
    }
  }
  const known = new Set(shapes.map(({ name }) => name));
  for (const name of Object.keys(parameters)) {
    if (!known.has(name)) throw new EngineError('parameters.shape', `The model has no parameter ${name}.`, { name, expected: null, got: name });
  }
}
