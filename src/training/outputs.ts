import type { Backend } from '../engine/backend.ts';
import type { Prepared } from './prepare.ts';

/** Windows evaluated at once, between two looks at the signal: at most so many, and about this many multiplications. */
const CHUNK = 2048;
const CHUNK_WORK = 1e9;
/** Fewer would leave the kernels half empty. */
const SMALLEST_CHUNK = 32;

/** Windows to evaluate at once; it follows from the model and the data alone, so that the same spec gives the same bits. */
export function chunkOf({ plan, data }: Prepared): number {
  return Math.min(CHUNK, Math.max(SMALLEST_CHUNK, Math.floor(CHUNK_WORK / (plan.parameters * data.sequenceLength))));
}

/**
 * Outputs of the windows' last step in the data's unit.
 *
 * @param pause called between chunks; true: cancelled
 * @returns [N * horizon], or null when cancelled
 */
export async function windowOutputs(backend: Backend, { data, targetScaler, targets }: Prepared, starts: Int32Array, chunk: number, pause: () => Promise<boolean>): Promise<Float64Array | null> {
  const { horizon, sequenceLength } = data;
  // With a target at every step the head speaks at every step, [N, T, horizon]; the forecast is the last one's.
  const width = targets === 'every' ? sequenceLength * horizon : horizon;
  const { offset, scale } = targetScaler;
  const outputs = new Float64Array(starts.length * horizon);
  for (let from = 0; from < starts.length; from += chunk) {
    const part = await backend.predict(starts.subarray(from, from + chunk));
    for (let n = 0; n * width < part.length; n++) {
      for (let h = 0; h < horizon; h++) outputs[(from + n) * horizon + h] = part[(n + 1) * width - horizon + h]! * scale + offset;
    }
    if (await pause()) return null;
  }
  return outputs;
}
