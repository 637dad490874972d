import type { ModelSpec } from './backend.ts';
import { parameterShapes, sizeOf, type Parameters } from './parameters.ts';
import { Rng } from './rng.ts';

export type Initialization = 'pytorch' | 'orthogonal';

/**
 * First values of every parameter, from a seed.
 * 'pytorch': everything uniform in (-1/sqrt(fan), 1/sqrt(fan)), fan = H for the recurrent part (PyTorch docs of nn.RNN,
 *   nn.LSTM and nn.GRU, "Variables") and fan = H * directions for the head (nn.Linear).
 *   An embedding is drawn from the normal distribution N(0, 1) (nn.Embedding).
 * 'orthogonal': the same, but every H x H block of weight_hh is an orthogonal matrix (Saxe et al., 2014;
 *   torch.nn.init.orthogonal_), which keeps the norm of the state through time.
 */
export function initialParameters(model: ModelSpec, initialization: Initialization, seed: number): Parameters {
  const rng = new Rng(seed);
  const parameters: Parameters = {};
  for (const { name, shape } of parameterShapes(model)) {
    const values = new Float32Array(sizeOf(shape));
    if (name === 'embedding.weight') {
      for (let i = 0; i < values.length; i++) values[i] = rng.normal();
    } else if (initialization === 'orthogonal' && name.startsWith('rnn.weight_hh_')) {
      const H = model.hiddenSize;
      for (let block = 0; block < values.length; block += H * H) values.set(orthogonal(H, rng), block);
    } else {
      const fan = name === 'head.weight' ? shape[1]! : name === 'head.bias' ? parameters['head.weight']!.shape[1]! : model.hiddenSize;
      const bound = 1 / Math.sqrt(fan);
      for (let i = 0; i < values.length; i++) values[i] = (2 * rng.uniform() - 1) * bound;
    }
    parameters[name] = { shape, values };
  }
  return parameters;
}

/** A random orthogonal matrix [n, n]: rows of normal numbers made orthonormal (modified Gram-Schmidt, done twice for exactness). */
function orthogonal(n: number, rng: Rng): Float64Array {
  const q = new Float64Array(n * n);
  for (let i = 0; i < q.length; i++) q[i] = rng.normal();
  for (let row = 0; row < n; row++) {
    const r = q.subarray(row * n, (row + 1) * n);
    for (let pass = 0; pass < 2; pass++) {
      for (let before = 0; before < row; before++) {
        const b = q.subarray(before * n, (before + 1) * n);
        let dot = 0;
        for (let k = 0; k < n; k++) dot += r[k]! * b[k]!;
        for (let k = 0; k < n; k++) r[k]! -= dot * b[k]!;
      }
    }
    let square = 0;
    for (let k = 0; k < n; k++) square += r[k]! * r[k]!;
    const scale = 1 / Math.sqrt(square);
    for (let k = 0; k < n; k++) r[k]! *= scale;
  }
  return q;
}
