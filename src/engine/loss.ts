import type { LossSpec } from './backend.ts';

/** Loss of one row of outputs, and its derivative. */
export interface RowLoss {
  /** Summed over the outputs of the row. */
  sum: number;
  /** d sum / d output, [O]. */
  gradient: Float64Array;
}

/**
 * How many terms a row of O outputs brings to the mean: O for the regression losses, whose mean is over every number,
 * 1 for cross-entropy, whose mean is over rows (PyTorch's reduction='mean').
 */
export function termsPerRow(loss: LossSpec, outputs: number): number {
  return loss.kind === 'crossEntropy' ? 1 : outputs;
}

/**
 * A regression loss of one row, target [O]. With e = output - target:
 *   mse: e^2 (torch.nn.MSELoss);  mae: |e|, derivative sign(e) with 0 at 0 (torch.nn.L1Loss)
 *   huber: e^2 / 2 where |e| <= delta, else delta * (|e| - delta / 2) (torch.nn.HuberLoss)
 */
export function regressionLoss(loss: Exclude<LossSpec, { kind: 'crossEntropy' }>, output: Float64Array, target: ArrayLike<number>): RowLoss {
  const gradient = new Float64Array(output.length);
  let sum = 0;
  for (let o = 0; o < output.length; o++) {
    const e = output[o]! - target[o]!;
    if (loss.kind === 'mse') {
      sum += e * e;
      gradient[o] = 2 * e;
    } else if (loss.kind === 'mae') {
      sum += Math.abs(e);
      gradient[o] = Math.sign(e);
    } else {
      const inside = Math.abs(e) <= loss.delta;
      sum += inside ? 0.5 * e * e : loss.delta * (Math.abs(e) - 0.5 * loss.delta);
      gradient[o] = inside ? e : loss.delta * Math.sign(e);
    }
  }
  return { sum, gradient };
}

/** Softmax cross-entropy of one row of logits: -log softmax(output)[target] (torch.nn.CrossEntropyLoss). */
export function crossEntropyLoss(output: Float64Array, target: number): RowLoss {
  let max = -Infinity;
  for (const y of output) max = Math.max(max, y);
  let total = 0;
  for (const y of output) total += Math.exp(y - max);
  const gradient = Float64Array.from(output, (y) => Math.exp(y - max) / total);
  gradient[target]! -= 1;
  return { sum: Math.log(total) + max - output[target]!, gradient };
}
