import { EngineError } from '../../errors.ts';
import type { KernelMemory } from './kernels.ts';
import type { Net } from './net.ts';
import { DISMISSED, DONE, GO, NET, READY, SIGNAL_WORDS, THREADS, type SpawnWorker } from './worker.ts';

/** Looks at a thread's answer before going to sleep for it. */
const SPINS = 2000;
/**
 * Steps timed each way, in turns, before the faster way is kept: at least a few, and of short steps more, because a thread that
 * has just been woken for the first time says little about the others.
 */
const TRIALS = 3;
const MORE_TRIALS = 12;
/** Milliseconds after which a trial has lasted long enough. */
const TRIAL_LASTS = 50;
/** Milliseconds until it is tried again, as other work on the machine comes and goes. */
const TRY_AGAIN = 5000;
/** A thread that needs so many milliseconds, and so many times as long as this one, has died. */
const LOST_AFTER = 60_000;
const LOST_TIMES = 50;

/** The other threads of a backend, and whether they pay. Results do not depend on it: see shards.ts. */
export class Crew {
  readonly #memory: KernelMemory;
  readonly #net: Net;
  readonly #signals: Int32Array[];
  /** Shortest step in milliseconds, alone and together, of the trial under way. */
  #alone = Infinity;
  #together = Infinity;
  #trial = 0;
  #trialBegan = 0;
  #decidedAt: number | null = null;
  #generation = 0;
  /** Steps that all threads have done together so far. */
  stepsTogether = 0;

  constructor(memory: KernelMemory, net: Net, spawn: SpawnWorker) {
    this.#memory = memory;
    this.#net = net;
    this.#signals = net.signals.map((pointer, k) => {
      const words = new Int32Array(memory.memory.buffer, pointer, SIGNAL_WORDS);
      spawn({ module: memory.module, memory: memory.memory, signals: pointer, thread: k + 1 });
      return words;
    });
  }

  /** One training step, by the faster way. @param single does it on this thread alone */
  step(single: () => number, step: number, learningRate: number, clipNorm: number): number {
    if (!this.#signals.every((words) => Atomics.load(words, READY) === 1)) return single();
    const now = performance.now();
    if (this.#decidedAt !== null && now - this.#decidedAt > TRY_AGAIN) {
      this.#trial = 0;
      this.#decidedAt = null;
      this.#alone = this.#together = Infinity;
    }
    const trying = this.#decidedAt === null;
    if (this.#trial === 0) this.#trialBegan = now;
    const together = trying ? this.#trial % 2 === 1 : this.#together < this.#alone;
    const loss = together ? this.#all(step, learningRate, clipNorm) : single();
    if (trying) {
      const end = performance.now();
      if (together) this.#together = Math.min(this.#together, end - now);
      else this.#alone = Math.min(this.#alone, end - now);
      this.#trial++;
      const long = end - this.#trialBegan > TRIAL_LASTS;
      if (this.#trial % 2 === 0 && this.#trial >= 2 * (long ? TRIALS : MORE_TRIALS)) this.#decidedAt = end;
    }
    return loss;
  }

  /** Ends the threads. */
  dismiss(): void {
    for (const words of this.#signals) {
      Atomics.store(words, NET, DISMISSED);
      Atomics.add(words, GO, 1);
      Atomics.notify(words, GO);
    }
  }

  #all(step: number, learningRate: number, clipNorm: number): number {
    const { kernels } = this.#memory;
    const { pointer, crew } = this.#net;
    const threads = crew.length + 1;
    kernels.packParameters(pointer);
    this.#net.briefCrew();
    this.#generation = (this.#generation + 1) | 0;
    for (const [k, words] of this.#signals.entries()) {
      Atomics.store(words, NET, crew[k]!);
      Atomics.store(words, THREADS, threads);
      Atomics.store(words, GO, this.#generation);
      Atomics.notify(words, GO);
    }
    const begun = performance.now();
    kernels.runShards(pointer, 0, threads);
    const patience = Math.max(LOST_AFTER, LOST_TIMES * (performance.now() - begun));
    for (const words of this.#signals) this.#await(words, patience);
    this.stepsTogether++;
    return kernels.finishStep(pointer, step, learningRate, clipNorm);
  }

  /** @throws EngineError 'backend.threadLost' after so many milliseconds */
  #await(words: Int32Array, patience: number): void {
    let asleep: number | null = null;
    for (let looks = 0; ; looks++) {
      const done = Atomics.load(words, DONE);
      if (done === this.#generation) return;
      if (looks < SPINS) continue;
      asleep ??= performance.now();
      if (performance.now() - asleep > patience) throw new EngineError('backend.threadLost', 'A thread of the engine no longer answers.', { milliseconds: patience });
      Atomics.wait(words, DONE, done, 1);
    }
  }
}
