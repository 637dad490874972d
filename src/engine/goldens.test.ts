import { describe, expect, it } from 'vitest';
import type { BackendFactory, LossSpec, ModelSpec, OptimizerSpec, SequenceData } from './backend.ts';
import { reference } from './backends/reference/reference-backend.ts';
import { bestSimd } from './backends/wasm/kernels.ts';
import { wasmWith } from './backends/wasm/wasm-backend.ts';
import { dawn } from './backends/webgpu/dawn.fixture.ts';
import { webgpuWith } from './backends/webgpu/webgpu-backend.ts';
import { adam, distance } from './conformance.ts';
import embedding from './goldens/embedding.json' with { type: 'json' };
import states from './goldens/states.json' with { type: 'json' };
import traces from './goldens/traces.json' with { type: 'json' };
import training from './goldens/training.json' with { type: 'json' };
import type { Parameters } from './parameters.ts';

interface StoredTensor { shape: number[]; values: number[] }

const floats = (values: readonly number[]): Float32Array => Float32Array.from(values);
const stored = (tensors: object): Parameters =>
  Object.fromEntries(Object.entries(tensors as Record<string, StoredTensor>).map(([name, { shape, values }]) => [name, { shape, values: floats(values) }]));
const signal = { aborted: false };

const webgpu = webgpuWith(dawn);
const adapter = await webgpu.probe();

/** The reference is exact but for the rounding of what it gives to float32. */
const contenders: { name: string; factory: BackendFactory; tolerance: number; runs: boolean }[] = [
  { name: 'reference', factory: reference, tolerance: 1e-6, runs: true },
  { name: 'wasm with plain SIMD', factory: wasmWith({ simd: 'plain' }), tolerance: 5e-5, runs: true },
  { name: 'wasm with relaxed SIMD', factory: wasmWith({ simd: 'relaxed' }), tolerance: 5e-5, runs: bestSimd() === 'relaxed' },
  { name: 'webgpu', factory: webgpu, tolerance: 5e-5, runs: adapter.available },
];

describe.each(contenders.filter((contender) => contender.runs))('$name against PyTorch', ({ factory, tolerance }) => {
  it.each(states.cases)('states: $name', async (golden) => {
    const backend = await factory.create(golden.model as ModelSpec, stored(golden.parameters), { loss: { kind: 'mse' }, optimizer: adam, seed: 0 });
    const initial = golden.initial === null ? {} : {
      initialState: golden.initial.c === null ? { h: floats(golden.initial.h) } : { h: floats(golden.initial.h), c: floats(golden.initial.c) },
    };
    const got = await backend.run({ shape: golden.x.shape, values: floats(golden.x.values), ...initial });
    for (const key of ['output', 'hN', 'cN'] as const) {
      const expected = golden[key];
      expect(got[key]?.shape ?? null).toEqual(expected?.shape ?? null);
      if (expected !== null) expect(distance(got[key]!.values, floats(expected.values)), key).toBeLessThan(tolerance);
    }
  });

  it.each([...training.cases, ...embedding.cases])('outputs, gradients and 20 steps: $name', async (golden) => {
    const model = golden.model as ModelSpec;
    const { input, targets } = golden as { input: { tokens?: number[]; values?: number[] }; targets: { classes?: number[]; values?: number[]; width?: number } };
    const data: SequenceData = {
      input: input.tokens !== undefined ? { kind: 'tokens', ids: Int32Array.from(input.tokens), vocabulary: model.vocabulary ?? model.inputSize } : { kind: 'dense', values: floats(input.values!), features: model.inputSize },
      targets: targets.classes !== undefined ? { kind: 'classes', ids: Int32Array.from(targets.classes) } : { kind: 'values', values: floats(targets.values!), width: targets.width! },
      sequenceLength: golden.sequenceLength, horizon: golden.horizon,
    };
    const backend = await factory.create(model, stored(golden.parameters), { loss: golden.loss as LossSpec, optimizer: golden.optimizer as OptimizerSpec, seed: 0 });
    await backend.load(data);
    const starts = Int32Array.from(golden.starts);
    expect(distance(await backend.predict(starts), floats(golden.outputs.values)), 'outputs').toBeLessThan(tolerance);
    const { loss, gradients } = await backend.gradients(starts);
    expect(distance(floats([loss]), floats([golden.lossValue])), 'loss').toBeLessThan(tolerance);
    for (const [name, expected] of Object.entries(stored(golden.gradients))) {
      expect(gradients[name]!.shape).toEqual(expected.shape);
      expect(distance(gradients[name]!.values, expected.values), `gradient of ${name}`).toBeLessThan(tolerance);
    }
    const curve: number[] = [];
    for (let step = 0; step < golden.curve.length; step++) {
      const result = await backend.trainEpoch(starts, { batchSize: starts.length, learningRate: golden.learningRate, clipNorm: golden.clipNorm, signal });
      curve.push(result.loss);
    }
    expect(distance(floats(curve), floats(golden.curve)), 'curve').toBeLessThan(tolerance);
  });

  it.each(traces.cases)('gradient through time: $name', async (golden) => {
    const model = golden.model as ModelSpec;
    const backend = await factory.create(model, stored(golden.parameters), { loss: { kind: 'mse' }, optimizer: adam, seed: 0 });
    const values = floats(golden.input);
    await backend.load({
      input: { kind: 'dense', values, features: 3 }, targets: { kind: 'values', values: new Float32Array(golden.sequenceLength * 2), width: 2 },
      sequenceLength: golden.sequenceLength, horizon: 1,
    });
    const trace = await backend.trace(0);
    golden.hidden.forEach((h, t) => expect(distance(trace.hidden[0]![t]!, floats(h)), `h at ${t}`).toBeLessThan(tolerance));
    expect(distance(trace.gradientNorms[0]!, floats(golden.gradientNorms)), 'norms').toBeLessThan(tolerance);
  });
});
