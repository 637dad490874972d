import { afterAll, describe, expect, it } from 'vitest';
import type { EpochPosition, TrainEpochOptions } from '../../backend.ts';
import { conformanceCase, distance, prepared, type ConformanceCase } from '../../conformance.ts';
import { EngineError } from '../../errors.ts';
import { reference } from '../reference/reference-backend.ts';
import { dawn, watchedDawn } from './dawn.fixture.ts';
import type { GpuDevice } from './gpu.ts';
import { placesOf, roomFloats } from './places.ts';
import { webgpuWith } from './webgpu-backend.ts';

const devices: GpuDevice[] = [];
const webgpu = webgpuWith(() => watchedDawn((device) => devices.push(device)));
const found = await webgpu.probe();
const never = { aborted: false };
const batchSize = 2;
const options: TrainEpochOptions = { batchSize, learningRate: 0.01, clipNorm: 0.5, signal: never };

/** Two layers with dropout between them, and windows for 14 batches, the last of one window. */
const problem = conformanceCase({ cell: 'lstm', layers: 2, dropout: 0.3, batch: 14, hiddenSize: 4, time: 4 });
const order = Int32Array.from({ length: 27 }, (_, i) => (i * 11) % 28);
const batches = 14;

/** Aborted once it was asked `times` times. */
const abortedAfter = (times: number) => {
  let asked = 0;
  return { get aborted() { return ++asked > times; } };
};

/** What the promise is rejected with. */
const errorOf = (work: Promise<unknown>): Promise<unknown> => work.then(() => null, (error: unknown) => error);

