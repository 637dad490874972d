import type { UtilityProcess } from 'electron';
import { AppError, environmentError } from '../shared/errors.ts';
import type { ExperimentProgress } from '../shared/experiments.ts';
import type { Answer, Question, TrainerMessage } from '../shared/trainer-protocol.ts';
import { forkTrainer } from './gpu-window.ts';

/** Milliseconds without a question after which the process is ended. */
const IDLE = 60_000;

interface Waiting { resolve(answer: Answer): void; reject(error: unknown): void; onPiece?(text: string): void; onProgress?(progress: ExperimentProgress): void }

/** What whoever asks may hear before the answer: its number, to cancel it by, its pieces, and how far it has come. */
export interface Asking { onAsked?(id: number): void; onPiece?(text: string): void; onProgress?(progress: ExperimentProgress): void }

/** Networks that write are forgotten by the process beyond so many; see trainer/answers.ts. */
const NAMED = 4;

/** A process that answers questions while somebody looks at a run or a lesson: started by the first one, ended when idle. */
export class Companion {
  readonly #entry: string;
  #child: UtilityProcess | null = null;
  readonly #waiting = new Map<number, Waiting>();
  #asked = 0;
  #idle: NodeJS.Timeout | undefined;
  /** Which run is open in it. */
  #open: string | null = null;
  #named: string[] = [];

  /** @param entry path of the trainer's script */
  constructor(entry: string) { this.#entry = entry; }

  /** @throws what the process says, or that it died or was stopped */
  async ask<K extends Answer['kind']>(question: Question & { kind: K }, asking: Asking = {}): Promise<Extract<Answer, { kind: K }>> {
    const answer = await new Promise<Answer>((resolve, reject) => {
      const id = ++this.#asked;
      this.#waiting.set(id, { resolve, reject, ...(asking.onPiece === undefined ? {} : { onPiece: asking.onPiece }), ...(asking.onProgress === undefined ? {} : { onProgress: asking.onProgress }) });
      this.#process().postMessage({ type: 'ask', id, question });
      asking.onAsked?.(id);
      this.#rest();
    });
    this.#rest();
    if (answer.kind === 'failed') throw new AppError(answer.error.fault, answer.error.code, answer.error.message, answer.error);
    return answer as Extract<Answer, { kind: K }>;
  }

  /** Opens a run, unless it is open already. @param key changes with the run and its weights */
  async open(key: string, load: () => Promise<Question & { kind: 'open' | 'openSequences' }>): Promise<void> {
    if (this.#open === key && this.#child !== null) return;
    const question = await load();
    this.#open = key;
    try {
      await this.ask(question);
    } catch (error) {
      if (this.#open === key) this.#open = null;
      throw error;
    }
  }

  /** Opens one of several under its key, unless it is open already; the latest few stay open. */
  async openNamed(key: string, question: Question & { kind: 'openText' }): Promise<void> {
    const known = this.#child !== null && this.#named.includes(key);
    if (!known) await this.ask(question);
    // The process goes by the order of opening.
    if (!known) this.#named = [...this.#named.filter((other) => other !== key), key].slice(-NAMED);
  }

  /** Breaks off what was asked under this number. */
  cancel(id: number): void {
    this.#child?.postMessage({ type: 'cancelAsk', id });
  }

  /** Ends the process; whoever waits is told. */
  stop(): void {
    clearTimeout(this.#idle);
    const child = this.#child;
    this.#forget(environmentError('insight.stopped', 'It was stopped.', { hint: 'Ask again.' }));
    child?.kill();
  }

  #process(): UtilityProcess {
    if (this.#child !== null) return this.#child;
    const child = forkTrainer(this.#entry, { serviceName: 'Unroll companion' });
    this.#child = child;
    child.on('message', (message: TrainerMessage) => {
      if (message.type === 'answerPiece') this.#waiting.get(message.id)?.onPiece?.(message.text);
      if (message.type === 'answerProgress') this.#waiting.get(message.id)?.onProgress?.(message.progress);
      if (message.type !== 'answer') return;
      this.#waiting.get(message.id)?.resolve(message.answer);
      this.#waiting.delete(message.id);
    });
    child.on('exit', (code) => {
      if (this.#child !== child) return;
      this.#forget(environmentError('trainer.died', `The training process ended unexpectedly (exit code ${code}).`, { hint: 'Try again.', details: { code } }));
    });
    return child;
  }

  #forget(reason: AppError): void {
    this.#child = null;
    this.#open = null;
    this.#named = [];
    for (const { reject } of this.#waiting.values()) reject(reason);
    this.#waiting.clear();
  }

  #rest(): void {
    clearTimeout(this.#idle);
    if (this.#waiting.size === 0) this.#idle = setTimeout(() => this.stop(), IDLE);
  }
}
