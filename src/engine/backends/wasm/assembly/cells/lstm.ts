// i, f, o = sigmoid, g = tanh;  c' = f c + i g;  h' = o tanh(c')  (PyTorch docs of nn.LSTM). Blocks of H padded columns.
import { at, get, madd, mul, put, sigmoid4, splat, sub, tanh4 } from '../vector';

export const LSTM: i32 = 3;

/** z [B, 4H] -> the gates in its place, c' [B, H], tanh(c') [B, H] and h' [B, H] */
export function lstmForward(B: i32, H: i32, z: usize, c: usize, cNext: usize, squashed: usize, h: usize): void {
  for (let b = 0; b < B; b++) {
    for (let j = 0; j < H; j += 4) {
      const i = sigmoid4(get(z, j));
      const f = sigmoid4(get(z, H + j));
      const g = tanh4(get(z, 2 * H + j));
      const o = sigmoid4(get(z, 3 * H + j));
      const next = madd(f, get(c, j), mul(i, g));
      const s = tanh4(next);
      put(z, j, i);
      put(z, H + j, f);
      put(z, 2 * H + j, g);
      put(z, 3 * H + j, o);
      put(cNext, j, next);
      put(squashed, j, s);
      put(h, j, mul(o, s));
    }
    z = at(z, 4 * H);
    c = at(c, H);
    cNext = at(cNext, H);
    squashed = at(squashed, H);
    h = at(h, H);
  }
}

/** The gates [B, 4H] -> d loss / d z in their place, from dh [B, H]; dc [B, H] is that of c' and becomes that of c. */
export function lstmBackward(B: i32, H: i32, z: usize, c: usize, squashed: usize, dh: usize, dc: usize): void {
  const one = splat(1);
  for (let b = 0; b < B; b++) {
    for (let j = 0; j < H; j += 4) {
      const i = get(z, j);
      const f = get(z, H + j);
      const g = get(z, 2 * H + j);
      const o = get(z, 3 * H + j);
      const s = get(squashed, j);
      const d = get(dh, j);
      const e = madd(mul(d, o), sub(one, mul(s, s)), get(dc, j));
      put(z, j, mul(mul(mul(e, g), i), sub(one, i)));
      put(z, H + j, mul(mul(mul(e, get(c, j)), f), sub(one, f)));
      put(z, 2 * H + j, mul(mul(e, i), sub(one, mul(g, g))));
      put(z, 3 * H + j, mul(mul(mul(d, s), o), sub(one, o)));
      put(dc, j, mul(e, f));
    }
    z = at(z, 4 * H);
    c = at(c, H);
    squashed = at(squashed, H);
    dh = at(dh, H);
    dc = at(dc, H);
  }
}
