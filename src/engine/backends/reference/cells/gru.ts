import { applyLinear, backLinear } from '../linear.ts';
import { sigmoid, sum, type Cell } from './cell.ts';

/**
 * r, z = sigmoid of their blocks of W_ih x + b_ih + W_hh h + b_hh;  n = tanh(W_in x + b_in + r (W_hn h + b_hn)): the reset
 * gate comes after the product;  h' = (1 - z) n + z h  (PyTorch docs of nn.GRU).
 */
export const gru: Cell = (maps, x, h) => {
  const H = h.length;
  const fromX = applyLinear(maps.ih, x); // [3 * H]
  const fromH = applyLinear(maps.hh, h); // [3 * H]
  const r = sum(fromX.slice(0, H), fromH.slice(0, H)).map(sigmoid);
  const z = sum(fromX.slice(H, 2 * H), fromH.slice(H, 2 * H)).map(sigmoid);
  const hn = fromH.slice(2 * H);
  const n = fromX.slice(2 * H).map((value, j) => Math.tanh(value + r[j]! * hn[j]!));
  return {
    h: h.map((value, j) => (1 - z[j]!) * n[j]! + z[j]! * value),
    c: null,
    gates: { r, z, n },
    back(gradient, dh) {
      const dX = new Float64Array(3 * H);
      const dH = new Float64Array(3 * H);
      const direct = new Float64Array(H);
      for (let j = 0; j < H; j++) {
        const dn = dh[j]! * (1 - z[j]!) * (1 - n[j]! ** 2);
        const dr = dn * hn[j]! * r[j]! * (1 - r[j]!);
        const dz = dh[j]! * (h[j]! - n[j]!) * z[j]! * (1 - z[j]!);
        dX[j] = dH[j] = dr;
        dX[H + j] = dH[H + j] = dz;
        dX[2 * H + j] = dn;
        dH[2 * H + j] = dn * r[j]!;
        direct[j] = dh[j]! * z[j]!;
      }
      return { dx: backLinear(maps.ih, gradient.ih, x, dX), dh: sum(direct, backLinear(maps.hh, gradient.hh, h, dH)), dc: null };
    },
  };
};
