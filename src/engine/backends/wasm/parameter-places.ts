import type { ModelSpec } from '../../backend.ts';
import { directionsOf, gatesOf, layerSuffix, parameterShapes, sizeOf } from '../../parameters.ts';
import { padded } from './arena.ts';

/**
 * The kernels hold weights transposed and padded: weight_ih [parts * width, G * Hp], weight_hh [Hp, G * Hp], biases [G * Hp],
 * head.weight [D * Hp, Op], head.bias [Op], embedding [vocabulary, Fp], with Hp and Op the next multiples of 4. Padding is zero and stays zero.
 */
export interface LayerOffsets { weightIh: number; weightHh: number; biasIh: number; biasHh: number; inputWidth: number; parts: number }

export interface ParameterLayout {
  /** Numbers in all, padding included. */
  floats: number;
  /** By layer * directions + direction, in numbers from the start. */
  layers: LayerOffsets[];
  headWeight: number;
  headBias: number;
  /** null for a model without one. */
  embedding: number | null;
}

/** Numbers of a step of the input: an embedding is padded as hidden states are. */
export function inputWidthOf(model: ModelSpec): number {
  return model.vocabulary === undefined ? model.inputSize : padded(model.inputSize);
}

/** Where each parameter begins. Takes no memory. */
export function parameterLayout(model: ModelSpec): ParameterLayout {
  const Hp = padded(model.hiddenSize);
  const width = gatesOf[model.cell].length * Hp;
  const D = directionsOf(model);
  let floats = 0;
  const take = (count: number): number => (floats += count) - count;
  const layers: LayerOffsets[] = [];
  for (let index = 0; index < model.layers * D; index++) {
    const first = index < D;
    const inputWidth = first ? inputWidthOf(model) : Hp;
    const parts = first ? 1 : D;
    layers.push({
      inputWidth, parts,
      weightIh: take(parts * inputWidth * width), weightHh: take(Hp * width), biasIh: take(width), biasHh: take(width),
    });
  }
  const [headWeight, headBias] = [take(D * Hp * padded(model.outputSize)), take(padded(model.outputSize))];
  const embedding = model.vocabulary === undefined ? null : take(model.vocabulary * inputWidthOf(model));
  return { layers, headWeight, headBias, embedding, floats };
}

export interface ParameterPlace {
  name: string;
  shape: number[];
  /** For every value in PyTorch's order, its place in the kernels' layout. */
  at: Int32Array;
}

/** The place of every value of every parameter. */
export function parameterPlaces(model: ModelSpec, layout: ParameterLayout): ParameterPlace[] {
  const H = model.hiddenSize;
  const Hp = padded(H);
  const Op = padded(model.outputSize);
  const G = gatesOf[model.cell].length;
  const D = directionsOf(model);
  /** Column of row r of a stack of gates, [G * H] -> [G * Hp]. */
  const column = (r: number): number => Math.floor(r / H) * Hp + (r % H);
  /** Row of input column k of a layer above the first, or of the head, [D * H] -> [D * Hp]. */
  const joined = (k: number): number => Math.floor(k / H) * Hp + (k % H);
  const rules = new Map<string, (r: number, k: number) => number>();
  layout.layers.forEach((offsets, index) => {
    const layer = Math.floor(index / D);
    const suffix = layerSuffix(layer, index % D);
    const row = layer === 0 ? (k: number) => k : joined;
    rules.set(`rnn.weight_ih_${suffix}`, (r, k) => offsets.weightIh + row(k) * G * Hp + column(r));
    rules.set(`rnn.weight_hh_${suffix}`, (r, k) => offsets.weightHh + k * G * Hp + column(r));
    rules.set(`rnn.bias_ih_${suffix}`, (r) => offsets.biasIh + column(r));
    rules.set(`rnn.bias_hh_${suffix}`, (r) => offsets.biasHh + column(r));
  });
  rules.set('head.weight', (o, k) => layout.headWeight + joined(k) * Op + o);
  if (layout.embedding !== null) rules.set('embedding.weight', (token, k) => layout.embedding! + token * inputWidthOf(model) + k);
  rules.set('head.bias', (o) => layout.headBias + o);
  return parameterShapes(model).map(({ name, shape }) => {
    const place = rules.get(name)!;
    const columns = shape[1] ?? 1;
    const at = Int32Array.from({ length: sizeOf(shape) }, (_, i) => place(Math.floor(i / columns), i % columns));
    return { name, shape, at };
  });
}

/** Width of the widest input of a layer, in the kernels' layout. */
export function widestInput(model: ModelSpec): number {
  return Math.max(inputWidthOf(model), padded(model.hiddenSize));
}
