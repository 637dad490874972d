import { expect, it } from 'vitest';
import { conformanceCase, prepared } from '../../conformance.ts';
import { bestSimd, fusesMultiplyAdd } from './kernels.ts';
import { wasmWith, type WasmBackend } from './wasm-backend.ts';

const options = { batchSize: 8, learningRate: 0.001, clipNorm: null, signal: { aborted: false } };

it('holds no more memory after thousands of steps than after one', async () => {
  const problem = conformanceCase({ cell: 'gru', batch: 8, hiddenSize: 12 });
  const backend = await prepared(wasmWith({}), problem) as WasmBackend;
  await backend.trainEpoch(problem.starts, options);
  await backend.evaluate(problem.starts);
  const bytes = backend.memoryBytes;
  for (let step = 0; step < 3000; step++) await backend.trainEpoch(problem.starts, options);
  await backend.evaluate(problem.starts);
  expect(backend.memoryBytes).toBe(bytes);
});

it('holds its parameters when the room for a batch grows, and when another series is loaded', async () => {
  const problem = conformanceCase({ cell: 'lstm', batch: 40, hiddenSize: 12 });
  const backend = await prepared(wasmWith({}), problem) as WasmBackend;
  const before = await backend.predict(problem.starts);
  const parameters = await backend.parameters();
  await backend.run({ shape: [300, 20, 3], values: new Float32Array(300 * 20 * 3) });
  expect(await backend.predict(problem.starts)).toEqual(before);
  await backend.load({ ...problem.data, sequenceLength: 3 });
  await backend.predict(problem.starts);
  await backend.load(problem.data);
  expect(await backend.predict(problem.starts)).toEqual(before);
  expect(await backend.parameters()).toEqual(parameters);
});

it('says which binary it runs and whether it fuses', async () => {
  const probe = await wasmWith({}).probe();
  expect(probe).toMatchObject({ available: true, facts: { simd: bestSimd(), precision: 'float32', threads: 1 } });
  expect(fusesMultiplyAdd('plain')).toBe(false);
});
