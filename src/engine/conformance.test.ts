import { loadTensorFlow } from '../trainer/tensorflow.ts';
import { tensorflowWith } from './backends/tensorflow/tensorflow-backend.ts';
import { bestSimd } from './backends/wasm/kernels.ts';
import { wasmWith } from './backends/wasm/wasm-backend.ts';
import { conform } from './conforming.fixture.ts';

/** An installed engine: npm test puts one here where the package index can be reached. */
const installed = process.env['UNROLL_TENSORFLOW'] ?? null;
const tensorflow = tensorflowWith(() => loadTensorFlow(installed));
const found = await tensorflow.probe();

const contenders = [
  { name: 'wasm with plain SIMD', factory: wasmWith({ simd: 'plain' }), missing: null },
  { name: 'wasm with relaxed SIMD', factory: wasmWith({ simd: 'relaxed' }), missing: bestSimd() === 'relaxed' ? null : 'this runtime does not take relaxed SIMD' },
  { name: found.available ? `tensorflow on ${found.device}` : 'tensorflow', factory: tensorflow, missing: found.available ? null : found.reason },
];

for (const { name, factory, missing } of contenders) conform(name, factory, missing);
