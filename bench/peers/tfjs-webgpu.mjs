import { createRequire } from 'node:module';
import { layersModel } from './tfjs.mjs';

/**
 * The same step by TensorFlow.js layers on its own WebGPU backend, over a GPU handed in.
 * @param {object} gpu what stands for navigator.gpu
 * @param {object} globals the constants of WebGPU, GPUBufferUsage and so on
 * @returns {Promise<{ reason: string } | { make(w: import('../workloads.mjs').Workload): { steps(count: number): Promise<void>, close(): void } }>}
 *   reason: why it cannot run here
 */
export async function tfjsOnWebGpu(gpu, globals) {
  const require = createRequire(import.meta.url);
  try {
    const tf = require('@tensorflow/tfjs');
    Object.assign(globalThis, globals);
    Object.defineProperty(globalThis.navigator, 'gpu', { value: gpu, configurable: true });
    require('@tensorflow/tfjs-backend-webgpu');
    console.warn = () => {}; // it advertises its native package, and says that orthogonal weights take long
    if (!await tf.setBackend('webgpu')) return { reason: 'TensorFlow.js did not start its WebGPU backend' };
    await tf.ready();
    return { make: (w) => layersModel(tf, w) };
  } catch (error) {
    return { reason: `TensorFlow.js with its WebGPU backend does not run here (npm ci in bench/?): ${error.message.split('\n')[0]}` };
  }
}
