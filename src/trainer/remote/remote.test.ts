import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { afterEach, describe, expect, it } from 'vitest';
import type { Backend } from '../../engine/backend.ts';
import { conformanceCase, everyNumber } from '../../engine/conformance.ts';
import { initialParameters, wasmWith } from '../../engine/index.ts';
import type { HostAnswer, HostRequest, Line } from './protocol.ts';
import { remoteFactory } from './remote-backend.ts';
import { serveBackends } from './serve.ts';

const ports: MessagePort[] = [];
afterEach(() => { for (const port of ports.splice(0)) port.close(); });

function lineOf<Out, In>(port: MessagePort): Line<Out, In> {
  ports.push(port);
  return { post: (message) => port.postMessage(message), onMessage: (listener) => port.on('message', listener), onClose: (listener) => port.on('close', listener) };
}

/** The wasm backend behind a line, and the end that can be torn off. */
function remoteWasm() {
  const { port1, port2 } = new MessageChannel();
  serveBackends(lineOf<HostAnswer, HostRequest>(port2), wasmWith({}));
  return { factory: remoteFactory('webgpu', () => Promise.resolve(lineOf<HostRequest, HostAnswer>(port1)), null), host: port2 };
}

const problem = conformanceCase({ cell: 'gru', layers: 2, bidirectional: true, dropout: 0.2, batch: 40, time: 6 });
const epoch = { batchSize: 8, learningRate: 0.01, clipNorm: 0.5 };

async function created(factory = remoteWasm().factory): Promise<Backend> {
  const backend = await factory.create(problem.model, initialParameters(problem.model, 'pytorch', 1), problem.options);
  await backend.load(problem.data);
  return backend;
}

describe('a backend in another process', () => {
  it('gives every number that it gives in this one', async () => {
    const { factory } = remoteWasm();
    expect(await factory.probe()).toEqual(await wasmWith({}).probe());
    expect(await everyNumber(factory, problem)).toEqual(await everyNumber(wasmWith({}), problem));
  });

  it('tells of batches, waits for whoever hears of them, and stops within one', async () => {
    const backend = await created();
    const signal = { aborted: false };
    const seen: number[] = [];
    const result = await backend.trainEpoch(problem.starts, {
      ...epoch, signal,
      onBatch: async (batch, _batches, position) => {
        seen.push(batch);
        expect(position.steps).toBe(batch);
        // Asked for in mid-epoch, as a checkpoint is.
        expect(Object.keys(await backend.parameters()).length).toBeGreaterThan(0);
        signal.aborted = true;
      },
    });
    expect(result.steps).toBe(seen.at(-1));
    expect(result.position.steps).toBe(result.steps);
  });

  it('ends what fails in whoever hears of a batch', async () => {
    const backend = await created();
    await expect(backend.trainEpoch(problem.starts, { ...epoch, signal: { aborted: false }, onBatch: () => Promise.reject(new Error('the disk is full')) })).rejects.toThrow('the disk is full');
  });

  it('passes errors of the engine with their code', async () => {
    const backend = await created();
    await expect(backend.predict(Int32Array.of(1_000_000))).rejects.toMatchObject({ name: 'EngineError', code: 'data.invalid' });
    backend.dispose();
    await expect(backend.parameters()).rejects.toMatchObject({ code: 'backend.disposed' });
  });

  it('says that the device is lost when the process goes, to whoever waits and whoever comes later', async () => {
    const { factory, host } = remoteWasm();
    const backend = await created(factory);
    const waiting = backend.trainEpoch(problem.starts, { ...epoch, signal: { aborted: false }, onBatch: () => { host.close(); } });
    await expect(waiting).rejects.toMatchObject({ code: 'backend.deviceLost' });
    await expect(backend.parameters()).rejects.toMatchObject({ code: 'backend.deviceLost' });
  });

  it('says so when the process hangs', async () => {
    const { port1 } = new MessageChannel();
    const factory = remoteFactory('webgpu', () => Promise.resolve(lineOf<HostRequest, HostAnswer>(port1)), null, 200);
    await expect(factory.probe()).rejects.toMatchObject({ code: 'backend.deviceLost', message: 'The process that works on the GPU does not answer any more.' });
  });

  it('says why there is no line', async () => {
    const factory = remoteFactory('webgpu', () => Promise.resolve({ reason: 'no window' }), null);
    expect(await factory.probe()).toEqual({ available: false, reason: 'no window' });
    await expect(factory.create(problem.model, initialParameters(problem.model, 'pytorch', 1), problem.options)).rejects.toMatchObject({ code: 'backend.unsupported', message: 'no window' });
  });
});
