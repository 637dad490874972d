import { Worker } from 'node:worker_threads';
import { initialParameters } from '../../src/engine/index.ts';
import { bestSimd, KernelMemory } from '../../src/engine/backends/wasm/kernels.ts';
import { wasmWith } from '../../src/engine/backends/wasm/wasm-backend.ts';
import { choices, wave } from '../workloads.mjs';

const signal = { aborted: false };

const spawn = (order) => { new Worker(new URL('unroll-thread.mjs', import.meta.url), { workerData: order }).unref(); };

/** Windows of the series that the batches are drawn from, in batches. */
const BATCHES = 4;

/**
 * The wasm backend, ready to train.
 * @param {import('../workloads.mjs').Workload} w
 * @param {number} threads that it may use; it takes fewer where they do not pay
 */
export const unroll = (w, threads = 1) => unrollOn(wasmWith({ threads, spawn }), w);

/**
 * A backend, ready to train.
 * @param {import('../../src/engine/backend.ts').BackendFactory} factory
 * @param {import('../workloads.mjs').Workload} w
 * @returns {Promise<{ steps(count: number): Promise<void>, bytes(): number, close(): void }>} bytes: of wasm alone
 */
export async function unrollOn(factory, w) {
  const model = {
    cell: w.cell, inputSize: w.features, hiddenSize: w.hidden, layers: 1, bidirectional: false, dropout: 0, outputSize: w.outputs,
    headSteps: w.everyStep ? 'every' : 'last',
  };
  const backend = await factory.create(model, initialParameters(model, 'pytorch', 1), {
    loss: { kind: w.everyStep ? 'crossEntropy' : 'mse' }, optimizer: { kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0 }, seed: 1,
  });
  const rows = w.time + BATCHES * w.batch;
  await backend.load({
    input: w.everyStep ? { kind: 'tokens', ids: choices(rows, w.features), vocabulary: w.features } : { kind: 'dense', values: wave(rows * w.features), features: w.features },
    targets: w.everyStep ? { kind: 'classes', ids: choices(rows, w.outputs) } : { kind: 'values', values: wave(rows, 2), width: 1 },
    sequenceLength: w.time, horizon: 1,
  });
  const order = Int32Array.from({ length: BATCHES * w.batch }, (_, i) => (i * 7) % (BATCHES * w.batch));
  return {
    async steps(count) {
      for (let done = 0; done < count;) {
        const now = Math.min(BATCHES, count - done);
        await backend.trainEpoch(order.subarray(0, now * w.batch), { batchSize: w.batch, learningRate: 1e-3, clipNorm: null, signal });
        done += now;
      }
    },
    bytes: () => backend.memoryBytes,
    close: () => backend.dispose(),
  };
}

/** GFLOP/s of the matrix kernel alone on matrices that stay in the first-level cache. */
export function kernelRate() {
  const n = 64;
  const memory = new KernelMemory(bestSimd());
  const base = Math.ceil(memory.kernels.heapBase() / 64) * 64;
  memory.ensure(base + 16 * n * n, 'The bench');
  const place = (k) => base + k * 4 * n * n;
  const times = 200;
  let best = 0;
  for (let round = 0; round < 12; round++) {
    const start = performance.now();
    memory.kernels.benchProduct(n, n, n, place(0), place(1), place(2), place(3), times);
    best = Math.max(best, (2 * n ** 3 * times) / (performance.now() - start) / 1e6);
  }
  return best;
}
