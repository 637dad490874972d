import type { ModelSpec } from '../../backend.ts';

/**
 * One step of each recurrent cell, and its derivative, in the words of the equations.
 * Source: PyTorch's documentation of nn.RNN, nn.LSTM and nn.GRU (gate order i f g o and r z n, two biases, the reset
 * gate after the product).
 */

/** Weights of one layer and direction: G gates, H hidden, F inputs of the layer. */
export interface CellWeights {
  /** [G*H, F] */ Wih: Float64Array;
  /** [G*H, H] */ Whh: Float64Array;
  /** [G*H] */ bih: Float64Array;
  /** [G*H] */ bhh: Float64Array;
}

/** What one step leaves behind for the way back. Vectors are [H]. */
export interface Step {
  x: Float64Array;
  hBefore: Float64Array;
  cBefore: Float64Array;
  h: Float64Array;
  c: Float64Array;
  /** Gates after their nonlinearity, [G][H]; the plain cells have one, their h. */
  gates: Float64Array[];
  /** GRU: the candidate's recurrent part before the reset gate, Whn h + bhn, [H]. */
  hn: Float64Array;
}

const sigmoid = (a: number) => 1 / (1 + Math.exp(-a));

/** y = W x + b; W [rows, x.length]. */
export function affine(W: Float64Array, x: Float64Array, b: Float64Array): Float64Array {
  const y = Float64Array.from(b);
  for (let r = 0; r < y.length; r++) {
    let sum = 0;
    for (let c = 0; c < x.length; c++) sum += W[r * x.length + c]! * x[c]!;
    y[r]! += sum;
  }
  return y;
}

export function stepForward(cell: ModelSpec['cell'], H: number, w: CellWeights, x: Float64Array, h: Float64Array, c: Float64Array): Step {
  const gi = affine(w.Wih, x, w.bih); // [G*H]
  const gh = affine(w.Whh, h, w.bhh); // [G*H]
  const gate = (g: number, f: (i: number, j: number) => number) => Float64Array.from({ length: H }, (_, j) => f(g * H + j, j));
  const step: Step = { x, hBefore: h, cBefore: c, h, c, gates: [], hn: h };
  switch (cell) {
    case 'rnn_tanh': step.h = gate(0, (i) => Math.tanh(gi[i]! + gh[i]!)); break;
    case 'rnn_relu': step.h = gate(0, (i) => Math.max(0, gi[i]! + gh[i]!)); break;
    case 'handwritten': step.h = gate(0, (i) => gi[i]! + gh[i]!); break;
    case 'lstm': {
      const I = gate(0, (i) => sigmoid(gi[i]! + gh[i]!));
      const F = gate(1, (i) => sigmoid(gi[i]! + gh[i]!));
      const G = gate(2, (i) => Math.tanh(gi[i]! + gh[i]!));
      const O = gate(3, (i) => sigmoid(gi[i]! + gh[i]!));
      step.c = Float64Array.from(I, (_, j) => F[j]! * c[j]! + I[j]! * G[j]!);
      step.h = Float64Array.from(O, (o, j) => o * Math.tanh(step.c[j]!));
      step.gates = [I, F, G, O];
      break;
    }
    case 'gru': {
      const R = gate(0, (i) => sigmoid(gi[i]! + gh[i]!));
      const Z = gate(1, (i) => sigmoid(gi[i]! + gh[i]!));
      step.hn = gh.slice(2 * H);
      const N = gate(2, (i, j) => Math.tanh(gi[i]! + R[j]! * gh[i]!));
      step.h = Float64Array.from(N, (n, j) => (1 - Z[j]!) * n + Z[j]! * h[j]!);
      step.gates = [R, Z, N];
      break;
    }
  }
  return step;
}

/** Derivatives of one step. `gi` and `gh` are those of W_ih x + b_ih and W_hh h + b_hh, [G*H]; they differ in the GRU only. */
export interface StepGradient { gi: Float64Array; gh: Float64Array; hDirect: Float64Array | null; c: Float64Array }

/**
 * @param dh d loss / d h of this step, [H]; @param dc d loss / d c of this step, [H]
 * @returns also the part of d loss / d h_before that goes past the product (GRU), and d loss / d c_before (LSTM)
 */
export function stepBackward(cell: ModelSpec['cell'], H: number, step: Step, dh: Float64Array, dc: Float64Array): StepGradient {
  switch (cell) {
    case 'rnn_tanh': return plain(dh, (j) => 1 - step.h[j]! ** 2, dc);
    case 'rnn_relu': return plain(dh, (j) => (step.h[j]! > 0 ? 1 : 0), dc);
    case 'handwritten': return plain(dh, () => 1, dc);
    case 'lstm': {
      const [I, F, G, O] = step.gates as [Float64Array, Float64Array, Float64Array, Float64Array];
      const a = new Float64Array(4 * H);
      const cBefore = new Float64Array(H);
      for (let j = 0; j < H; j++) {
        const [i, f, g, o] = [I[j]!, F[j]!, G[j]!, O[j]!];
        const u = Math.tanh(step.c[j]!);
        const e = dc[j]! + dh[j]! * o * (1 - u * u);
        a[j] = e * g * i * (1 - i);
        a[H + j] = e * step.cBefore[j]! * f * (1 - f);
        a[2 * H + j] = e * i * (1 - g * g);
        a[3 * H + j] = dh[j]! * u * o * (1 - o);
        cBefore[j] = e * f;
      }
      return { gi: a, gh: a, hDirect: null, c: cBefore };
    }
    case 'gru': {
      const [R, Z, N] = step.gates as [Float64Array, Float64Array, Float64Array];
      const gi = new Float64Array(3 * H);
      const gh = new Float64Array(3 * H);
      const hDirect = new Float64Array(H);
      for (let j = 0; j < H; j++) {
        const [r, z, n] = [R[j]!, Z[j]!, N[j]!];
        const dn = dh[j]! * (1 - z) * (1 - n * n);
        gi[j] = gh[j] = dn * step.hn[j]! * r * (1 - r);
        gi[H + j] = gh[H + j] = dh[j]! * (step.hBefore[j]! - n) * z * (1 - z);
        gi[2 * H + j] = dn;
        gh[2 * H + j] = dn * r;
        hDirect[j] = dh[j]! * z;
      }
      return { gi, gh, hDirect, c: dc };
    }
  }
}

function plain(dh: Float64Array, slope: (j: number) => number, dc: Float64Array): StepGradient {
  const a = Float64Array.from(dh, (d, j) => d * slope(j));
  return { gi: a, gh: a, hDirect: null, c: dc };
}
