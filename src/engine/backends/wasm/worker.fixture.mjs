// A Node thread of the crew, for the tests. The host's own entry does the same.
import { workerData } from 'node:worker_threads';
import { serveWorker } from './worker.ts';

serveWorker(workerData);
