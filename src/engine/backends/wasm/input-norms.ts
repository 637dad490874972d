import type { ModelSpec } from '../../backend.ts';
import { directionsOf, gatesOf } from '../../parameters.ts';
import { padded } from './arena.ts';
import type { Net } from './net.ts';

/**
 * After the kernel outputBack: the norm of d output / d x_t over the features, where d output / d x_t is the sum over the first
 * layer's directions of W_ih^T d output / d (W_ih x_t + ...). With an embedding x_t is the token's one-hot vector: the
 * derivative by its row goes through the table.
 *
 * @param floats the kernels' memory
 * @param norms [batch, time], filled
 */
export function inputNorms(floats: Float32Array, net: Net, model: ModelSpec, { batch: B, time: T }: { batch: number; time: number }, norms: Float32Array): void {
  const Hp = padded(model.hiddenSize);
  const G = gatesOf[model.cell].length * Hp;
  // A GRU's candidate has a derivative of its own on the input's side.
  const own = model.cell === 'gru' ? 2 * Hp : G;
  const layers = Array.from({ length: directionsOf(model) }, (_, index) => ({
    gates: net.layer(index, 'gates') / 4, // [T, B, G]
    candidate: net.layer(index, 'dCandidate') / 4, // [T, B, Hp]
    weight: net.layer(index, 'weightIh') / 4, // [F, G]
  }));
  const table = net.layout.embedding === null ? null : net.get('embedding') / 4; // [vocabulary, Fp]
  const width = net.get('features');
  const dx = new Float64Array(model.inputSize);
  for (let t = 0; t < T; t++) {
    for (let b = 0; b < B; b++) {
      for (let f = 0; f < model.inputSize; f++) {
        let d = 0;
        for (const { gates, candidate, weight } of layers) {
          const z = gates + (t * B + b) * G;
          const w = weight + f * G;
          for (let j = 0; j < own; j++) d += floats[z + j]! * floats[w + j]!;
          if (own === G) continue;
          const c = candidate + (t * B + b) * Hp;
          for (let j = 0; j < Hp; j++) d += floats[c + j]! * floats[w + own + j]!;
        }
        dx[f] = d;
      }
      norms[b * T + t] = table === null ? Math.sqrt(dx.reduce((sum, d) => sum + d * d, 0)) : tableNorm(floats, table, model.vocabulary!, width, dx);
    }
  }
}

/** Norm of table [vocabulary, width] times dx. */
function tableNorm(floats: Float32Array, table: number, vocabulary: number, width: number, dx: Float64Array): number {
  let squares = 0;
  for (let v = 0; v < vocabulary; v++) {
    let d = 0;
    for (let f = 0; f < dx.length; f++) d += floats[table + v * width + f]! * dx[f]!;
    squares += d * d;
  }
  return Math.sqrt(squares);
}
