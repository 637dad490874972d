import { describe, expect, it } from 'vitest';
import { bestSimd, KernelMemory } from './kernels.ts';

/** How many times faster than a plain loop the matrix kernel has to be; a loss of code generation shows here. */
const LEAST_RATIO = 8;
const SIZE = 64;

/** C [n, n] = A [n, n] B [n, n] as one writes it without thinking of speed. */
function plainLoop(A: Float32Array, B: Float32Array, C: Float32Array, n: number): void {
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      let sum = 0;
      for (let k = 0; k < n; k++) sum += A[i * n + k]! * B[k * n + j]!;
      C[i * n + j] = sum;
    }
  }
}

function milliseconds(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

describe.each((['plain', 'relaxed'] as const).filter((simd) => simd === 'plain' || bestSimd() === 'relaxed'))('the matrix product, %s SIMD', (simd) => {
  const n = SIZE;
  const memory = new KernelMemory(simd);
  const base = Math.ceil(memory.kernels.heapBase() / 64) * 64;
  memory.ensure(base + 4 * n * n * 4, 'The test');
  const place = (k: number): number => base + k * n * n * 4;
  const view = (k: number): Float32Array => memory.floats.subarray(place(k) / 4, place(k) / 4 + n * n);
  for (let i = 0; i < n * n; i++) {
    view(0)[i] = Math.sin(i);
    view(1)[i] = Math.cos(i);
  }

  it('is right', () => {
    const C = new Float32Array(n * n);
    plainLoop(view(0), view(1), C, n);
    memory.kernels.benchProduct(n, n, n, place(0), place(1), place(2), place(3), 1);
    view(3).forEach((value, i) => expect(value).toBeCloseTo(C[i]!, 4));
  });

  it(`is at least ${LEAST_RATIO} times as fast as a plain loop of the same run`, () => {
    // Copies: a plain loop over the memory of the module would be another thing to measure.
    const [A, B, C] = [view(0).slice(), view(1).slice(), new Float32Array(n * n)];
    const times = 40;
    const ratios: number[] = [];
    for (let round = 0; round < 9; round++) {
      const plain = milliseconds(() => { for (let i = 0; i < times; i++) plainLoop(A, B, C, n); });
      const kernel = milliseconds(() => memory.kernels.benchProduct(n, n, n, place(0), place(1), place(2), place(3), times * 4)) / 4;
      ratios.push(plain / kernel);
    }
    ratios.sort((a, b) => a - b);
    expect(ratios[4], `ratios ${ratios.map((r) => r.toFixed(1)).join(' ')}`).toBeGreaterThan(LEAST_RATIO);
  });
});
