import { reference } from './backends/reference/backend.ts';

export { initialParameters } from './initializer.ts';
export { Rng } from './rng.ts';
export { scheduledRate } from './schedule.ts';
export const backends = { wasm: reference, reference };
