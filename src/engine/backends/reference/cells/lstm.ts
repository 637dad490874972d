import { applyLinear, backLinear } from '../linear.ts';
import { sigmoid, sum, type Cell } from './cell.ts';

/**
 * i, f, o = sigmoid, g = tanh of their blocks of W_ih x + b_ih + W_hh h + b_hh;  c' = f c + i g;  h' = o tanh(c')
 * (PyTorch docs of nn.LSTM).
 */
export const lstm: Cell = (maps, x, h, c) => {
  const H = h.length;
  const before = c!;
  const z = sum(applyLinear(maps.ih, x), applyLinear(maps.hh, h)); // [4 * H]
  const i = z.slice(0, H).map(sigmoid);
  const f = z.slice(H, 2 * H).map(sigmoid);
  const g = z.slice(2 * H, 3 * H).map(Math.tanh);
  const o = z.slice(3 * H).map(sigmoid);
  const next = before.map((value, j) => f[j]! * value + i[j]! * g[j]!);
  const squashed = next.map(Math.tanh);
  return {
    h: squashed.map((value, j) => o[j]! * value),
    c: next,
    gates: { i, f, g, o, c: next },
    back(gradient, dh, dcNext) {
      const dz = new Float64Array(4 * H);
      const dcBefore = new Float64Array(H);
      for (let j = 0; j < H; j++) {
        const dc = dcNext![j]! + dh[j]! * o[j]! * (1 - squashed[j]! ** 2);
        dz[j] = dc * g[j]! * i[j]! * (1 - i[j]!);
        dz[H + j] = dc * before[j]! * f[j]! * (1 - f[j]!);
        dz[2 * H + j] = dc * i[j]! * (1 - g[j]! ** 2);
        dz[3 * H + j] = dh[j]! * squashed[j]! * o[j]! * (1 - o[j]!);
        dcBefore[j] = dc * f[j]!;
      }
      return { dx: backLinear(maps.ih, gradient.ih, x, dz), dh: backLinear(maps.hh, gradient.hh, h, dz), dc: dcBefore };
    },
  };
};
