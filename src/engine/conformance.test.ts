import { describe, expect, it } from 'vitest';
import { loadTensorFlow } from '../trainer/tensorflow.ts';
import { reference } from './backends/reference/reference-backend.ts';
import { tensorflowWith } from './backends/tensorflow/tensorflow-backend.ts';
import { bestSimd } from './backends/wasm/kernels.ts';
import { wasmWith } from './backends/wasm/wasm-backend.ts';
import { webgpuWith } from './backends/webgpu/webgpu-backend.ts';
import { dawn } from './backends/webgpu/testing.ts';
import { conformanceCases, distance, embeddingCases, everyNumber } from './conformance.ts';

/** What float32 may lose against float64: gradients of RMSprop and Adam near zero decide the sign of a whole step. */
const TOLERANCE = 2e-4;

/** An installed engine: npm test puts one here where the package index can be reached. */
const installed = process.env['UNROLL_TENSORFLOW'] ?? null;
const tensorflow = tensorflowWith(() => loadTensorFlow(installed));
const found = await tensorflow.probe();
const webgpu = webgpuWith(dawn);
const adapter = await webgpu.probe();

const contenders = [
  { name: 'wasm with plain SIMD', factory: wasmWith({ simd: 'plain' }), missing: null },
  { name: 'wasm with relaxed SIMD', factory: wasmWith({ simd: 'relaxed' }), missing: bestSimd() === 'relaxed' ? null : 'this runtime does not take relaxed SIMD' },
  { name: found.available ? `tensorflow on ${found.device}` : 'tensorflow', factory: tensorflow, missing: found.available ? null : found.reason },
  { name: adapter.available ? `webgpu on ${adapter.device}` : 'webgpu', factory: webgpu, missing: adapter.available ? null : adapter.reason },
];

for (const { name, factory, missing } of contenders) {
  describe.skipIf(missing !== null)(`${name}${missing === null ? '' : ` (skipped: ${missing})`} gives the numbers of the reference`, () => {
    it.each([...conformanceCases(), ...embeddingCases()])('$name', async (problem) => {
      const expected = await everyNumber(reference, problem);
      const got = await everyNumber(factory, problem);
      expect(Object.keys(got).sort()).toEqual(Object.keys(expected).sort());
      const far = Object.entries(expected).map(([key, values]) => ({ key, distance: distance(got[key]!, values) })).filter((d) => !(d.distance < TOLERANCE));
      expect(far).toEqual([]);
    });
  });
}
