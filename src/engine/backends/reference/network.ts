import type { ModelSpec } from '../../backend.ts';
import { directionsOf, gatesOf, layerInputSize, layerSuffix } from '../../parameters.ts';
import { gru } from './cells/gru.ts';
import { lstm } from './cells/lstm.ts';
import type { Cell, CellMaps, CellStep } from './cells/cell.ts';
import { handwritten, rnnRelu, rnnTanh } from './cells/rnn.ts';
import { applyLinear, backLinear, type Linear } from './linear.ts';

const cells: Record<ModelSpec['cell'], Cell> = { rnn_tanh: rnnTanh, rnn_relu: rnnRelu, handwritten, lstm, gru };

/** Every parameter by its name, in float64, or every gradient. */
export type Values = Record<string, Float64Array>;

/** First states of one sequence, by layer * directions + direction, [H] each; c only for an LSTM. */
export interface States { h: Float64Array[]; c: Float64Array[] | null }

/** The factor of output `unit` (of H * directions) of layer `layer` at time t: 1 where nothing is dropped. */
export type Mask = (layer: number, t: number, unit: number) => number;

/** One window, forward. */
export interface Forward {
  /** By layer * directions + direction and time. */
  steps: CellStep[][];
  /** What the head reads: states of the last layer, [time][H * directions]. */
  top: Float64Array[];
  /** Head outputs [steps of the head][O]: the last step only, or every one. */
  outputs: Float64Array[];
}

export function zeroStates(model: ModelSpec): States {
  const zeros = (): Float64Array[] => Array.from({ length: model.layers * directionsOf(model) }, () => new Float64Array(model.hiddenSize));
  return { h: zeros(), c: model.cell === 'lstm' ? zeros() : null };
}

function mapsOf(model: ModelSpec, values: Values, layer: number, direction: number): CellMaps {
  const rows = gatesOf[model.cell].length * model.hiddenSize;
  const suffix = layerSuffix(layer, direction);
  const map = (kind: string, columns: number): Linear =>
    ({ rows, columns, weight: values[`rnn.weight_${kind}_${suffix}`]!, bias: values[`rnn.bias_${kind}_${suffix}`]! });
  return { ih: map('ih', layerInputSize(model, layer)), hh: map('hh', model.hiddenSize) };
}

function headOf(model: ModelSpec, values: Values): Linear {
  return { rows: model.outputSize, columns: model.hiddenSize * directionsOf(model), weight: values['head.weight']!, bias: values['head.bias']! };
}

/** The order in which a direction visits the steps. */
function timesOf(length: number, direction: number): number[] {
  return Array.from({ length }, (_, s) => (direction === 0 ? s : length - 1 - s));
}

/** First step that the head reads. */
function firstHeadStep(model: ModelSpec, length: number): number {
  return model.headSteps === 'last' ? length - 1 : 0;
}

/** Runs one sequence x [time][F] through every layer and the head. */
export function forward(model: ModelSpec, values: Values, x: Float64Array[], states: States, mask: Mask): Forward {
  const D = directionsOf(model);
  const steps: CellStep[][] = [];
  let below = x; // [time][width]
  for (let layer = 0; layer < model.layers; layer++) {
    for (let direction = 0; direction < D; direction++) {
      const maps = mapsOf(model, values, layer, direction);
      const index = layer * D + direction;
      const made: CellStep[] = [];
      let h = states.h[index]!;
      let c = states.c?.[index] ?? null;
      for (const t of timesOf(x.length, direction)) {
        const step = cells[model.cell](maps, below[t]!, h, c);
        made[t] = step;
        ({ h, c } = step);
      }
      steps.push(made);
    }
    below = x.map((_, t) => {
      const parts = steps.slice(layer * D).map((made) => made[t]!.h);
      const joined = Float64Array.from(parts.flatMap((part) => [...part])); // [H * directions]
      return layer === model.layers - 1 ? joined : joined.map((value, unit) => value * mask(layer, t, unit));
    });
  }
  const head = headOf(model, values);
  return { steps, top: below, outputs: below.slice(firstHeadStep(model, x.length)).map((h) => applyLinear(head, h)) };
}

/** What is left after the way back. */
export interface Backward {
  /** d loss / d h_t, total, by layer * directions + direction and time, [H] each. */
  dh: Float64Array[][];
  /** d loss / d the first states, by layer * directions + direction, [H] each. */
  dh0: Float64Array[];
  dc0: (Float64Array | null)[];
  /** d loss / d x, [time][F]. */
  dx: Float64Array[];
}

/**
 * Backpropagation through time of one window; adds d loss by every parameter to `gradient`.
 * @param x the input of `forward`, [time][F]
 * @param dOutputs d loss / d outputs, [steps of the head][O]
 */
export function backward(
  model: ModelSpec, values: Values, x: Float64Array[], run: Forward, dOutputs: Float64Array[], mask: Mask, gradient: Values,
): Backward {
  const D = directionsOf(model);
  const H = model.hiddenSize;
  const T = x.length;
  const head = headOf(model, values);
  const headGradient = headOf(model, gradient);
  const first = firstHeadStep(model, T);
  // d loss / d outputs of the layer at hand, [time][H * directions]
  let dAbove = x.map((_, t) => (t < first ? new Float64Array(D * H) : backLinear(head, headGradient, run.top[t]!, dOutputs[t - first]!)));
  const result: Backward = { dh: [], dh0: [], dc0: [], dx: [] };
  for (let layer = model.layers - 1; layer >= 0; layer--) {
    const dBelow = x.map(() => new Float64Array(layerInputSize(model, layer)));
    for (let direction = 0; direction < D; direction++) {
      const mapGradients = mapsOf(model, gradient, layer, direction);
      const index = layer * D + direction;
      const dhs: Float64Array[] = [];
      let dhNext: Float64Array = new Float64Array(H);
      let dcNext: Float64Array | null = model.cell === 'lstm' ? new Float64Array(H) : null;
      for (const t of timesOf(T, direction).reverse()) {
        const dh = dhNext.map((d, j) => d + dAbove[t]![direction * H + j]!);
        dhs[t] = dh;
        const back = run.steps[index]![t]!.back(mapGradients, dh, dcNext);
        dBelow[t] = dBelow[t]!.map((d, k) => d + back.dx[k]!);
        dhNext = back.dh;
        dcNext = back.dc;
      }
      result.dh[index] = dhs;
      result.dh0[index] = dhNext;
      result.dc0[index] = dcNext;
    }
    if (layer > 0) dAbove = dBelow.map((d, t) => d.map((value, unit) => value * mask(layer - 1, t, unit)));
    else result.dx = dBelow;
  }
  return result;
}
