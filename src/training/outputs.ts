import type { Backend } from '../engine/backend.ts';
import { invertPaths, type TargetInverse } from '../shared/inverse.ts';
import { evaluationChunk } from '../shared/preflight.ts';
import type { Prepared } from './prepare.ts';

/** Windows to evaluate at once; it follows from the model and the data alone, so that the same spec gives the same bits. */
export function chunkOf({ plan, data }: Prepared): number {
  return evaluationChunk(plan.parameters, data.sequenceLength);
}

/**
 * Outputs of the windows' last step in the unit of the file: what the recipe did to a target is undone.
 *
 * @param pause called between chunks; true: cancelled
 * @returns [N * horizon * targets], step by step, or null when cancelled
 */
export async function windowOutputs(backend: Backend, { data, targets, headSteps }: Pick<Prepared, 'data' | 'targets' | 'headSteps'>, starts: Int32Array, chunk: number, pause: () => Promise<boolean>): Promise<Float64Array | null> {
  const { horizon, sequenceLength } = data;
  const size = horizon * targets.length;
  // With a target at every step the head speaks at every step, [N, T, horizon, targets]; the forecast is the last one's.
  const width = headSteps === 'every' ? sequenceLength * size : size;
  const outputs = new Float64Array(starts.length * size);
  for (let from = 0; from < starts.length; from += chunk) {
    const part = await backend.predict(starts.subarray(from, from + chunk));
    for (let n = 0; n * width < part.length; n++) {
      for (let o = 0; o < size; o++) {
        const { offset, scale } = targets[o % targets.length]!.scaler;
        outputs[(from + n) * size + o] = part[(n + 1) * width - size + o]! * scale + offset;
      }
    }
    if (await pause()) return null;
  }
  targets.forEach(({ inverse }, k) => {
    if (inverse !== undefined) invertTarget(outputs, inverse, starts, sequenceLength, k, targets.length);
  });
  return outputs;
}

/** Brings one target's outputs, [N * horizon * targets], back to the file's unit, in place. */
function invertTarget(outputs: Float64Array, inverse: TargetInverse, starts: Int32Array, sequenceLength: number, k: number, width: number): void {
  const said = ofTarget(outputs, k, width);
  const paths = invertPaths(inverse, starts.map((start) => start + sequenceLength), said, said.length / Math.max(1, starts.length));
  for (let i = 0; i < paths.length; i++) outputs[i * width + k] = paths[i]!;
}

/** What outputs of several targets, [N * horizon * targets], say of one of them: [N * horizon]. */
export function ofTarget(outputs: Float64Array, target: number, targets: number): Float64Array {
  return targets === 1 ? outputs : Float64Array.from({ length: outputs.length / targets }, (_, i) => outputs[i * targets + target]!);
}
