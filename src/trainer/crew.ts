import { workerData } from 'node:worker_threads';
import { serveWorker, type WorkerOrder } from '../engine/index.ts';

// The entry of a worker thread that shares the large steps of the wasm backend with the thread that trains.
serveWorker(workerData as WorkerOrder);
