import type { OptimizerSpec } from '../../backend.ts';
import type { Tensor1D, Tf } from './runtime.ts';

/**
 * One update of all parameters, laid end to end in one tensor, as ../../optimizer.ts defines it.
 * @param slots what the optimizer remembers, in the order of optimizerSlots
 * @returns the new parameters, then the new slots
 */
export function updated(tf: Tf, spec: OptimizerSpec, p: Tensor1D, gradient: Tensor1D, slots: readonly Tensor1D[], step: number, rate: number): Tensor1D[] {
  const decay = spec.weightDecay;
  const blend = (old: Tensor1D, keep: number, added: Tensor1D): Tensor1D => tf.add(tf.mul(old, keep), tf.mul(added, 1 - keep));
  if (spec.kind === 'adamw') p = decay === 0 ? p : tf.mul(p, 1 - rate * decay);
  else if (decay > 0) gradient = tf.add(gradient, tf.mul(p, decay));
  if (spec.kind === 'sgd') {
    const [buffer] = slots;
    if (buffer === undefined) return [tf.sub(p, tf.mul(gradient, rate))];
    const now: Tensor1D = tf.add(tf.mul(buffer, spec.momentum), gradient);
    return [tf.sub(p, tf.mul(now, rate)), now];
  }
  if (spec.kind === 'rmsprop') {
    const [square, buffer] = slots as [Tensor1D, Tensor1D | undefined];
    const mean = blend(square, spec.alpha, tf.square(gradient));
    const scaled: Tensor1D = tf.div(gradient, tf.add(tf.sqrt(mean), spec.epsilon));
    if (buffer === undefined) return [tf.sub(p, tf.mul(scaled, rate)), mean];
    const now: Tensor1D = tf.add(tf.mul(buffer, spec.momentum), scaled);
    return [tf.sub(p, tf.mul(now, rate)), mean, now];
  }
  const [m, v] = slots as [Tensor1D, Tensor1D];
  const mNow = blend(m, spec.beta1, gradient);
  const vNow = blend(v, spec.beta2, tf.square(gradient));
  const mHat = tf.div(mNow, 1 - spec.beta1 ** step);
  const vHat = tf.div(vNow, 1 - spec.beta2 ** step);
  return [tf.sub(p, tf.mul(tf.div(mHat, tf.add(tf.sqrt(vHat), spec.epsilon)), rate)), mNow, vNow];
}
