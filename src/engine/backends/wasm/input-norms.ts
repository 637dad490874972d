import type { ModelSpec } from '../../backend.ts';
import { directionsOf, gatesOf } from '../../parameters.ts';
import { padded } from './arena.ts';
import type { Net } from './net.ts';

/**
 * After the kernel outputBack: the norm of d output / d x_t over the features, where d output / d x_t is the sum over the first
 * layer's directions of W_ih^T d output / d (W_ih x_t + ...).
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
  for (let t = 0; t < T; t++) {
    for (let b = 0; b < B; b++) {
      let squares = 0;
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
        squares += d * d;
      }
      norms[b * T + t] = Math.sqrt(squares);
    }
  }
}
