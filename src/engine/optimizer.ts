import type { OptimizerSpec } from './backend.ts';

/** Numbers of a kind that both float64 and float32 backends hold. */
export type FloatArray = Float64Array | Float32Array;

/** State of one tensor: the running means or the momentum, by PyTorch's names. */
export type TensorState = Record<string, FloatArray>;

/** Names of the state that a tensor needs. */
export function stateNames(spec: OptimizerSpec): string[] {
  switch (spec.kind) {
    case 'sgd': return spec.momentum > 0 ? ['momentum_buffer'] : [];
    case 'rmsprop': return spec.momentum > 0 ? ['square_avg', 'momentum_buffer'] : ['square_avg'];
    case 'adam': case 'adamw': return ['exp_avg', 'exp_avg_sq'];
  }
}

/**
 * One update of one tensor, as torch.optim.SGD, RMSprop, Adam (Kingma and Ba 2015, arXiv:1412.6980) and AdamW
 * (Loshchilov and Hutter 2019, arXiv:1711.05101).
 *
 * @param step from 1
 */
export function update(spec: OptimizerSpec, rate: number, step: number, p: FloatArray, g: FloatArray, state: TensorState): void {
  for (let i = 0; i < p.length; i++) {
    let grad = g[i]!;
    if (spec.kind === 'adamw') p[i]! *= 1 - rate * spec.weightDecay;
    else grad += spec.weightDecay * p[i]!;
    p[i]! -= rate * direction(spec, step, grad, state, i);
  }
}

function direction(spec: OptimizerSpec, step: number, grad: number, state: TensorState, i: number): number {
  switch (spec.kind) {
    case 'sgd': {
      const buffer = state['momentum_buffer'];
      if (buffer === undefined) return grad;
      buffer[i] = step === 1 ? grad : spec.momentum * buffer[i]! + grad;
      return buffer[i]!;
    }
    case 'rmsprop': {
      const square = state['square_avg']!;
      square[i] = spec.alpha * square[i]! + (1 - spec.alpha) * grad * grad;
      const scaled = grad / (Math.sqrt(square[i]!) + spec.epsilon);
      const buffer = state['momentum_buffer'];
      if (buffer === undefined) return scaled;
      buffer[i] = spec.momentum * buffer[i]! + scaled;
      return buffer[i]!;
    }
    case 'adam': case 'adamw': {
      const m = state['exp_avg']!;
      const v = state['exp_avg_sq']!;
      m[i] = spec.beta1 * m[i]! + (1 - spec.beta1) * grad;
      v[i] = spec.beta2 * v[i]! + (1 - spec.beta2) * grad * grad;
      return m[i]! / (1 - spec.beta1 ** step) / (Math.sqrt(v[i]! / (1 - spec.beta2 ** step)) + spec.epsilon);
    }
  }
}
