import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { backends, tensorflowWith, wasmWith } from '../engine/index.ts';
import type { Engines } from '../training/choose.ts';
import { keptMeasurements } from './measurements.ts';
import { loadTensorFlow } from './tensorflow.ts';

/** More threads have not been seen to pay: a batch is cut into few shards. */
const MOST_THREADS = 4;

/**
 * The engines of this process, the wasm backend with worker threads.
 * @param folder of the running script: built, crew.js lies beside it; from its sources, crew.ts in the trainer's folder
 */
export function localEngines(folder: string): Engines {
  const built = join(folder, 'crew.js');
  const entry = existsSync(built) ? built : join(folder, '../trainer/crew.ts');
  // Set by whoever knows the data folder: main, or the command line.
  const installed = process.env['UNROLL_ENGINES'] ?? null;
  return {
    ...backends,
    tensorflow: tensorflowWith(() => loadTensorFlow(installed === null ? null : join(installed, 'tensorflow'))),
    ...(installed === null ? {} : { measurements: keptMeasurements(installed) }),
    wasm: wasmWith({
      threads: Math.min(MOST_THREADS, availableParallelism()),
      spawn: (order) => { new Worker(entry, { workerData: order }).unref(); },
    }),
  };
}
