import type { ModelSpec } from '../../backend.ts';
import { directionsOf, suffixOf } from '../../parameters.ts';
import { affine, stepBackward, stepForward, type CellWeights, type Step } from './cell.ts';

/** Weights or gradients by PyTorch's names, in float64. */
export type Tensors = Record<string, Float64Array>;

/** First state of every layer * direction, [layers * directions][H]; zero where none is given. */
export interface InitialState { h: Float64Array[]; c: Float64Array[] }

/** Multiplies a layer's output [T][H*D] while training: 0 or 1 / (1 - dropout). null: nothing is dropped. */
export type DropoutMask = ((layer: number) => Float64Array[]) | null;

/** All that one window left behind, for the way back. */
export interface Pass {
  /** Steps by layer * direction, in the order of time, [layers * directions][T]. */
  steps: Step[][];
  /** Masks by layer; undefined where none was used. */
  masks: (Float64Array[] | undefined)[];
  /** Output of the last layer, [T][H*D]. */
  output: Float64Array[];
}

function weightsOf(tensors: Tensors, layer: number, direction: number): CellWeights {
  const suffix = suffixOf(layer, direction);
  return {
    Wih: tensors[`rnn.weight_ih_${suffix}`]!, Whh: tensors[`rnn.weight_hh_${suffix}`]!,
    bih: tensors[`rnn.bias_ih_${suffix}`]!, bhh: tensors[`rnn.bias_hh_${suffix}`]!,
  };
}

/** h_t = f(x_t, h_(t-1)) through every layer and direction of one window. @param window [T][F] */
export function forward(model: ModelSpec, tensors: Tensors, window: Float64Array[], initial: InitialState | null = null, dropout: DropoutMask = null): Pass {
  const { hiddenSize: H, layers } = model;
  const D = directionsOf(model);
  const T = window.length;
  const zero = new Float64Array(H);
  const pass: Pass = { steps: [], masks: [], output: window };
  for (let layer = 0; layer < layers; layer++) {
    const input = pass.output; // [T][F of the layer]
    for (let d = 0; d < D; d++) {
      const weights = weightsOf(tensors, layer, d);
      const index = layer * D + d;
      let h = initial?.h[index] ?? zero;
      let c = initial?.c[index] ?? zero;
      const steps = new Array<Step>(T);
      for (let k = 0; k < T; k++) {
        const t = d === 0 ? k : T - 1 - k; // the second direction reads from the end
        const step = stepForward(model.cell, H, weights, input[t]!, h, c);
        steps[t] = step;
        ({ h, c } = step);
      }
      pass.steps.push(steps);
    }
    const mask = dropout !== null && layer < layers - 1 ? dropout(layer) : undefined;
    pass.masks.push(mask);
    pass.output = input.map((_, t) => {
      const joined = new Float64Array(H * D);
      for (let d = 0; d < D; d++) joined.set(pass.steps[layer * D + d]![t]!.h, d * H);
      return mask === undefined ? joined : joined.map((value, i) => value * mask[t]![i]!);
    });
  }
  return pass;
}

/** o_t = g(h_t): the linear head on one step's output. */
export function headForward(tensors: Tensors, output: Float64Array): Float64Array {
  return affine(tensors['head.weight']!, output, tensors['head.bias']!);
}

/**
 * Backpropagation through time of one window; adds to `gradients`.
 *
 * @param dOutput d loss / d output of the last layer, [T][H*D]
 * @returns d loss / d h_t in full (through later steps and layers too) by layer * direction, [T][H], and
 *   d loss / d x_t, [T][F]
 */
export function backward(model: ModelSpec, tensors: Tensors, pass: Pass, dOutput: Float64Array[], gradients: Tensors): { hidden: Float64Array[][]; input: Float64Array[] } {
  const { hiddenSize: H, layers } = model;
  const D = directionsOf(model);
  const T = dOutput.length;
  const hidden = new Array<Float64Array[]>(layers * D);
  let above = dOutput;
  for (let layer = layers - 1; layer >= 0; layer--) {
    const mask = pass.masks[layer];
    if (mask !== undefined) above = above.map((row, t) => row.map((value, i) => value * mask[t]![i]!));
    const width = pass.steps[layer * D]![0]!.x.length;
    const below = Array.from({ length: T }, () => new Float64Array(width));
    for (let d = 0; d < D; d++) {
      const weights = weightsOf(tensors, layer, d);
      const into = weightsOf(gradients, layer, d);
      const steps = pass.steps[layer * D + d]!;
      const full = new Array<Float64Array>(T);
      let dhNext = new Float64Array(H);
      let dc: Float64Array = new Float64Array(H);
      for (let k = T - 1; k >= 0; k--) {
        const t = d === 0 ? k : T - 1 - k;
        const dh = Float64Array.from({ length: H }, (_, j) => above[t]![d * H + j]! + dhNext[j]!);
        full[t] = dh;
        const step = steps[t]!;
        const g = stepBackward(model.cell, H, step, dh, dc);
        addOuter(into.Wih, g.gi, step.x);
        addOuter(into.Whh, g.gh, step.hBefore);
        add(into.bih, g.gi);
        add(into.bhh, g.gh);
        addTransposed(below[t]!, weights.Wih, g.gi);
        dhNext = Float64Array.from(g.hDirect ?? new Float64Array(H));
        addTransposed(dhNext, weights.Whh, g.gh);
        dc = g.c;
      }
      hidden[layer * D + d] = full;
    }
    above = below;
  }
  return { hidden, input: above };
}

/** Head's way back: adds its gradients and returns d loss / d output, [H*D]. */
export function headBackward(tensors: Tensors, output: Float64Array, dy: Float64Array, gradients: Tensors): Float64Array {
  addOuter(gradients['head.weight']!, dy, output);
  add(gradients['head.bias']!, dy);
  const dOutput = new Float64Array(output.length);
  addTransposed(dOutput, tensors['head.weight']!, dy);
  return dOutput;
}

function add(into: Float64Array, from: Float64Array): void {
  for (let i = 0; i < from.length; i++) into[i]! += from[i]!;
}

/** into [rows, columns] += a [rows] b [columns]^T */
function addOuter(into: Float64Array, a: Float64Array, b: Float64Array): void {
  for (let r = 0; r < a.length; r++) for (let c = 0; c < b.length; c++) into[r * b.length + c]! += a[r]! * b[c]!;
}

/** into [columns] += W [rows, columns]^T a [rows] */
function addTransposed(into: Float64Array, W: Float64Array, a: Float64Array): void {
  for (let r = 0; r < a.length; r++) for (let c = 0; c < into.length; c++) into[c]! += W[r * into.length + c]! * a[r]!;
}
