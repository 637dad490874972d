import { bestSimd, KernelMemory } from './kernels.ts';

/** y [N] = W [N, K] x [K] of one weight; `x` is filled in by the caller, `y` stands until the next call. */
export interface VectorProduct { readonly x: Float32Array; readonly y: Float32Array; run(): void }

const up = (n: number, to: number): number => Math.ceil(n / to) * to;

/**
 * Products of weights with one vector after the other, for generating: the matrix kernels of the wasm backend where the
 * runtime has them, plain loops where it has not.
 *
 * @param weights [N, K] each, in one memory
 */
export function vectorProducts(weights: readonly { values: Float32Array; N: number; K: number }[]): VectorProduct[] {
  const simd = bestSimd();
  if (simd === null) return weights.map(plainProduct);
  const memory = new KernelMemory(simd);
  let next = up(memory.kernels.heapBase(), 64);
  const take = (floats: number): number => {
    const place = next;
    next += up(4 * floats, 64);
    return place;
  };
  const places = weights.map(({ N, K }) => ({ N, K, padded: up(N, 8), packed: take(up(N, 8) * K), x: take(K), y: take(up(N, 8)) }));
  // Behind everything that stays: the weight as it comes, padded, only until it is packed.
  const scratch = next;
  memory.ensure(scratch + 4 * Math.max(...places.map(({ padded, K }) => padded * K)), 'The weights');
  weights.forEach(({ values }, i) => {
    const { padded, K, packed } = places[i]!;
    memory.floats.fill(0, scratch / 4, scratch / 4 + padded * K);
    memory.floats.set(values, scratch / 4);
    memory.kernels.packWeight(padded, K, scratch, packed);
  });
  const { kernels, floats } = memory;
  return places.map(({ N, K, padded, packed, x, y }) => ({
    x: floats.subarray(x / 4, x / 4 + K), y: floats.subarray(y / 4, y / 4 + N),
    run: () => kernels.multiplyVector(padded, K, x, packed, y),
  }));
}

function plainProduct({ values, N, K }: { values: Float32Array; N: number; K: number }): VectorProduct {
  const [x, y] = [new Float32Array(K), new Float32Array(N)];
  return {
    x, y,
    run() {
      for (let n = 0; n < N; n++) {
        let sum = 0;
        for (let k = 0; k < K; k++) sum += values[n * K + k]! * x[k]!;
        y[n] = sum;
      }
    },
  };
}
