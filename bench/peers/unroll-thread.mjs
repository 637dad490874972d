// A thread of the wasm backend's crew.
import { workerData } from 'node:worker_threads';
import { serveWorker } from '../../src/engine/backends/wasm/worker.ts';

serveWorker(workerData);
