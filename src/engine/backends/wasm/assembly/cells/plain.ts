// h = f(z) with f = tanh, relu or the identity, on count float32 (PyTorch docs of nn.RNN).
import { get, mul, put, splat, sub, tanh4 } from '../vector';

export const TANH: i32 = 0;
export const RELU: i32 = 1;
export const IDENTITY: i32 = 2;

/** z [count] -> h [count] */
export function plainForward(cell: i32, count: i32, z: usize, h: usize): void {
  if (cell === TANH) for (let i = 0; i < count; i += 4) put(h, i, tanh4(get(z, i)));
  else if (cell === RELU) for (let i = 0; i < count; i += 4) put(h, i, f32x4.max(get(z, i), splat(0)));
  else memory.copy(h, z, <usize>count << 2);
}

/** dh [count] -> dz [count], from f's value h */
export function plainBackward(cell: i32, count: i32, h: usize, dh: usize, dz: usize): void {
  if (cell === TANH) {
    for (let i = 0; i < count; i += 4) {
      const y = get(h, i);
      put(dz, i, mul(get(dh, i), sub(splat(1), mul(y, y))));
    }
  } else if (cell === RELU) {
    for (let i = 0; i < count; i += 4) put(dz, i, v128.and(get(dh, i), f32x4.gt(get(h, i), splat(0))));
  } else memory.copy(dz, dh, <usize>count << 2);
}
