import { applyLinear, backLinear } from '../linear.ts';
import { sum, type Cell } from './cell.ts';

/** A nonlinearity, and its derivative as a function of its own value. */
interface Nonlinearity { value(z: number): number; slope(h: number): number }

const tanh: Nonlinearity = { value: Math.tanh, slope: (h) => 1 - h * h };
const relu: Nonlinearity = { value: (z) => (z > 0 ? z : 0), slope: (h) => (h > 0 ? 1 : 0) };
const identity: Nonlinearity = { value: (z) => z, slope: () => 1 };

/** h' = f(W_ih x + b_ih + W_hh h + b_hh) (PyTorch docs of nn.RNN; f is the identity for the hand-written cell). */
function plainCell(f: Nonlinearity): Cell {
  return (maps, x, h) => {
    const z = sum(applyLinear(maps.ih, x), applyLinear(maps.hh, h)); // [H]
    const next = z.map(f.value);
    return {
      h: next,
      c: null,
      gates: {},
      back(gradient, dh) {
        const dz = dh.map((d, j) => d * f.slope(next[j]!));
        return { dx: backLinear(maps.ih, gradient.ih, x, dz), dh: backLinear(maps.hh, gradient.hh, h, dz), dc: null };
      },
    };
  };
}

export const rnnTanh = plainCell(tanh);
export const rnnRelu = plainCell(relu);
export const handwritten = plainCell(identity);
