import { utilityProcess, type UtilityProcess } from 'electron';
import type { EngineProbe, EngineState, InstallProgress } from '../shared/engine-install.ts';
import { AppError, environmentError, inputError } from '../shared/errors.ts';
import type { InstallerCommand, InstallerMessage } from '../shared/installer-protocol.ts';
import { askTrainer } from './ask-trainer.ts';

type Job = Exclude<InstallerCommand, { type: 'cancel' | 'probed' }>;
type JobOf<J> = J extends { engines: string } ? Omit<J, 'engines'> : never;

/** Installs, tries and removes engines, each job in a utility process of its own: main neither fetches nor unpacks. */
export class Installer {
  readonly #entry: string;
  readonly #trainer: string;
  readonly #engines: string;
  readonly #tell: (progress: InstallProgress | null) => void;
  #child: UtilityProcess | null = null;
  #progress: InstallProgress | null = null;

  /**
   * @param scripts paths of the installer's and the trainer's scripts
   * @param engines the folder of engines
   * @param tell hears of every step of an install, and null at its end
   */
  constructor(scripts: { installer: string; trainer: string }, engines: string, tell: (progress: InstallProgress | null) => void) {
    [this.#entry, this.#trainer, this.#engines, this.#tell] = [scripts.installer, scripts.trainer, engines, tell];
  }

  /** How far the install that goes on is; null: none does. */
  get progress(): InstallProgress | null { return this.#progress; }

  /** @throws inputError 'engine.busy' while another job goes on; what the installer says; null when it was cancelled */
  async run(job: JobOf<Job>): Promise<EngineState | null> {
    if (this.#child !== null && job.type !== 'state') throw inputError('engine.busy', 'An engine is being installed already.', { hint: 'Wait until it is done, or cancel it.' });
    const child = utilityProcess.fork(this.#entry, [], { serviceName: 'Unroll installer' });
    if (job.type !== 'state') this.#child = child;
    try {
      return await new Promise<EngineState | null>((resolve, reject) => {
        child.on('message', (message: InstallerMessage) => {
          if (message.type === 'progress') this.#show(message.progress);
          else if (message.type === 'probe') void this.#probe(message.folder).then((probe) => child.postMessage({ type: 'probed', probe } satisfies InstallerCommand));
          else if (message.type === 'done') resolve(message.state);
          else if (message.type === 'cancelled') resolve(null);
          else reject(new AppError(message.error.fault, message.error.code, message.error.message, message.error));
        });
        child.on('exit', (code) => reject(environmentError('engine.installer-died', `The installing process ended unexpectedly (exit code ${code}).`, { hint: 'Install again; what was fetched is kept.', details: { code } })));
        child.postMessage({ ...job, engines: this.#engines });
      });
    } finally {
      child.kill();
      if (this.#child === child) {
        this.#child = null;
        this.#show(null);
      }
    }
  }

  cancel(): void {
    this.#child?.postMessage({ type: 'cancel' } satisfies InstallerCommand);
  }

  #show(progress: InstallProgress | null): void {
    this.#progress = progress;
    this.#tell(progress);
  }

  /** Libraries that crash take only the throwaway process with them. */
  async #probe(folder: string): Promise<EngineProbe> {
    try {
      const answer = await askTrainer(this.#trainer, { type: 'probeEngine', folder });
      if (answer.type === 'engineProbed') return answer.probe;
      throw new Error(`it answered ${answer.type}`);
    } catch (error) {
      return { ok: false, version: null, device: null, gpu: false, gradientDistance: null, stepMilliseconds: null, at: new Date().toISOString(), reason: (error as Error).message };
    }
  }
}
