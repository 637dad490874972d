import type { EpochResult, TrainEpochOptions } from './backend.ts';
import { EngineError } from './errors.ts';

/** The longest that the host goes without a call of onBatch, in milliseconds, batches longer than that apart. */
const HOST_EVERY = 8;

export interface StepResult { loss: number; gradNorm: number }

/**
 * The loop over the batches of one epoch, the same for every backend that runs step by step.
 * @param step trains on one batch; it makes no update when the loss or the gradient is not finite
 */
export async function runEpoch(
  order: Int32Array, options: TrainEpochOptions, step: (starts: Int32Array) => StepResult,
): Promise<EpochResult> {
  const { batchSize, signal, onBatch } = options;
  if (!Number.isInteger(batchSize) || batchSize < 1) throw new EngineError('data.invalid', `The batch size must be a whole number from 1 on (got ${batchSize}).`, { batchSize });
  const batches = Math.ceil(order.length / batchSize);
  let seen = 0;
  let lossSum = 0;
  let normSum = 0;
  let steps = 0;
  let nonFiniteStep: number | null = null;
  let told = Date.now();
  while (steps < batches && !signal.aborted) {
    const starts = order.subarray(steps * batchSize, (steps + 1) * batchSize);
    const { loss, gradNorm } = step(starts);
    seen += starts.length;
    lossSum += loss * starts.length;
    normSum += gradNorm;
    if (!Number.isFinite(loss) || !Number.isFinite(gradNorm)) {
      nonFiniteStep = steps;
      break;
    }
    steps++;
    if (onBatch !== undefined && (steps === batches || Date.now() - told >= HOST_EVERY)) {
      const waits = onBatch(steps, batches);
      if (waits !== undefined) await waits;
      told = Date.now();
    }
  }
  const done = nonFiniteStep === null ? steps : steps + 1;
  return { loss: seen === 0 ? 0 : lossSum / seen, gradNorm: done === 0 ? 0 : normSum / done, steps, nonFiniteStep };
}
