// r, z = sigmoid;  n = tanh(x part + r (W_hn h + b_hn));  h' = (1 - z) n + z h  (PyTorch docs of nn.GRU).
import { add, at, get, madd, mul, put, sigmoid4, splat, sub, tanh4 } from '../vector';

export const GRU: i32 = 4;

/**
 * gates [B, 3H] holds the x part with every bias but b_hn, fromState [B, 3H] is W_hh h.
 * -> r, z, n in gates; W_hn h + b_hn in candidate [B, H]; h' in hNext [B, H]
 */
export function gruForward(B: i32, H: i32, gates: usize, fromState: usize, biasN: usize, candidate: usize, h: usize, hNext: usize): void {
  for (let b = 0; b < B; b++) {
    for (let j = 0; j < H; j += 4) {
      const r = sigmoid4(add(get(gates, j), get(fromState, j)));
      const z = sigmoid4(add(get(gates, H + j), get(fromState, H + j)));
      const hn = add(get(fromState, 2 * H + j), get(biasN, j));
      const n = tanh4(madd(r, hn, get(gates, 2 * H + j)));
      put(gates, j, r);
      put(gates, H + j, z);
      put(gates, 2 * H + j, n);
      put(candidate, j, hn);
      put(hNext, j, madd(z, sub(get(h, j), n), n));
    }
    gates = at(gates, 3 * H);
    fromState = at(fromState, 3 * H);
    candidate = at(candidate, H);
    h = at(h, H);
    hNext = at(hNext, H);
  }
}

/**
 * gates [B, 3H] -> d loss / d (W_hh h) in their place; d loss / d of the x part of n in dCandidate [B, H].
 * What goes past the products, z dh, is set in (or, with `accumulate`, added to) dhBefore [B, H].
 */
export function gruBackward(B: i32, H: i32, gates: usize, candidate: usize, h: usize, dCandidate: usize, dh: usize, dhBefore: usize, accumulate: bool): void {
  const one = splat(1);
  for (let b = 0; b < B; b++) {
    for (let j = 0; j < H; j += 4) {
      const r = get(gates, j);
      const z = get(gates, H + j);
      const n = get(gates, 2 * H + j);
      const d = get(dh, j);
      const dn = mul(mul(d, sub(one, z)), sub(one, mul(n, n)));
      put(gates, j, mul(mul(mul(dn, get(candidate, j)), r), sub(one, r)));
      put(gates, H + j, mul(mul(mul(d, sub(get(h, j), n)), z), sub(one, z)));
      put(gates, 2 * H + j, mul(dn, r));
      put(dCandidate, j, dn);
      const past = mul(d, z);
      put(dhBefore, j, accumulate ? add(get(dhBefore, j), past) : past);
    }
    gates = at(gates, 3 * H);
    candidate = at(candidate, H);
    h = at(h, H);
    dCandidate = at(dCandidate, H);
    dh = at(dh, H);
    dhBefore = at(dhBefore, H);
  }
}
