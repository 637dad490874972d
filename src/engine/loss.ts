import type { LossSpec } from './backend.ts';

/**
 * Loss of one prediction and its derivative, as torch.nn.functional's mse_loss, l1_loss, huber_loss and cross_entropy
 * with reduction 'sum': the caller divides by the number of elements (of rows, for cross-entropy).
 *
 * @param y output, [O]; @param target [O], or one class number for cross-entropy
 * @param dy receives d loss / d y, [O]
 */
export function lossOf(loss: LossSpec, y: ArrayLike<number>, target: ArrayLike<number>, dy: Float64Array): number {
  if (loss.kind === 'crossEntropy') return crossEntropy(y, target[0]!, dy);
  let sum = 0;
  for (let o = 0; o < dy.length; o++) {
    const e = y[o]! - target[o]!;
    const size = Math.abs(e);
    if (loss.kind === 'mse') {
      sum += e * e;
      dy[o] = 2 * e;
    } else if (loss.kind === 'mae') {
      sum += size;
      dy[o] = Math.sign(e);
    } else if (size <= loss.delta) {
      sum += (e * e) / 2;
      dy[o] = e;
    } else {
      sum += loss.delta * (size - loss.delta / 2);
      dy[o] = loss.delta * Math.sign(e);
    }
  }
  return sum;
}

/** -log softmax(y)[target], with the largest output taken away first so that nothing overflows. */
function crossEntropy(y: ArrayLike<number>, target: number, dy: Float64Array): number {
  let max = -Infinity;
  for (let o = 0; o < dy.length; o++) max = Math.max(max, y[o]!);
  let sum = 0;
  for (let o = 0; o < dy.length; o++) {
    dy[o] = Math.exp(y[o]! - max);
    sum += dy[o]!;
  }
  for (let o = 0; o < dy.length; o++) dy[o]! /= sum;
  dy[target]! -= 1;
  return Math.log(sum) - (y[target]! - max);
}
