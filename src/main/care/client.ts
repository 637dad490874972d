import { Worker } from 'node:worker_threads';
import type { CareTask } from '../../shared/care.ts';
import { AppError, environmentError, inputError } from '../../shared/errors.ts';
import { care } from '../../storage/index.ts';
import type { CareCall, CareCalls, CareReply } from './protocol.ts';

export interface CareHost {
  /** Path of the thread's script, and of the database. */
  entry: string;
  file: string;
  nativeBinding: string | undefined;
  /** null: nothing is under way any more. */
  tell(task: CareTask | null): void;
}

/** Main's end of the care thread: one thing at a time. */
export class Care {
  readonly #host: CareHost;
  #doing: CareCall | null = null;

  constructor(host: CareHost) {
    this.#host = host;
  }

  /** What is under way, null when nothing is. */
  get doing(): CareCall | null { return this.#doing; }

  /** @param expected of a compaction: bytes that the database will take. @throws inputError 'care.busy' while another one is under way */
  async call<C extends CareCall>(call: C, request: CareCalls[C]['request'], expected = 0): Promise<CareCalls[C]['response']> {
    const { entry, file, nativeBinding, tell } = this.#host;
    if (this.#doing !== null) throw inputError('care.busy', 'The database is being worked on already.', { hint: 'Wait until that is done.' });
    this.#doing = call;
    tell({ what: call, share: null });
    const stop = call === 'compact' ? care.watchCompaction(file, expected, (share) => tell({ what: call, share })) : () => undefined;
    try {
      return await new Promise<CareCalls[C]['response']>((resolve, reject) => {
        const worker = new Worker(entry, { workerData: { file, nativeBinding, call, path: request?.path ?? null } });
        worker.on('message', (reply: CareReply) => {
          if ('progress' in reply) tell({ what: call, share: reply.progress });
          else if (reply.ok) resolve(reply.value as CareCalls[C]['response']);
          else reject(new AppError(reply.error.fault, reply.error.code, reply.error.message, reply.error));
        });
        worker.on('error', reject);
        worker.on('exit', () => reject(environmentError('care.died', 'The work on the database ended unexpectedly. Nothing of it is half done.', { hint: 'Try again.' })));
      });
    } finally {
      stop();
      this.#doing = null;
      tell(null);
    }
  }
}
