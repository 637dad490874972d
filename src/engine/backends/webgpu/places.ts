import type { ModelSpec } from '../../backend.ts';
import { directionsOf, gatesOf, layerInputSize, parameterShapes, sizeOf } from '../../parameters.ts';

/** Where the numbers of one layer and direction stand, in floats: in the parameters, and in the room of a batch. */
export interface LayerPlaces {
  /** K: numbers that the layer reads a step. */
  inputs: number;
  /** Of PyTorch's tensors [G*H, K], [G*H, H], [G*H], [G*H]. */
  weightIh: number; weightHh: number; biasIh: number; biasHh: number;
  /** The same weights transposed, [K, G*H] and [H, G*H]: threads that stand side by side read side by side. */
  turnedIh: number; turnedHh: number;
  /** First states [H] (and cell states) of every window. */
  h0: number; c0: number;
  /**
   * In the room of a batch, in floats for each (time, window): states h [H], gates [G*H], of an LSTM the cell state [H], of a GRU
   * W_hn h + b_hn [H]; derivatives by the gates' sums [G*H], of a GRU's third one by W_hn h [H]; by the input [K]; states after dropout [H].
   */
  out: number; gates: number; cell: number; dGates: number; dFromState: number; dInput: number; dropped: number;
}

/** Where everything of a model stands. */
export interface Places {
  H: number; G: number; D: number; L: number; O: number;
  layers: LayerPlaces[];
  /** Of each parameter its transposed copy, or 2^32 - 1: [P]. */
  turned: Uint32Array;
  headWeight: number; headBias: number;
  /** [vocabulary, F]; null without one. */
  embedding: number | null;
  /** P: numbers that are learnt; with the copies and first states: all. */
  parameters: number; all: number;
  /** Floats of the room for each (time, window). */
  width: number;
}

const NO_COPY = 0xffffffff;

export function placesOf(model: ModelSpec): Places {
  const H = model.hiddenSize;
  const G = gatesOf[model.cell].length;
  const D = directionsOf(model);
  const at: Record<string, number> = {};
  let end = 0;
  for (const { name, shape } of parameterShapes(model)) {
    at[name] = end;
    end += sizeOf(shape);
  }
  const parameters = end;
  const turned = new Uint32Array(parameters).fill(NO_COPY);
  /** Makes room for the transposed copy of a weight [rows, columns]. */
  const turn = (from: number, rows: number, columns: number): number => {
    const to = end;
    for (let r = 0; r < rows; r++) for (let c = 0; c < columns; c++) turned[from + r * columns + c] = to + c * rows + r;
    end += rows * columns;
    return to;
  };
  let width = 0;
  const room = (floats: number): number => {
    const from = width;
    width += floats;
    return from;
  };
  const layers = Array.from({ length: model.layers * D }, (_, index): LayerPlaces => {
    const layer = Math.floor(index / D);
    const suffix = `l${layer}${index % D === 1 ? '_reverse' : ''}`;
    const inputs = layerInputSize(model, layer);
    const weightIh = at[`rnn.weight_ih_${suffix}`]!;
    const weightHh = at[`rnn.weight_hh_${suffix}`]!;
    return {
      inputs, weightIh, weightHh, biasIh: at[`rnn.bias_ih_${suffix}`]!, biasHh: at[`rnn.bias_hh_${suffix}`]!,
      turnedIh: turn(weightIh, G * H, inputs), turnedHh: turn(weightHh, G * H, H), h0: 0, c0: 0,
      out: room(H), gates: room(G * H), cell: G > 1 ? room(H) : 0, dGates: room(G * H), dFromState: G === 3 ? room(H) : 0,
      dInput: layer > 0 || model.vocabulary !== undefined ? room(inputs) : 0,
      dropped: model.dropout > 0 && layer < model.layers - 1 ? room(H) : 0,
    };
  });
  for (const layer of layers) {
    layer.h0 = end;
    layer.c0 = end + H;
    end += 2 * H;
  }
  return { H, G, D, L: model.layers, O: model.outputSize, layers, turned, headWeight: at['head.weight']!, headBias: at['head.bias']!, embedding: at['embedding.weight'] ?? null, parameters, all: end, width };
}

/** Floats of the room of a batch: what each (time, window) takes, then outputs and derivatives [rows, O] and losses [rows] of the head. */
export function roomFloats(places: Places, windows: number, time: number, everyStep: boolean): number {
  return places.width * windows * time + (2 * places.O + 1) * windows * (everyStep ? time : 1);
}
