import { utilityProcess, type UtilityProcess } from 'electron';
import { AppError, environmentError, inputError } from '../shared/errors.ts';
import type { Exported, ExportStage } from '../shared/export.ts';
import type { ExporterCommand, ExporterMessage, ExportJob, PredictJob } from '../shared/exporter-protocol.ts';
import type { Predicted } from '../shared/new-file.ts';
import { inPieces } from '../shared/pieces.ts';

/** Makes exports, each in a utility process of its own: main neither computes nor writes them. */
export class Exporter {
  readonly #entry: string;
  readonly #tell: (stage: ExportStage) => void;
  #child: UtilityProcess | null = null;
  #cancel: (() => void) | null = null;

  /**
   * @param entry path of the exporter's script
   * @param tell hears what an export is at
   */
  constructor(entry: string, tell: (stage: ExportStage) => void) {
    [this.#entry, this.#tell] = [entry, tell];
  }

  /**
   * @param gather what is exported; nothing is begun where it fails
   * @returns null when it was cancelled: nothing was written then
   * @throws inputError 'export.busy' while another one is made; what keeps it from being made
   */
  run(gather: () => Promise<ExportJob>): Promise<Exported | null> {
    return this.#run(gather, (message) => (message.type === 'done' ? message.exported : null));
  }

  /** Asks a run about a new file. @returns null when it was cancelled @throws as `run` */
  predict(gather: () => Promise<PredictJob>): Promise<{ predicted: Predicted; path: string | null } | null> {
    return this.#run(gather, (message) => (message.type === 'predicted' ? { predicted: message.predicted, path: message.path } : null));
  }

  async #run<T>(gather: () => Promise<ExportJob | PredictJob>, ended: (message: ExporterMessage) => T | null): Promise<T | null> {
    if (this.#child !== null) throw inputError('export.busy', 'An export is being made already.', { hint: 'Wait until it is done, or cancel it.' });
    const child = utilityProcess.fork(this.#entry, [], { serviceName: 'Unroll exporter' });
    this.#child = child;
    try {
      return await new Promise<T | null>((resolve, reject) => {
        // Files that are being written are written to the end: a moment, and nothing half done is left.
        this.#cancel = () => resolve(null);
        child.on('message', (message: ExporterMessage) => {
          if (message.type === 'stage') this.#tell(message.stage);
          else if (message.type === 'ready') {
            if (this.#child !== child) return;
            this.#cancel = null;
            child.postMessage({ type: 'write' } satisfies ExporterCommand);
          } else if (message.type !== 'failed') resolve(ended(message));
          else reject(new AppError(message.error.fault, message.error.code, message.error.message, message.error));
        });
        child.on('exit', (code) => reject(environmentError('export.died', `The exporting process ended unexpectedly (exit code ${code}).`, { hint: 'Nothing was written. Export again.', details: { code } })));
        this.#tell('reading');
        gather().then((job) => {
          const { pieces, message } = inPieces(job);
          for (const piece of pieces) child.postMessage(piece);
          child.postMessage(message);
        }, reject);
      });
    } finally {
      this.#child = null;
      this.#cancel = null;
      child.kill();
    }
  }

  /** Breaks the export off, unless its files are being written already. */
  cancel(): void {
    this.#cancel?.();
  }
}
