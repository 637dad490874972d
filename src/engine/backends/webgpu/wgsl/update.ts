import type { OptimizerSpec } from '../../../backend.ts';
import { float, type Subject } from './common.ts';

/** Threads of a workgroup, and parameters of each of them. */
export const UPDATE_THREADS = 256;
const EACH = 4;

export function updateGroups(parameters: number): number { return Math.ceil(parameters / (UPDATE_THREADS * EACH)); }

/** One update of parameter `i` with gradient `given`, as src/engine/optimizer.ts. */
function rule(optimizer: OptimizerSpec, P: number): string {
  const decay = float(optimizer.weightDecay);
  const g = optimizer.kind === 'adamw' ? `p *= 1.0 - step.rate * ${decay}; let g = given;` : `let g = given + ${decay} * p;`;
  if (optimizer.kind === 'sgd') {
    return optimizer.momentum > 0 ? `${g} let v = ${float(optimizer.momentum)} * slots[i] + g; slots[i] = v; p -= step.rate * v;` : `${g} p -= step.rate * g;`;
  }
  if (optimizer.kind === 'rmsprop') {
    const { alpha, epsilon, momentum } = optimizer;
    return `${g} let v = ${float(alpha)} * slots[i] + ${float(1 - alpha)} * g * g; slots[i] = v; let scaled = g / (sqrt(v) + ${float(epsilon)});
      ${momentum > 0 ? `let b = ${float(momentum)} * slots[${P}u + i] + scaled; slots[${P}u + i] = b; p -= step.rate * b;` : 'p -= step.rate * scaled;'}`;
  }
  const { beta1, beta2, epsilon } = optimizer;
  return `${g} let m = ${float(beta1)} * slots[i] + ${float(1 - beta1)} * g; let v = ${float(beta2)} * slots[${P}u + i] + ${float(1 - beta2)} * g * g;
      slots[i] = m; slots[${P}u + i] = v; p -= step.rate * (m / step.correction1) / (sqrt(v / step.correction2) + ${float(epsilon)});`;
}

/**
 * Norm of the whole gradient, mean loss, clipping and the update, with the transposed copies. A step that is not finite is
 * written to the journal and changes nothing, nor does any after it.
 * @param tiles sums of squares behind the gradient
 */
export function updateShader({ places }: Subject, optimizer: OptimizerSpec, tiles: number): string {
  const P = places.parameters;
  return `
var<workgroup> sums: array<vec2f, ${UPDATE_THREADS}>;
fn isFinite(x: f32) -> bool { return (bitcast<u32>(x) & 0x7f800000u) != 0x7f800000u; }
@compute @workgroup_size(${UPDATE_THREADS}) fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  var own = vec2f(0.0);
  for (var k = lane; k < ${tiles}u; k += ${UPDATE_THREADS}u) { own.x += gradient[${P}u + k]; }
  for (var k = lane; k < headRows(); k += ${UPDATE_THREADS}u) { own.y += room[lossAt(k)]; }
  sums[lane] = own;
  workgroupBarrier();
  for (var half = ${UPDATE_THREADS / 2}u; half > 0u; half /= 2u) {
    if (lane < half) { sums[lane] += sums[lane + half]; }
    workgroupBarrier();
  }
  let norm = sqrt(sums[0].x); let loss = sums[0].y * step.perTerm;
  if (journal[0] != 0.0) { return; }
  let good = isFinite(norm) && isFinite(loss);
  if (group.x == 0u && lane == 0u) {
    journal[2u + 2u * step.log] = loss; journal[3u + 2u * step.log] = norm;
    if (!good) { journal[0] = 1.0; }
  }
  if (!good) { return; }
  var scale = 1.0;
  if (step.clip > 0.0) { scale = min(1.0, step.clip / (norm + 1e-6)); }
  for (var k = 0u; k < ${EACH}u; k++) {
    let i = (group.x * ${EACH}u + k) * ${UPDATE_THREADS}u + lane;
    if (i < ${P}u) {
      let given = gradient[i] * scale;
      var p = parameters[i];
      ${rule(optimizer, P)}
      parameters[i] = p;
      let copy = order[i];
      if (copy != 0xffffffffu) { parameters[copy] = p; }
    }
  }
}`;
}
