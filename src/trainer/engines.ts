import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Probe } from '../engine/backend.ts';
import { backends, tensorflowWith, wasmWith } from '../engine/index.ts';
import type { Engines } from '../training/choose.ts';
import { keptMeasurements } from './measurements.ts';
import type { HostAnswer, HostRequest, Line } from './remote/protocol.ts';
import { remoteFactory } from './remote/remote-backend.ts';
import { knownTensorFlow, loadTensorFlow } from './tensorflow.ts';

/** More threads have not been seen to pay: a batch is cut into few shards. */
const MOST_THREADS = 4;

/**
 * The engines of this process, the wasm backend with worker threads.
 * @param folder of the running script: built, crew.js lies beside it; from its sources, crew.ts in the trainer's folder
 * @param gpu opens a line to the window with the GPU; left out: there is no window
 */
export function localEngines(folder: string, gpu?: () => Promise<Line<HostRequest, HostAnswer>>): Engines {
  const built = join(folder, 'crew.js');
  const entry = existsSync(built) ? built : join(folder, '../trainer/crew.ts');
  // Set by whoever knows the data folder: main, or the command line.
  const installed = process.env['UNROLL_ENGINES'] ?? null;
  const tensorflow = installed === null ? null : join(installed, 'tensorflow');
  return {
    ...backends,
    tensorflow: tensorflowWith(() => loadTensorFlow(tensorflow), () => knownTensorFlow(tensorflow)),
    ...(installed === null ? {} : { measurements: keptMeasurements(installed) }),
    webgpu: gpu === undefined ? remoteFactory('webgpu', () => Promise.resolve(windowless), { available: false, ...windowless }) : remoteFactory('webgpu', gpu, probeOfMain()),
    wasm: wasmWith({
      threads: Math.min(MOST_THREADS, availableParallelism()),
      spawn: (order) => { new Worker(entry, { workerData: order }).unref(); },
    }),
  };
}

/** Why the command line has no WebGPU. */
const windowless = { reason: 'WebGPU is a window\'s: train in the app to use it, or choose another engine here.' };

/** What main has found of the GPU already. */
function probeOfMain(): Probe | null {
  const found = process.env['UNROLL_GPU_PROBE'];
  return found === undefined ? null : JSON.parse(found) as Probe;
}
