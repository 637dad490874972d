import type { OptimizerSpec } from './backend.ts';

/** Names of the arrays, of the parameters' sizes, that an optimizer remembers (PyTorch's state_dict). */
export function optimizerSlots(spec: OptimizerSpec): string[] {
  switch (spec.kind) {
    case 'sgd': return spec.momentum > 0 ? ['momentum_buffer'] : [];
    case 'rmsprop': return spec.momentum > 0 ? ['square_avg', 'momentum_buffer'] : ['square_avg'];
    case 'adam':
    case 'adamw': return ['exp_avg', 'exp_avg_sq'];
  }
}

/**
 * One update of one parameter in place, as the pseudo-code in PyTorch's docs of torch.optim.SGD, RMSprop, Adam and AdamW.
 * @param slots the arrays named by optimizerSlots, in that order
 * @param step number of this update, from 1
 */
export function updateParameter(
  spec: OptimizerSpec, p: Float64Array, gradient: Float64Array, slots: readonly Float64Array[], step: number, learningRate: number,
): void {
  const decay = spec.weightDecay;
  for (let i = 0; i < p.length; i++) {
    if (spec.kind === 'adamw') p[i]! -= learningRate * decay * p[i]!;
    const g = gradient[i]! + (spec.kind === 'adamw' ? 0 : decay * p[i]!);
    if (spec.kind === 'sgd') {
      const [buffer] = slots;
      if (buffer === undefined) p[i]! -= learningRate * g;
      else p[i]! -= learningRate * (buffer[i] = spec.momentum * buffer[i]! + g);
    } else if (spec.kind === 'rmsprop') {
      const [square, buffer] = slots as [Float64Array, Float64Array | undefined];
      square[i] = spec.alpha * square[i]! + (1 - spec.alpha) * g * g;
      const scaled = g / (Math.sqrt(square[i]!) + spec.epsilon);
      if (buffer === undefined) p[i]! -= learningRate * scaled;
      else p[i]! -= learningRate * (buffer[i] = spec.momentum * buffer[i]! + scaled);
    } else {
      const [m, v] = slots as [Float64Array, Float64Array];
      m[i] = spec.beta1 * m[i]! + (1 - spec.beta1) * g;
      v[i] = spec.beta2 * v[i]! + (1 - spec.beta2) * g * g;
      const mHat = m[i]! / (1 - spec.beta1 ** step);
      const vHat = v[i]! / (1 - spec.beta2 ** step);
      p[i]! -= learningRate * mHat / (Math.sqrt(vHat) + spec.epsilon);
    }
  }
}

/** Factor for every gradient so that their global norm is at most clipNorm (torch.nn.utils.clip_grad_norm_). */
export function clipScale(norm: number, clipNorm: number | null): number {
  return clipNorm === null ? 1 : Math.min(1, clipNorm / (norm + 1e-6));
}

/** A step count as floats that hold it exactly, [low 24 bits, the rest]. */
export function stepToFloats(step: number): Float32Array {
  return Float32Array.of(step % 16777216, Math.floor(step / 16777216));
}

export function stepFromFloats(values: Float32Array): number {
  return (values[0] ?? 0) + (values[1] ?? 0) * 16777216;
}
