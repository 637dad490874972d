import { describe, expect, it } from 'vitest';
import type { Backend, BackendOptions, ModelSpec, SequenceData } from '../../engine/backend.ts';
import { backends, initialParameters, Rng } from '../../engine/index.ts';
import { relativeCurve } from '../../shared/half-life.ts';
import { memoryCurve } from './memory.ts';
import { occlusionCurve } from './occlusion.ts';

const T = 12;
const never = { aborted: false };
const breathe = () => Promise.resolve();
const options: BackendOptions = { seed: 1, loss: { kind: 'mse' }, optimizer: { kind: 'sgd', momentum: 0, weightDecay: 0 } };
const rng = new Rng(3);
const noise = Float32Array.from({ length: 200 }, () => rng.normal());

function series(values: Float32Array, features = 1): SequenceData {
  return { input: { kind: 'dense', values, features }, targets: { kind: 'values', values: values.filter((_, i) => i % features === 0), width: 1 }, sequenceLength: T, horizon: 1 };
}

const factor = (by: number): ModelSpec & { by: number } =>
  ({ cell: 'handwritten', inputSize: 1, hiddenSize: 1, layers: 1, bidirectional: false, dropout: 0, outputSize: 1, headSteps: 'last', by });

/** h_t = by h_(t-1) + x_t, y = h_T: its memory is by^(k-1) at lag k. */
async function fading(name: 'reference' | 'wasm', by: number, data: SequenceData): Promise<Backend> {
  const model = factor(by);
  const parameters = initialParameters(model, 'pytorch', 1);
  for (const value of Object.values(parameters)) value.values.fill(0);
  parameters['rnn.weight_ih_l0']!.values.fill(1);
  parameters['rnn.weight_hh_l0']!.values.fill(by);
  parameters['head.weight']!.values.fill(1);
  const backend = await backends[name].create(model, parameters, options);
  await backend.load(data);
  return backend;
}

describe.each(['reference', 'wasm'] as const)('memory, %s', (name) => {
  it('of a recurrence with factor 0.5 halves at each step', async () => {
    const backend = await fading(name, 0.5, series(noise));
    const curve = (await memoryCurve(backend, Int32Array.from({ length: 150 }, (_, i) => i), T, [0], never, breathe))!;
    curve.relative.forEach((value, i) => { expect(value).toBeCloseTo(0.5 ** i, 6); });
    expect(curve.halfLife).toBeCloseTo(1, 6);
    expect(curve.windows).toBe(150);
  });

  it('of a recurrence with factor 0.9 halves after ln 2 / -ln 0.9 steps', async () => {
    const backend = await fading(name, 0.9, series(noise));
    expect((await memoryCurve(backend, Int32Array.of(0, 5, 90), T, [0], never, breathe))!.halfLife).toBeCloseTo(Math.log(2) / -Math.log(0.9), 4);
  });

  it('by occlusion falls likewise, and the series is put back', async () => {
    // What comes next is the fading sum itself, so that hiding lag k costs 0.5^(k-1) of the input's spread.
    const values = noise.slice();
    const targets = new Float32Array(values.length);
    for (let row = 1; row < targets.length; row++) targets[row] = targets[row - 1]! * 0.5 + values[row - 1]!;
    const data: SequenceData = { ...series(values), targets: { kind: 'values', values: targets, width: 1 } };
    const backend = await fading(name, 0.5, data);
    const starts = Int32Array.from({ length: 150 }, (_, i) => i + 20);
    const before = await backend.predict(starts);
    const curve = (await occlusionCurve(backend, data, Float32Array.of(0), starts, never, breathe))!;
    expect(curve.error).toBeLessThan(1e-2);
    expect(curve.changes[1]! / curve.changes[0]!).toBeCloseTo(0.5, 1);
    expect(curve.halfLife).toBeGreaterThan(0.8);
    expect(curve.halfLife).toBeLessThan(1.3);
    expect(await backend.predict(starts)).toEqual(before);
  });

  it('stops when it is told to', async () => {
    const backend = await fading(name, 0.5, series(noise));
    expect(await memoryCurve(backend, Int32Array.of(0), T, [0], { aborted: true }, breathe)).toBeNull();
  });
});

it('is the slope of the prediction: central differences of the float64 reference', async () => {
  for (const cell of ['rnn_tanh', 'lstm', 'gru'] as const) {
    const model: ModelSpec = { cell, inputSize: 2, hiddenSize: 5, layers: 2, bidirectional: false, dropout: 0, outputSize: 2, headSteps: 'last' };
    const backend = await backends.reference.create(model, initialParameters(model, 'pytorch', 4), options);
    const values = noise.slice(0, 2 * T);
    const load = (v: Float32Array) => backend.load({ ...series(v, 2), targets: { kind: 'values', values: new Float32Array(T), width: 1 }, horizon: 2 });
    await load(values);
    const curve = (await memoryCurve(backend, Int32Array.of(0), T, [1], never, breathe))!;
    for (let t = 0; t < T; t++) {
      const slopes = [];
      for (let f = 0; f < 2; f++) {
        // A power of two, so that the shift itself is exact in float32; the outputs are float32, hence the tolerance.
        const moved = async (by: number) => { const v = values.slice(); v[2 * t + f]! += by; await load(v); return (await backend.predict(Int32Array.of(0)))[1]!; };
        slopes.push((await moved(2 ** -6) - await moved(-(2 ** -6))) * 2 ** 5);
      }
      expect(curve.norms[T - 1 - t]).toBeCloseTo(Math.hypot(...slopes), 4);
    }
  }
});

describe('half-life', () => {
  it('is counted from the peak and between two lags on an exponential', () => {
    expect(relativeCurve([1, 2, 1, 0.5]).halfLife).toBeCloseTo(1);
    expect(relativeCurve([4, 3, 1]).halfLife).toBeCloseTo(1 + Math.log(1.5) / Math.log(3));
  });
  it('is unknown where the memory outlives the window or there is none', () => {
    expect(relativeCurve([1, 0.9, 0.8]).halfLife).toBeNull();
    expect(relativeCurve([0, 0]).relative).toEqual([0, 0]);
    expect(relativeCurve([0, -1]).halfLife).toBeNull();
  });
});
