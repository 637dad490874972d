// Dropout between layers by a hash of (seed, step, layer, place): the same as src/engine/dropout.ts, four places at once.
import { Layer, Net } from './fields';
import { layerAt, slotAfter, stepSize } from './net';
import { at, get, mul, put, splat } from './vector';

const GOLDEN: u32 = 0x9e3779b9;

@inline function mix(x: u32): u32 {
  let h = x;
  h = (h ^ (h >> 16)) * 0x85ebca6b;
  h = (h ^ (h >> 13)) * 0xc2b2ae35;
  return h ^ (h >> 16);
}

@inline function mix4(x: v128): v128 {
  let h = x;
  h = i32x4.mul(v128.xor(h, i32x4.shr_u(h, 16)), i32x4.splat(0x85ebca6b));
  h = i32x4.mul(v128.xor(h, i32x4.shr_u(h, 13)), i32x4.splat(0xc2b2ae35));
  return v128.xor(h, i32x4.shr_u(h, 16));
}

/** to [T, B, H] = from [T, B, H] times the mask of the layer's output in this direction. */
function maskValues(n: Net, layer: i32, direction: i32, step: i32, from: usize, to: usize): void {
  const key = mix(mix(<u32>n.seed ^ (<u32>step * GOLDEN)) + <u32>layer);
  const threshold = i32x4.splat(<i32>nearest(n.dropout * 16777216.0));
  const scale = splat(<f32>(1.0 / (1.0 - n.dropout)));
  const lanes = i32x4.mul(i32x4(0, 1, 2, 3), i32x4.splat(GOLDEN));
  for (let t = 0; t < n.time; t++) {
    for (let b = 0; b < n.batch; b++) {
      const row = t * n.wholeBatch + n.batchOffset + b;
      const first = <u32>((row * n.directions + direction) * n.hidden);
      for (let j = 0; j < n.hiddenPadded; j += 4) {
        const places = i32x4.add(i32x4.splat(<i32>(key + (first + <u32>j) * GOLDEN)), lanes);
        const kept = i32x4.ge_s(i32x4.shr_u(mix4(places), 8), threshold);
        put(to, j, mul(get(from, j), v128.and(scale, kept)));
      }
      from = at(from, n.hiddenPadded);
      to = at(to, n.hiddenPadded);
    }
  }
}

/** The layer's output after dropout; step 0: nothing is dropped, only copied. */
export function dropOutput(n: Net, L: Layer, layer: i32, direction: i32, step: i32): void {
  const from = slotAfter(n, L, L.states, 0);
  if (step > 0) maskValues(n, layer, direction, step, from, L.dropped);
  else memory.copy(L.dropped, from, <usize>(n.time * stepSize(n)) << 2);
}

/** d loss / d output before dropout, from that after it, in place. */
export function dropGradient(n: Net, layer: i32, step: i32): void {
  if (step === 0) return;
  for (let direction = 0; direction < n.directions; direction++) {
    const L = layerAt(n, layer, direction);
    maskValues(n, layer, direction, step, L.dOutput, L.dOutput);
  }
}
