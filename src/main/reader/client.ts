import { Worker } from 'node:worker_threads';
import { AppError, environmentError } from '../../shared/errors.ts';
import type { ReaderCall, ReaderCalls, ReaderData, ReaderReply } from './protocol.ts';

interface Waiting { resolve(value: never): void; reject(error: unknown): void }

/** Main's end of the reader thread. The thread is started when first needed and again after it died. */
export class ReaderClient {
  readonly #entry: string;
  readonly #data: ReaderData;
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | null = null;
  #next = 1;

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

  #start(): Worker {
    const worker = new Worker(this.#entry, { workerData: this.#data, resourceLimits: { maxOldGenerationSizeMb: 3072 } });
    worker.on('message', (reply: ReaderReply) => {
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
    for (const { reject } of this.#waiting.values()) {
      reject(environmentError('reader.died', `The file could not be read: the reader stopped (${reason}).`, { hint: 'Open the file again, or a smaller part of it.', details: { reason } }));
    }
    this.#waiting.clear();
  }
}
