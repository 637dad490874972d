import type { EngineStatus } from '../shared/contract.ts';
import { askTrainer } from './ask-trainer.ts';
import { forgetGpu, probeGpu } from './gpu-window.ts';

/** Asks a trainer what every engine finds on this machine; asked once, then remembered. */
export class Engines {
  readonly #entry: string;
  #known: Promise<EngineStatus[]> | null = null;

  /** @param entry path of the trainer's script */
  constructor(entry: string) { this.#entry = entry; }

  list(): Promise<EngineStatus[]> {
    this.#known ??= this.#probe().catch((error: unknown) => {
      this.#known = null;
      throw error;
    });
    return this.#known;
  }

  /** What was found no longer holds: an engine came or went. */
  forget(): void {
    this.#known = null;
    forgetGpu();
  }

  async #probe(): Promise<EngineStatus[]> {
    // First, so that the trainer need not ask.
    await probeGpu();
    const answer = await askTrainer(this.#entry, { type: 'probe' });
    if (answer.type !== 'probed') throw new Error(`The trainer answered ${answer.type} to probe.`);
    return answer.engines;
  }
}
