import { expect, it } from 'vitest';
import type { BackendFactory } from '../engine/backend.ts';
import { backends, EngineError } from '../engine/index.ts';
import { conformanceCase } from '../engine/conformance.ts';
import { withEngine } from './open.ts';

const { model, data, options, starts } = conformanceCase({ cell: 'rnn_tanh', batch: 8 });
const job = { model, data, options, order: starts, batchSize: 8, initialization: 'pytorch' as const };
/** Said to be there and fast, and gone when it is wanted. */
const gone: BackendFactory = {
  name: 'webgpu', probe: () => Promise.resolve({ available: true, device: 'GPU', facts: {} }),
  create: () => Promise.reject(new EngineError('backend.deviceLost', 'The GPU was lost.')),
};
const measurements = { get: () => ({ wasm: 5, webgpu: 1 }), set: () => undefined, all: () => ({}) };

it('"auto" trains on the built-in engine when the one that it chose is gone, and says why', async () => {
  const device = await withEngine({ ...backends, webgpu: gone, measurements }, { ...job, choice: 'auto' }, ({ device: found }) => Promise.resolve(found));
  expect(device).toMatchObject({ backend: 'wasm', reason: 'fallback', detail: 'webgpu: The GPU was lost.' });
});

it('an engine that was asked for is not replaced', async () => {
  await expect(withEngine({ ...backends, webgpu: gone, measurements }, { ...job, choice: 'webgpu' }, () => Promise.resolve())).rejects.toMatchObject({ data: { code: 'engine.deviceLost' } });
});