describe.skipIf(!found.available)(`the webgpu backend${found.available ? '' : ` (skipped: ${found.reason})`}`, { timeout: 60_000 }, () => {
  afterAll(() => { for (const device of devices) device.destroy(); });

  it('says what it runs on', () => {
    expect(found).toMatchObject({ available: true, device: expect.stringMatching(/WebGPU$/) as string, facts: { precision: 'float32' } });
  });

  it('says so where there is no GPU, and why where WebGPU fails', async () => {
    expect(await webgpuWith(() => Promise.resolve(null)).probe()).toMatchObject({ available: false, reason: expect.stringContaining('no GPU') as string });
    expect(await webgpuWith(() => Promise.reject(new Error('no driver'))).probe()).toEqual({ available: false, reason: 'WebGPU could not be started: no driver' });
  });

  it('stops in mid-epoch at an exact position, and goes on to the same bits', async () => {
    const whole = await prepared(webgpu, problem);
    const expected = await whole.trainEpoch(order, options);
    expect(expected).toMatchObject({ steps: batches, nonFiniteStep: null });

    const stopped = await prepared(webgpu, problem);
    const first = await stopped.trainEpoch(order, { ...options, signal: abortedAfter(1) });
    expect(first.steps).toBeGreaterThan(0);
    expect(first.steps).toBeLessThan(batches);
    expect(first.position.steps).toBe(first.steps);
    // Exactly the steps that it tells of were done.
    const asFar = await prepared(webgpu, problem);
    await asFar.trainEpoch(order.subarray(0, first.steps * batchSize), options);
    expect(await stopped.parameters()).toEqual(await asFar.parameters());
    expect(await stopped.optimizerState()).toEqual(await asFar.optimizerState());

    // In the same backend, and in another one from its parameters and optimizer state.
    const resumed = await prepared(webgpu, problem);
    await resumed.setParameters(await stopped.parameters());
    await resumed.setOptimizerState(await stopped.optimizerState());
    for (const backend of [stopped, resumed]) {
      expect(await backend.trainEpoch(order, { ...options, from: first.position })).toEqual(expected);
      expect(await backend.parameters()).toEqual(await whole.parameters());
      expect(await backend.optimizerState()).toEqual(await whole.optimizerState());
      backend.dispose();
    }
    for (const backend of [whole, asFar]) backend.dispose();
  });

  it('tells how far it is, and of all batches at the end', async () => {
    const backend = await prepared(webgpu, problem);
    const told: [number, number, EpochPosition][] = [];
    await backend.trainEpoch(order, { ...options, onBatch: (...call) => { told.push(call); } });
    expect(told.at(-1)).toMatchObject([batches, batches, { steps: batches }]);
    for (const [steps, , position] of told) expect(position.steps).toBe(steps);
    backend.dispose();
  });

  it('trains nothing where it is aborted from the beginning', async () => {
    const backend = await prepared(webgpu, problem);
    expect(await backend.trainEpoch(order, { ...options, signal: { aborted: true } })).toMatchObject({ steps: 0, loss: 0 });
    expect((await backend.parameters())['head.bias']).toEqual((await (await prepared(webgpu, problem)).parameters())['head.bias']);
    backend.dispose();
  });

  it('stops at a step that is not finite, with the last finite parameters', async () => {
    // Rows from 20 on are not numbers: the windows of the seventh batch reach there, those before do not.
    const broken: ConformanceCase = structuredClone(conformanceCase({ cell: 'gru', batch: 14, time: 4 }));
    if (broken.data.input.kind === 'dense') broken.data.input.values.fill(NaN, 20 * 3);
    const clean = Int32Array.from({ length: 12 }, (_, i) => i);
    const withBroken = Int32Array.of(...clean, 3, 18, ...clean);
    const backend = await prepared(webgpu, broken);
    const result = await backend.trainEpoch(withBroken, options);
    expect(result).toMatchObject({ nonFiniteStep: 6, steps: 6, position: { steps: 6 } });
    expect(Number.isNaN(result.loss)).toBe(true);

    const before = await prepared(webgpu, broken);
    expect((await before.trainEpoch(clean, options)).position).toEqual(result.position);
    expect(await backend.parameters()).toEqual(await before.parameters());
    expect(await backend.optimizerState()).toEqual(await before.optimizerState());
    // It goes on from there with windows that are finite.
    expect(await backend.trainEpoch(clean, options)).toEqual(await before.trainEpoch(clean, options));
    backend.dispose();
    before.dispose();
  });

  it.each(['rnn_tanh', 'rnn_relu', 'handwritten', 'lstm', 'gru'] as const)('predicts no number from what is not a number: %s', async (cell) => {
    const broken = structuredClone(conformanceCase({ cell }));
    if (broken.data.input.kind === 'dense') broken.data.input.values.fill(NaN, 0, 3);
    const backend = await prepared(webgpu, broken);
    expect([...await backend.predict(Int32Array.of(0, 1))].map(Number.isNaN)).toEqual([true, true, false, false]);
    backend.dispose();
  });

  it('refuses a batch beyond the limits with the bytes that it needs, and trains on with a smaller one', async () => {
    const most = 64 * 1024;
    const small = webgpuWith(() => watchedDawn((device) => devices.push(device), { maxStorageBufferBindingSize: most }));
    const long = conformanceCase({ cell: 'lstm', hiddenSize: 32, batch: 64, time: 10 });
    const backend = await prepared(small, long);
    const { windows, bytes } = { windows: 64, bytes: roomFloats(placesOf(long.model), 64, 10, false) * 4 };
    const error = await errorOf(backend.trainEpoch(long.starts, { ...options, batchSize: windows }));
    expect(error).toBeInstanceOf(EngineError);
    expect(error).toMatchObject({ code: 'memory.tooLarge', details: { bytes, limit: most }, message: expect.stringContaining(`${bytes} bytes`) as string });
    expect(await backend.trainEpoch(long.starts.subarray(0, 4), options)).toMatchObject({ steps: 2, nonFiniteStep: null });
    backend.dispose();
    const { model, options: made } = conformanceCase({ cell: 'lstm', hiddenSize: 64 });
    const { parameters } = await whatItTakes('lstm', 64);
    expect(await errorOf(small.create(model, parameters, made))).toMatchObject({ code: 'memory.tooLarge', details: { what: 'The model', limit: most } });
  });

  it('rejects what is under way when the device is lost, and opens another one for the next model', async () => {
    const opened: GpuDevice[] = [];
    const own = webgpuWith(() => watchedDawn((device) => opened.push(device)));
    const backend = await prepared(own, problem);
    const error = await errorOf(backend.trainEpoch(order, { ...options, onBatch: () => opened[0]!.destroy(), batchSize: 1, signal: abortedAfter(1000) }).then(() => backend.parameters()));
    expect(error).toBeInstanceOf(EngineError);
    expect(error).toMatchObject({ code: 'backend.deviceLost' });
    for (const work of [() => backend.predict(order), () => backend.evaluate(order), () => backend.parameters(), () => backend.trainEpoch(order, options)]) {
      expect(await errorOf(work())).toMatchObject({ code: 'backend.deviceLost' });
    }
    backend.dispose();
    const next = await prepared(own, problem);
    expect(await next.trainEpoch(order, options)).toMatchObject({ steps: batches });
    expect(opened).toHaveLength(2);
    next.dispose();
    opened[1]!.destroy();
  });

  // Layers of this size take other tiles of the gradients, and more units than a workgroup has threads.
  it.each([{ cell: 'lstm', hiddenSize: 90, bidirectional: true }, { cell: 'gru', hiddenSize: 270 }] as const)('gives the gradients of the reference with $hiddenSize units: $cell', async (choice) => {
    const wide = conformanceCase({ ...choice, inputSize: 7, batch: 5, time: 3, headSteps: 'every' });
    const [expected, got] = await Promise.all([reference, webgpu].map(async (factory) => {
      const backend = await prepared(factory, wide);
      const { loss, gradients } = await backend.gradients(wide.starts);
      backend.dispose();
      return { loss, gradients };
    }));
    expect(Math.abs(got!.loss - expected!.loss)).toBeLessThan(1e-5 * expected!.loss);
    for (const [name, { values }] of Object.entries(expected!.gradients)) expect(distance(got!.gradients[name]!.values, values), name).toBeLessThan(1e-4);
  });

  it('says that it was given back, and needs a series', async () => {
    const backend = await prepared(webgpu, problem);
    backend.dispose();
    backend.dispose();
    expect(await errorOf(backend.evaluate(order))).toMatchObject({ code: 'backend.disposed' });
    const { parameters } = await whatItTakes('gru', 5);
    const { model, options: made } = conformanceCase({ cell: 'gru' });
    const empty = await webgpu.create(model, parameters, made);
    expect(await errorOf(empty.predict(order))).toMatchObject({ code: 'backend.notLoaded' });
    empty.dispose();
  });

  it('holds its numbers when the room for a batch grows, and when another series is loaded', async () => {
    const backend = await prepared(webgpu, problem);
    const few = order.subarray(0, 3);
    const before = await backend.predict(few);
    const all = await backend.predict(order);
    expect(all.subarray(0, before.length)).toEqual(before);
    await backend.load({ ...problem.data, sequenceLength: 3 });
    await backend.predict(few);
    await backend.load(problem.data);
    expect(await backend.predict(few)).toEqual(before);
    backend.dispose();
  });
});

/** First parameters of a model with this cell. */
async function whatItTakes(cell: 'lstm' | 'gru', hiddenSize: number) {
  const backend = await prepared(webgpuWith(dawn), conformanceCase({ cell, hiddenSize }));
  const parameters = await backend.parameters();
  backend.dispose();
  return { parameters };
}
