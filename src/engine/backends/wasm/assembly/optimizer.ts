// Updates of all parameters at once. Equations: src/engine/optimizer.ts; padding has gradient zero and stays zero.
import { Net } from './fields';
import { add, get, lanesSum, madd, mul, put, splat, sub } from './vector';

const SGD: i32 = 0;
const RMSPROP: i32 = 1;
const ADAMW: i32 = 3;

/** Global norm of the gradient; sums of 256 squares in float32, the rest in float64. */
export function gradientNorm(n: Net): f64 {
  let total: f64 = 0;
  for (let i = 0; i < n.parameterFloats;) {
    const end = min(i + 256, n.parameterFloats);
    let sum = splat(0);
    for (; i < end; i += 4) {
      const g = get(n.gradients, i);
      sum = madd(g, g, sum);
    }
    total += <f64>lanesSum(sum);
  }
  return sqrt(total);
}

/** @param scale of the gradient, from clipping; @param step from 1 */
export function update(n: Net, step: f64, learningRate: f64, scale: f32): void {
  if (n.optimizer === SGD) updateSgd(n, <f32>learningRate, scale);
  else if (n.optimizer === RMSPROP) updateRmsprop(n, <f32>learningRate, scale);
  else updateAdam(n, step, learningRate, scale);
}

function updateSgd(n: Net, learningRate: f32, scale: f32): void {
  const rate = splat(learningRate);
  const decay = splat(<f32>n.weightDecay);
  const momentum = splat(<f32>n.momentum);
  const p = n.parameters;
  for (let i = 0; i < n.parameterFloats; i += 4) {
    let g = madd(decay, get(p, i), mul(get(n.gradients, i), splat(scale)));
    if (n.slot1) {
      g = madd(momentum, get(n.slot1, i), g);
      put(n.slot1, i, g);
    }
    put(p, i, sub(get(p, i), mul(rate, g)));
  }
}

function updateRmsprop(n: Net, learningRate: f32, scale: f32): void {
  const rate = splat(learningRate);
  const decay = splat(<f32>n.weightDecay);
  const momentum = splat(<f32>n.momentum);
  const alpha = splat(<f32>n.alpha);
  const rest = splat(<f32>(1.0 - n.alpha));
  const epsilon = splat(<f32>n.epsilon);
  const p = n.parameters;
  for (let i = 0; i < n.parameterFloats; i += 4) {
    const g = madd(decay, get(p, i), mul(get(n.gradients, i), splat(scale)));
    const square = madd(alpha, get(n.slot1, i), mul(rest, mul(g, g)));
    put(n.slot1, i, square);
    let change = f32x4.div(g, add(f32x4.sqrt(square), epsilon));
    if (n.slot2) {
      change = madd(momentum, get(n.slot2, i), change);
      put(n.slot2, i, change);
    }
    put(p, i, sub(get(p, i), mul(rate, change)));
  }
}

function updateAdam(n: Net, step: f64, learningRate: f64, scale: f32): void {
  const decoupled = n.optimizer === ADAMW;
  const correction2 = 1.0 - Math.pow(n.beta2, step);
  const rate = splat(<f32>(learningRate / (1.0 - Math.pow(n.beta1, step))));
  const toHat = splat(<f32>(1.0 / Math.sqrt(correction2)));
  const beta1 = splat(<f32>n.beta1);
  const rest1 = splat(<f32>(1.0 - n.beta1));
  const beta2 = splat(<f32>n.beta2);
  const rest2 = splat(<f32>(1.0 - n.beta2));
  const epsilon = splat(<f32>n.epsilon);
  const decay = splat(decoupled ? 0 : <f32>n.weightDecay);
  const keep = splat(decoupled ? <f32>(1.0 - learningRate * n.weightDecay) : 1);
  const p = n.parameters;
  for (let i = 0; i < n.parameterFloats; i += 4) {
    const before = get(p, i);
    const g = madd(decay, before, mul(get(n.gradients, i), splat(scale)));
    const m = madd(beta1, get(n.slot1, i), mul(rest1, g));
    const v = madd(beta2, get(n.slot2, i), mul(rest2, mul(g, g)));
    put(n.slot1, i, m);
    put(n.slot2, i, v);
    put(p, i, sub(mul(keep, before), f32x4.div(mul(rate, m), madd(f32x4.sqrt(v), toHat, epsilon))));
  }
}
