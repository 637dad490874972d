import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Probe } from '../engine/backend.ts';
import { installedEngineSchema } from '../shared/engine-install.ts';
import type { TensorFlowRuntime, Tf } from '../engine/backends/tensorflow/runtime.ts';

interface NativeBinding { isUsingGpuDevice(): boolean; TF_Version: string }

const installedIn = (folder: string) => installedEngineSchema.parse(JSON.parse(readFileSync(join(folder, 'engine.json'), 'utf8')));

/** What the installer's last trial of it found; null: nothing is installed, or it is to be tried. */
export function knownTensorFlow(folder: string | null): Probe | null {
  try {
    const { probe, version } = installedIn(folder!);
    return probe?.ok === true && probe.device !== null ? { available: true, device: probe.device, facts: { precision: 'float32', tensorflow: probe.version ?? version, gpu: probe.gpu } } : null;
  } catch {
    return null;
  }
}

/** tfjs-node 4.22 asks `util` for functions that Node 23 removed. */
function restoreUtil(load: NodeJS.Require): void {
  const util = load('node:util') as Record<string, unknown>;
  util['isNullOrUndefined'] ??= (value: unknown) => value === null || value === undefined;
  util['isArray'] ??= Array.isArray;
}

/**
 * Loads @tensorflow/tfjs-node-gpu's kernels over the binding of an installed TensorFlow. The package's own entry looks for a
 * downloaded binary beside itself; its parts are taken instead, unchanged. TensorFlow cannot be unloaded again.
 *
 * @param folder of the installed engine; null: nothing is installed
 */
export async function loadTensorFlow(folder: string | null): Promise<TensorFlowRuntime | { reason: string }> {
  if (folder === null || !existsSync(join(folder, 'engine.json'))) return { reason: 'TensorFlow is not installed. Settings > Engines installs it, or "unroll engine install".' };
  try {
    const { binding } = installedIn(folder);
    process.env['TF_CPP_MIN_LOG_LEVEL'] ??= '2';
    const load = createRequire(import.meta.url);
    restoreUtil(load);
    const tf = load('@tensorflow/tfjs-core') as Tf;
    load('@tensorflow/tfjs-node-gpu/dist/register_all_kernels');
    const { NodeJSKernelBackend } = load('@tensorflow/tfjs-node-gpu/dist/nodejs_kernel_backend') as { NodeJSKernelBackend: new (binding: NativeBinding, name: string) => never };
    const native = load(join(folder, binding)) as NativeBinding;
    if (tf.findBackend('tensorflow') === null) tf.registerBackend('tensorflow', () => new NodeJSKernelBackend(native, '@tensorflow/tfjs-node-gpu'), 3);
    if (!await tf.setBackend('tensorflow')) return { reason: 'TensorFlow\'s libraries were loaded but would not start.' };
    const gpu = native.isUsingGpuDevice();
    return { tf, version: native.TF_Version, gpu, device: gpu ? 'NVIDIA GPU, TensorFlow with cuDNN' : 'CPU, TensorFlow' };
  } catch (error) {
    return { reason: `TensorFlow's libraries could not be loaded: ${(error as Error).message.split('\n')[0]!}` };
  }
}
