import type { LossSpec } from '../../backend.ts';
import type { Tensor, Tensor2D, Tf } from './runtime.ts';

/**
 * Mean loss of outputs [rows, O] against values [rows, O], or class numbers [rows], with its own gradient: the definitions of
 * ../../loss.ts, over all rows at once.
 */
export function meanLoss(tf: Tf, loss: LossSpec, outputs: Tensor2D, target: Tensor): Tensor {
  const [rows, O] = outputs.shape;
  const run = tf.customGrad((...given: unknown[]) => {
    const [outputs, save] = given as [Tensor2D, (tensors: Tensor[]) => void];
    if (loss.kind === 'crossEntropy') {
      const chosen = tf.oneHot(tf.cast(target, 'int32') as never, O, 1, 0, 'float32');
      const logarithms = tf.logSoftmax(outputs);
      save([tf.div(tf.sub(tf.exp(logarithms), chosen), rows)]);
      return { value: tf.neg(tf.div(tf.sum(tf.mul(chosen, logarithms)), rows)), gradFunc };
    }
    const error = tf.sub(outputs, target);
    const terms = rows * O;
    if (loss.kind === 'mse') {
      save([tf.mul(error, 2 / terms)]);
      return { value: tf.mean(tf.square(error)), gradFunc };
    }
    const size = tf.abs(error);
    if (loss.kind === 'mae') {
      save([tf.div(tf.sign(error), terms)]);
      return { value: tf.mean(size), gradFunc };
    }
    const { delta } = loss;
    save([tf.div(tf.clipByValue(error, -delta, delta), terms)]);
    const inside = tf.mul(tf.square(error), 0.5);
    return { value: tf.mean(tf.where(tf.lessEqual(size, delta), inside, tf.mul(tf.sub(size, delta / 2), delta))), gradFunc };
  });
  const gradFunc = (dy: Tensor, [byOutput]: Tensor[]): Tensor => tf.mul(byOutput!, dy);
  return run(outputs);
}
