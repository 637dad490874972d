import { epochStart, type EpochResult, type TrainEpochOptions } from './backend.ts';
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
  const { batchSize, clipNorm, signal, onBatch, from = epochStart } = options;
  if (!Number.isInteger(batchSize) || batchSize < 1) throw new EngineError('data.invalid', `The batch size must be a whole number from 1 on (got ${batchSize}).`, { batchSize });
  const batches = Math.ceil(order.length / batchSize);
  let position = from;
  let told = Date.now();
  while (position.steps < batches && !signal.aborted) {
    const starts = order.subarray(position.steps * batchSize, (position.steps + 1) * batchSize);
    const { loss, gradNorm } = step(starts);
    const lossSum = position.lossSum + loss * starts.length;
    const normSum = position.normSum + gradNorm;
    if (!Number.isFinite(loss) || !Number.isFinite(gradNorm)) {
      const { steps } = position;
      return { loss: lossSum / (steps * batchSize + starts.length), gradNorm: normSum / (steps + 1), steps, position, nonFiniteStep: steps };
    }
    position = { steps: position.steps + 1, lossSum, normSum, clipped: position.clipped + (clipNorm !== null && gradNorm > clipNorm ? 1 : 0) };
    if (onBatch !== undefined && (position.steps === batches || Date.now() - told >= HOST_EVERY)) {
      const waits = onBatch(position.steps, batches, position);
      if (waits !== undefined) await waits;
      told = Date.now();
    }
  }
  const { steps, lossSum, normSum } = position;
  const seen = Math.min(steps * batchSize, order.length);
  return { loss: seen === 0 ? 0 : lossSum / seen, gradNorm: steps === 0 ? 0 : normSum / steps, steps, position, nonFiniteStep: null };
}
