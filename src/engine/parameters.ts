import type { ModelSpec } from './backend.ts';
import { EngineError } from './errors.ts';

/**
 * Named tensors in PyTorch's layout: rnn.weight_ih_l0 [G*H, F], rnn.weight_hh_l0 [G*H, H], rnn.bias_ih_l0 [G*H],
 * rnn.bias_hh_l0 [G*H] (suffix _reverse for the backward direction), head.weight [O, H*directions], head.bias [O].
 * Gate order: LSTM i, f, g, o; GRU r, z, n.
 */
export interface Tensor { shape: number[]; values: Float32Array }
export type Parameters = Record<string, Tensor>;

/** Blocks of H rows in a weight. */
export function gatesOf(cell: ModelSpec['cell']): number {
  return cell === 'lstm' ? 4 : cell === 'gru' ? 3 : 1;
}

export function directionsOf(model: ModelSpec): number {
  return model.bidirectional ? 2 : 1;
}

/** Features that go into a layer. */
export function layerInput(model: ModelSpec, layer: number): number {
  return layer === 0 ? model.inputSize : model.hiddenSize * directionsOf(model);
}

/** "l0", "l0_reverse", "l1", ...: the ending of a layer and direction's tensors. */
export function suffixOf(layer: number, direction: number): string {
  return `l${layer}${direction === 1 ? '_reverse' : ''}`;
}

/** Every tensor of a model with its shape, in PyTorch's order. */
export function parameterShapes(model: ModelSpec): { name: string; shape: number[] }[] {
  const rows = gatesOf(model.cell) * model.hiddenSize;
  const shapes: { name: string; shape: number[] }[] = [];
  for (let layer = 0; layer < model.layers; layer++) {
    for (let direction = 0; direction < directionsOf(model); direction++) {
      const suffix = suffixOf(layer, direction);
      shapes.push(
        { name: `rnn.weight_ih_${suffix}`, shape: [rows, layerInput(model, layer)] },
        { name: `rnn.weight_hh_${suffix}`, shape: [rows, model.hiddenSize] },
        { name: `rnn.bias_ih_${suffix}`, shape: [rows] },
        { name: `rnn.bias_hh_${suffix}`, shape: [rows] },
      );
    }
  }
  shapes.push(
    { name: 'head.weight', shape: [model.outputSize, model.hiddenSize * directionsOf(model)] },
    { name: 'head.bias', shape: [model.outputSize] },
  );
  return shapes;
}

/** @throws EngineError 'parameters.mismatch' when a tensor is missing or has another shape than the model needs */
export function checkParameters(model: ModelSpec, parameters: Parameters): void {
  for (const { name, shape } of parameterShapes(model)) {
    const tensor = parameters[name];
    const size = shape.reduce((a, b) => a * b, 1);
    if (tensor === undefined || tensor.values.length !== size || tensor.shape.join() !== shape.join()) {
      throw new EngineError('parameters.mismatch', `${name} must have the shape (${shape.join(', ')})${tensor === undefined ? ' and is missing' : `, not (${tensor.shape.join(', ')})`}.`, { name });
    }
  }
}
