import { utilityProcess } from 'electron';
import type { EngineStatus } from '../shared/contract.ts';
import { environmentError } from '../shared/errors.ts';
import type { ProbedEvent } from '../shared/trainer-protocol.ts';

/** Asks a throwaway trainer what every engine finds on this machine; asked once, then remembered. */
export class Engines {
  readonly #entry: string;
  #known: Promise<EngineStatus[]> | null = null;

  constructor(entry: string) { this.#entry = entry; }

  list(): Promise<EngineStatus[]> {
    this.#known ??= this.#probe().catch((error: unknown) => {
      this.#known = null;
      throw error;
    });
    return this.#known;
  }

  #probe(): Promise<EngineStatus[]> {
    return new Promise((resolve, reject) => {
      const child = utilityProcess.fork(this.#entry, [], { serviceName: 'Unroll engine probe' });
      child.on('message', ({ engines }: ProbedEvent) => {
        resolve(engines);
        child.kill();
      });
      child.on('exit', (code) => reject(environmentError('engines.probe', `The engines could not be asked (exit code ${code}).`, { hint: 'Restart the studio.', details: { code } })));
      child.postMessage({ type: 'probe' });
    });
  }
}
