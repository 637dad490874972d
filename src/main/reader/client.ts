import { Worker } from 'node:worker_threads';
import { AppError, environmentError, inputError } from '../../shared/errors.ts';
import type { ReaderCall, ReaderCalls, ReaderData, ReaderProgress, ReaderReply } from './protocol.ts';

interface Waiting { resolve(value: never): void; reject(error: unknown): void }

/** Main's end of the reader thread. The thread is started when first needed and again after it died. */
export class ReaderClient {
  readonly #entry: string;
  readonly #data: ReaderData;
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | null = null;
  #next = 1;
  /** Hears how far the reading of a large file, or the look of the doctor at it, is: 0 to 1. */
  onProgress: (share: number, of: ReaderProgress['of']) => void = () => undefined;

  /** @param entry path of the thread's script */
  constructor(entry: string, data: ReaderData) {
    this.#entry = entry;
    this.#data = data;
  }

  call<C extends ReaderCall>(call: C, request: ReaderCalls[C]['request']): Promise<ReaderCalls[C]['response']> {
    const worker = this.#worker ?? this.#start();
    const id = this.#next++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve: resolve as (value: never) => void, reject });
      worker.postMessage({ id, call, request });
    });
  }

  async close(): Promise<void> {
    await this.#worker?.terminate();
  }

  /** Breaks off whatever is read now: what waits for it is refused with 'reader.cancelled', and the next call starts the thread anew. */
  cancel(): void {
    const worker = this.#worker;
    this.#refuse(inputError('reader.cancelled', 'Reading was cancelled.'));
    this.#worker = null;
    worker?.removeAllListeners();
    worker?.on('error', () => undefined);
    void worker?.terminate();
  }

  #start(): Worker {
    const worker = new Worker(this.#entry, { workerData: this.#data, resourceLimits: { maxOldGenerationSizeMb: 3072 } });
    worker.on('message', (reply: ReaderReply | ReaderProgress) => {
      if ('progress' in reply) {
        this.onProgress(reply.progress, reply.of);
        return;
      }
      const waiting = this.#waiting.get(reply.id);
      this.#waiting.delete(reply.id);
      if (reply.ok) waiting?.resolve(reply.value as never);
      else waiting?.reject(new AppError(reply.error.fault, reply.error.code, reply.error.message, reply.error));
    });
    worker.on('error', (error) => this.#died(error.message));
    worker.on('exit', () => this.#died('it ended'));
    this.#worker = worker;
    return worker;
  }

  #died(reason: string): void {
    this.#worker = null;
    this.#refuse(environmentError('reader.died', `The file could not be read: the reader stopped (${reason}).`, { hint: 'Open the file again, or a smaller part of it.', details: { reason } }));
  }

  #refuse(error: AppError): void {
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}
