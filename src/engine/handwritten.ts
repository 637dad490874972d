import { EngineError } from './errors.ts';
import type { Parameters, Tensor } from './parameters.ts';

/**
 * The hand-written cell of the lesson: concatenate [x, h], one linear layer i2h to the new hidden state, one linear layer
 * i2o to the output. Without a nonlinearity it is nn.RNN with the identity in the place of tanh: i2h.weight is weight_ih and
 * weight_hh side by side, i2h.bias is bias_ih + bias_hh, and i2o is the head.
 */
export interface HandwrittenWeights {
  /** [H, F + H] */
  i2hWeight: Tensor;
  /** [H] */
  i2hBias: Tensor;
  /** [O, H] */
  i2oWeight: Tensor;
  /** [O] */
  i2oBias: Tensor;
}

/**
 * The model `handwritten` of one layer as the lesson's two linear layers.
 * @throws EngineError 'parameters.shape' when the parameters are not those of one layer and direction
 */
export function toHandwritten(parameters: Parameters): HandwrittenWeights {
  const { 'rnn.weight_ih_l0': ih, 'rnn.weight_hh_l0': hh, 'rnn.bias_ih_l0': bih, 'rnn.bias_hh_l0': bhh, 'head.weight': head, 'head.bias': bias } = parameters;
  if (!ih || !hh || !bih || !bhh || !head || !bias || Object.keys(parameters).length !== 6) {
    throw new EngineError('parameters.shape', 'The hand-written cell has one layer and one direction.', { tensors: Object.keys(parameters).length });
  }
  const [H, F] = ih.shape as [number, number];
  const values = new Float32Array(H * (F + H));
  for (let r = 0; r < H; r++) {
    values.set(ih.values.subarray(r * F, (r + 1) * F), r * (F + H));
    values.set(hh.values.subarray(r * H, (r + 1) * H), r * (F + H) + F);
  }
  return {
    i2hWeight: { shape: [H, F + H], values }, i2hBias: { shape: [H], values: bih.values.map((b, j) => b + bhh.values[j]!) },
    i2oWeight: head, i2oBias: bias,
  };
}

/** The lesson's two layers as parameters of the model `handwritten`; the whole bias goes to bias_ih, bias_hh is zero. */
export function fromHandwritten({ i2hWeight, i2hBias, i2oWeight, i2oBias }: HandwrittenWeights): Parameters {
  const [H, width] = i2hWeight.shape as [number, number];
  const F = width - H;
  const columns = (from: number, count: number): Tensor => ({
    shape: [H, count], values: Float32Array.from({ length: H * count }, (_, i) => i2hWeight.values[Math.floor(i / count) * width + from + (i % count)]!),
  });
  return {
    'rnn.weight_ih_l0': columns(0, F), 'rnn.weight_hh_l0': columns(F, H), 'rnn.bias_ih_l0': i2hBias,
    'rnn.bias_hh_l0': { shape: [H], values: new Float32Array(H) }, 'head.weight': i2oWeight, 'head.bias': i2oBias,
  };
}

/**
 * One step as the lesson writes it.
 * @param x [F] @param hidden [H]
 * @returns the new hidden state [H] and the output [O]
 */
export function handwrittenStep(weights: HandwrittenWeights, x: ArrayLike<number>, hidden: ArrayLike<number>): { hidden: Float64Array; output: Float64Array } {
  const combined = [...Array.from(x), ...Array.from(hidden)]; // [F + H]
  const next = linear(weights.i2hWeight, weights.i2hBias, combined);
  return { hidden: next, output: linear(weights.i2oWeight, weights.i2oBias, next) };
}

function linear(weight: Tensor, bias: Tensor, x: ArrayLike<number>): Float64Array {
  return Float64Array.from(bias.values, (b, r) => {
    let sum = b;
    for (let c = 0; c < x.length; c++) sum += weight.values[r * x.length + c]! * x[c]!;
    return sum;
  });
}
