import type { Linear } from '../linear.ts';

/** The two linear maps of a cell, or their gradients: ih from the input [F], hh from the last hidden state [H]; both give [G * H]. */
export interface CellMaps { ih: Linear; hh: Linear }

/** One step of one sequence, kept for the way back. */
export interface CellStep {
  /** Hidden state after the step, [H]. */
  h: Float64Array;
  /** Cell state after the step, [H]; only of an LSTM. */
  c: Float64Array | null;
  /** Values that a trace shows, by name, [H] each. */
  gates: Record<string, Float64Array>;
  /**
   * @param dh d loss / d h of this step, [H]: all of it, from the outputs and from the next step
   * @param dc d loss / d c of this step from the next step, [H]; null where there is no cell state
   * @returns d loss by the input, and by the hidden and cell state before the step; the maps' are added to `gradient`
   */
  back(gradient: CellMaps, dh: Float64Array, dc: Float64Array | null): { dx: Float64Array; dh: Float64Array; dc: Float64Array | null };
}

export type Cell = (maps: CellMaps, x: Float64Array, h: Float64Array, c: Float64Array | null) => CellStep;

export function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

export function sum(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((value, i) => value + b[i]!);
}
