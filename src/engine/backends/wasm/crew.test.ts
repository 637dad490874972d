import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { afterEach, describe, expect, it } from 'vitest';
import { conformanceCase, prepared, type CaseChoice } from '../../conformance.ts';
import { bestSimd } from './kernels.ts';
import { operationsOf, shardsOf } from './shards.ts';
import { wasmWith, type WasmBackend } from './wasm-backend.ts';
import type { SpawnWorker } from './worker.ts';

const workers: Worker[] = [];
const spawn: SpawnWorker = (order) => { workers.push(new Worker(new URL('./worker.fixture.mjs', import.meta.url), { workerData: order })); };
afterEach(async () => { await Promise.all(workers.splice(0).map((worker) => worker.terminate())); });

const options = { batchSize: 200, learningRate: 0.01, clipNorm: 1, signal: { aborted: false } };
const choice: CaseChoice = { cell: 'lstm', layers: 2, dropout: 0.2, bidirectional: true, hiddenSize: 24, inputSize: 4, time: 6, batch: 250 };

it('cuts a batch by the model and its size alone', () => {
  const small = conformanceCase({ cell: 'rnn_tanh', batch: 32, time: 6, hiddenSize: 20, inputSize: 1, outputSize: 1 });
  expect(shardsOf(small.model, 1000, small.data, 32)).toBe(1);
  const { model, data } = conformanceCase(choice);
  expect(operationsOf(model, data, 100)).toBeGreaterThan(10e6);
  expect([63, 64, 128, 200, 1000].map((windows) => shardsOf(model, 1000, data, windows))).toEqual([1, 2, 2, 3, 8]);
  expect(shardsOf(model, 2 ** 25, data, 1000)).toBe(2);
});

describe.each((['plain', 'relaxed'] as const).filter((simd) => simd === 'plain' || bestSimd() === 'relaxed'))('threads, %s SIMD', (simd) => {
  it.each([2, 3])('%d give the bits of one', async (threads) => {
    const problem = conformanceCase(choice);
    const alone = await prepared(wasmWith({ simd }), problem);
    const crew = await prepared(wasmWith({ simd, threads, spawn }), problem) as WasmBackend;
    // Until the threads are up, the steps are done alone.
    for (let epoch = 0; epoch < 4 || (crew.stepsTogether === 0 && epoch < 500); epoch++) {
      await sleep(20);
      const expected = await alone.trainEpoch(problem.starts, options);
      expect(await crew.trainEpoch(problem.starts, options)).toEqual(expected);
    }
    expect(await crew.parameters()).toEqual(await alone.parameters());
    expect(await crew.evaluate(problem.starts)).toBe(await alone.evaluate(problem.starts));
    expect(crew.stepsTogether).toBeGreaterThan(0);
    crew.dispose();
    await Promise.all(workers.map((worker) => new Promise((resolve) => { worker.once('exit', resolve); })));
  });
});

it('does small steps alone', async () => {
  const problem = conformanceCase({ cell: 'rnn_tanh', batch: 32 });
  const crew = await prepared(wasmWith({ threads: 2, spawn }), problem) as WasmBackend;
  await sleep(100);
  for (let epoch = 0; epoch < 20; epoch++) await crew.trainEpoch(problem.starts, options);
  expect(crew.stepsTogether).toBe(0);
});
