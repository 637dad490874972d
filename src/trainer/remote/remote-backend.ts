import type { Backend, BackendFactory, Probe, TrainEpochOptions } from '../../engine/backend.ts';
import { EngineError } from '../../engine/errors.ts';
import { plainMethods, type Answers, type HostAnswer, type HostRequest, type Line } from './protocol.ts';

/** Milliseconds between two signs of life that are asked for while somebody waits, and without any after which the process counts as gone. */
const PING_EVERY = 5_000;
const SILENCE = 60_000;
/** Milliseconds between two looks whether a person has asked to stop. */
const LOOK_EVERY = 20;

type Asked = Extract<HostRequest, { call: 'probe' | 'create' | 'method' | 'trainEpoch' }>;
type Unnumbered = Asked extends infer R ? R extends Asked ? Omit<R, 'id'> : never : never;
interface Waiting { resolve(value: unknown): void; reject(error: unknown): void; onBatch?: (answer: Extract<HostAnswer, { batch: number }>) => void }

/** Questions and answers over a line to the process that hosts the backends. */
class Connection {
  readonly #line: Line<HostRequest, HostAnswer>;
  readonly #waiting = new Map<number, Waiting>();
  #asked = 0;
  /** Why nothing can be asked any more. */
  #gone: EngineError | null = null;
  #heardAt = Date.now();
  readonly #pinging: ReturnType<typeof setInterval>;

  constructor(line: Line<HostRequest, HostAnswer>, silence: number, onGone: () => void) {
    this.#line = line;
    line.onMessage((answer) => this.#heard(answer));
    const over = (message: string) => {
      if (this.#gone !== null) return;
      clearInterval(this.#pinging);
      this.#gone = new EngineError('backend.deviceLost', message, { reason: 'process' });
      for (const { reject } of this.#waiting.values()) reject(this.#gone);
      this.#waiting.clear();
      onGone();
    };
    line.onClose(() => over('The process that works on the GPU ended unexpectedly.'));
    this.#pinging = setInterval(() => {
      if (this.#waiting.size === 0) return;
      if (Date.now() - this.#heardAt > silence) over('The process that works on the GPU does not answer any more.');
      else line.post({ id: 0, call: 'ping' });
    }, Math.min(PING_EVERY, silence / 4));
  }

  /** @returns the answer, and under which number it was asked */
  ask(request: Unnumbered, onBatch?: Waiting['onBatch']): { id: number; answer: Promise<unknown> } {
    const id = ++this.#asked;
    if (this.#gone !== null) return { id, answer: Promise.reject(this.#gone) };
    if (this.#waiting.size === 0) this.#heardAt = Date.now();
    const answer = new Promise<unknown>((resolve, reject) => { this.#waiting.set(id, { resolve, reject, ...(onBatch === undefined ? {} : { onBatch }) }); });
    this.#line.post({ ...request, id } as Asked);
    return { id, answer };
  }

  /** What needs no answer. */
  tell(message: Extract<HostRequest, { call: 'heard' | 'abort' | 'dispose' }>): void {
    if (this.#gone === null) this.#line.post(message);
  }

  #heard(answer: HostAnswer): void {
    this.#heardAt = Date.now();
    if ('alive' in answer) return;
    const waiting = this.#waiting.get(answer.id);
    if (waiting === undefined) return;
    if ('batch' in answer) {
      waiting.onBatch?.(answer);
      return;
    }
    this.#waiting.delete(answer.id);
    if (answer.ok) waiting.resolve(answer.value);
    else waiting.reject(answer.error.code === null ? new Error(answer.error.message) : new EngineError(answer.error.code, answer.error.message, answer.error.details));
  }
}

/** A backend that lives in the other process. */
function remoteBackend(name: string, connection: Connection, number: number): Backend {
  const plain = Object.fromEntries(plainMethods.map((method) => [method, (...given: unknown[]) => connection.ask({ call: 'method', backend: number, method, given }).answer]));
  return {
    name,
    ...plain as unknown as Omit<Backend, 'name' | 'trainEpoch' | 'dispose'>,
    async trainEpoch(order, { batchSize, learningRate, clipNorm, signal, onBatch, from }: TrainEpochOptions) {
      let failed: unknown = null;
      const { id, answer } = connection.ask(
        { call: 'trainEpoch', backend: number, order, options: { batchSize, learningRate, clipNorm, ...(from === undefined ? {} : { from }) } },
        ({ batch, batches, position }) => {
          void (async () => {
            try {
              await onBatch?.(batch, batches, position);
            } catch (error) {
              failed ??= error;
            }
            if (signal.aborted || failed !== null) connection.tell({ id, call: 'abort' });
            connection.tell({ id, call: 'heard' });
          })();
        });
      // Whoever aborts does not tell: the signal is only looked at.
      const watch = setInterval(() => { if (signal.aborted) connection.tell({ id, call: 'abort' }); }, LOOK_EVERY);
      try {
        const result = await answer as Answers['trainEpoch'];
        if (failed !== null) throw failed as Error;
        return result;
      } finally {
        clearInterval(watch);
      }
    },
    dispose: () => connection.tell({ id: 0, call: 'dispose', backend: number }),
  };
}

/**
 * Backends that another process hosts.
 * @param connect opens a line to it, or says why there is none; asked again after a line has closed
 * @param known what its probe found before, so that it need not be opened to be asked; null: it is asked
 * @param silence milliseconds without a sign of life after which it counts as gone
 */
export function remoteFactory(name: string, connect: () => Promise<Line<HostRequest, HostAnswer> | { reason: string }>, known: Probe | null, silence = SILENCE): BackendFactory {
  let opened: Promise<Connection | { reason: string }> | null = null;
  const connection = () => (opened ??= connect().then((line) => ('reason' in line ? line : new Connection(line, silence, () => { opened = null; }))));
  return {
    name,
    async probe(): Promise<Probe> {
      if (known !== null) return known;
      const found = await connection();
      return 'reason' in found ? { available: false, reason: found.reason } : (await found.ask({ call: 'probe' }).answer as Answers['probe']);
    },
    async create(model, parameters, options) {
      const found = await connection();
      if ('reason' in found) throw new EngineError('backend.unsupported', found.reason, { backend: name });
      return remoteBackend(name, found, await found.ask({ call: 'create', model, parameters, options }).answer as Answers['create']);
    },
  };
}
