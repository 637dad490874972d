import type { BackendFactory } from './backend.ts';
import { reference } from './backends/reference/reference-backend.ts';
import { wasm } from './backends/wasm/wasm-backend.ts';

/** Every backend by its name. */
export const backends = { wasm, reference } satisfies Record<string, BackendFactory>;

export { EngineError, type EngineErrorCode, type EngineErrorDetails } from './errors.ts';
export { fromHandwritten, handwrittenStep, toHandwritten, type HandwrittenWeights } from './handwritten.ts';
export { initialParameters, type Initialization } from './initializer.ts';
export { countParameters, parameterShapes } from './parameters.ts';
export { findLearningRate, type RateFinderOptions, type RateFinderResult } from './rate-finder.ts';
export { Rng } from './rng.ts';
export { likeliest, probabilitiesOf, ruledProbabilities, sampleToken, type SamplingRule } from './sampling.ts';
export { scheduledRate, type Schedule } from './schedule.ts';
export { Stepper, type StepperState } from './stepper.ts';
export { reference } from './backends/reference/reference-backend.ts';
export { tensorflowWith } from './backends/tensorflow/tensorflow-backend.ts';
export { webgpuWith } from './backends/webgpu/webgpu-backend.ts';
export { wasmWith, type WasmOptions } from './backends/wasm/wasm-backend.ts';
export { serveWorker, type SpawnWorker, type WorkerOrder } from './backends/wasm/worker.ts';
