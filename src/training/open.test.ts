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

it.each(['create', 'load'] as const)('"auto" gives what is too large for the GPU at %s to the built-in engine, measured before or not', async (at) => {
  const full = () => Promise.reject(new EngineError('memory.tooLarge', 'It does not fit.'));
  const small: BackendFactory = { ...gone, create: async (...given) => (at === 'create' ? full() : { ...await backends.wasm.create(...given), load: full, dispose: () => undefined }) };
  for (const kept of [measurements, undefined]) {
    const device = await withEngine({ ...backends, webgpu: small, ...(kept === undefined ? {} : { measurements: kept }) }, { ...job, choice: 'auto' }, ({ device: found }) => Promise.resolve(found));
    expect(device.backend).toBe('wasm');
  }
});

it('an engine that was asked for is not replaced', async () => {
  await expect(withEngine({ ...backends, webgpu: gone, measurements }, { ...job, choice: 'webgpu' }, () => Promise.resolve())).rejects.toMatchObject({ data: { code: 'engine.deviceLost' } });
});
