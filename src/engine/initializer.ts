import type { ModelSpec } from './backend.ts';
import { parameterShapes, type Parameters } from './parameters.ts';
import { Rng } from './rng.ts';

/**
 * First weights. 'pytorch': every recurrent tensor uniform in (-1/sqrt(H), 1/sqrt(H)) as in nn.RNN, nn.LSTM and
 * nn.GRU, the head uniform in (-1/sqrt(fan_in), 1/sqrt(fan_in)) as in nn.Linear.
 * 'orthogonal': the same, with each H x H block of weight_hh orthogonal (Saxe et al. 2014, arXiv:1312.6120).
 */
export function initialParameters(model: ModelSpec, kind: 'pytorch' | 'orthogonal', seed: number): Parameters {
  const rng = new Rng(seed);
  const parameters: Parameters = {};
  for (const { name, shape } of parameterShapes(model)) {
    const fanIn = name.startsWith('head.') ? parameterShapes(model).find((p) => p.name === 'head.weight')!.shape[1]! : model.hiddenSize;
    const bound = 1 / Math.sqrt(fanIn);
    const values = new Float32Array(shape.reduce((a, b) => a * b, 1));
    for (let i = 0; i < values.length; i++) values[i] = (2 * rng.uniform() - 1) * bound;
    if (kind === 'orthogonal' && name.startsWith('rnn.weight_hh')) makeOrthogonal(values, model.hiddenSize, rng);
    parameters[name] = { shape, values };
  }
  return parameters;
}

/** Each block of H rows becomes an orthogonal matrix: Gram-Schmidt, twice for accuracy, over normal rows. */
function makeOrthogonal(values: Float32Array, H: number, rng: Rng): void {
  for (let block = 0; block < values.length; block += H * H) {
    const rows: Float64Array[] = [];
    for (let r = 0; r < H; r++) {
      const row = Float64Array.from({ length: H }, () => rng.normal());
      for (let pass = 0; pass < 2; pass++) {
        for (const earlier of rows) {
          const along = dot(row, earlier);
          for (let c = 0; c < H; c++) row[c]! -= along * earlier[c]!;
        }
      }
      const length = Math.sqrt(dot(row, row));
      for (let c = 0; c < H; c++) row[c]! /= length;
      rows.push(row);
      values.set(row, block + r * H);
    }
  }
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
