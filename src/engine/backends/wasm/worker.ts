import { kernelsOver } from './kernels.ts';
import type { LinearMemory } from './webassembly.ts';

/** What a worker thread is started with; can be cloned to it. */
export interface WorkerOrder {
  module: object;
  memory: LinearMemory;
  /** First byte of the signals between the two threads, in the shared memory. */
  signals: number;
  /** Which of the crew it is, from 1. */
  thread: number;
}

/**
 * Starts a thread of the host that calls serveWorker with the order. In Node a worker_threads Worker with the order as its
 * workerData; unref'd, so that it keeps no process alive.
 */
export type SpawnWorker = (order: WorkerOrder) => void;

/** Signals: words of 32 bits from `signals` on. */
export const READY = 0;
export const GO = 1;
export const DONE = 2;
export const NET = 3;
export const THREADS = 4;
export const SIGNAL_WORDS = 16;
/** In the place of a net: the thread ends. */
export const DISMISSED = 0;

/** A worker thread's life: waits for steps and computes its shards of each. Returns when it is dismissed. */
export function serveWorker({ module, memory, signals, thread }: WorkerOrder): void {
  const kernels = kernelsOver(module, memory);
  const words = new Int32Array(memory.buffer, signals, SIGNAL_WORDS);
  let seen = 0;
  Atomics.store(words, READY, 1);
  for (;;) {
    Atomics.wait(words, GO, seen);
    const now = Atomics.load(words, GO);
    if (now === seen) continue;
    seen = now;
    const net = Atomics.load(words, NET) >>> 0;
    if (net === DISMISSED) return;
    kernels.runShards(net, thread, Atomics.load(words, THREADS));
    Atomics.store(words, DONE, now);
    Atomics.notify(words, DONE);
  }
}
