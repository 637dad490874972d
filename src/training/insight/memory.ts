import type { Backend, CancelSignal } from '../../engine/backend.ts';
import { relativeCurve } from '../../shared/half-life.ts';

/** How strongly a network's prediction hangs on what went in so many steps ago. Index 0 is lag 1, the last row that goes in. */
export interface MemoryCurve {
  /** Mean over windows and outputs of the norm of d prediction / d input, in scaled units, [T]. */
  norms: number[];
  /** The same, divided by its largest value, [T]; zeros where the prediction hangs on nothing. */
  relative: number[];
  /** Steps until the memory has halved; null where it does not within the window. */
  halfLife: number | null;
  windows: number;
}

/** Windows of one call: between two calls a cancel is heard. */
const CHUNK = 128;

/**
 * The memory curve: mean norm of d (prediction of the last step) / d x_{T+1-k} for lag k = 1 .. T, over windows and outputs.
 *
 * @param starts windows of the series that is loaded, at least one
 * @param outputs numbers of the head's outputs, 0 .. O-1; their norms are averaged
 * @returns null when it was cancelled
 */
export async function memoryCurve(
  backend: Backend, starts: Int32Array, sequenceLength: number, outputs: readonly number[], signal: CancelSignal, breathe: () => Promise<void>,
): Promise<MemoryCurve | null> {
  const sums = new Float64Array(sequenceLength);
  for (const output of outputs) {
    for (let from = 0; from < starts.length; from += CHUNK) {
      const part = starts.subarray(from, from + CHUNK);
      const norms = await backend.sensitivity(part, output); // [N, T]
      for (let i = 0; i < norms.length; i++) sums[sequenceLength - 1 - (i % sequenceLength)]! += norms[i]!;
      await breathe();
      if (signal.aborted) return null;
    }
  }
  const norms = Array.from(sums, (sum) => sum / (starts.length * outputs.length));
  return { norms, ...relativeCurve(norms), windows: starts.length };
}
