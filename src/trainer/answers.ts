import { decodeCheckpoint } from '../formats/checkpoint.ts';
import { inputError, toErrorData } from '../shared/errors.ts';
import type { Answer, Question } from '../shared/trainer-protocol.ts';
import type { Engines } from '../training/choose.ts';
import { insightOf } from '../training/insight/insight.ts';
import { traceOf } from '../training/insight/trace.ts';
import { runLesson } from '../training/lessons/index.ts';
import { withBackend, type Opened } from '../training/open.ts';

type OpenQuestion = Extract<Question, { kind: 'open' }>;

/** Answers one question after the other; what `open` opened stays open until the next one, or the end of the process. */
export class Answers {
  readonly #engines: Engines;
  readonly #breathe: () => Promise<void>;
  #run: OpenQuestion | null = null;
  #opened: Promise<Opened> | null = null;
  #close: () => void = () => undefined;
  #last: Promise<unknown> = Promise.resolve();

  constructor(engines: Engines, breathe: () => Promise<void>) {
    this.#engines = engines;
    this.#breathe = breathe;
  }

  answer(question: Question): Promise<Answer> {
    const answer = this.#last.then(() => this.#answer(question)).catch((error: unknown): Answer => ({ kind: 'failed', error: toErrorData(error) }));
    this.#last = answer;
    return answer;
  }

  async #answer(question: Question): Promise<Answer> {
    switch (question.kind) {
      case 'lesson': return { kind: 'lesson', result: (await runLesson(this.#engines, question.request, async () => { await this.#breathe(); return false; }))! };
      case 'open': {
        this.#close();
        this.#run = question;
        this.#opened = null;
        const { prepared } = await this.#backend();
        return { kind: 'open', windows: Math.max(0, prepared.plan.split.rows - prepared.data.sequenceLength + 1) };
      }
      case 'trace': {
        const { backend, prepared } = await this.#backend();
        return { kind: 'trace', trace: await traceOf(backend, prepared, question.start) };
      }
      case 'insight': {
        const { spec, table, checkpoint } = this.#known();
        const insight = await insightOf(spec, table, decodeCheckpoint(checkpoint).parameters, question.request, { engines: this.#engines, signal: { aborted: false }, breathe: this.#breathe });
        return { kind: 'insight', insight: insight! };
      }
    }
  }

  #known(): OpenQuestion {
    if (this.#run === null) throw inputError('insight.not-open', 'No run is open.');
    return this.#run;
  }

  /** The backend with the run's weights; it stays until the run is closed. */
  #backend(): Promise<Opened> {
    const { spec, table, checkpoint } = this.#known();
    this.#opened ??= new Promise((resolve, reject) => {
      withBackend(this.#engines, spec, table, (opened) => new Promise<void>((done) => {
        this.#close = done;
        resolve(opened);
      }), decodeCheckpoint(checkpoint).parameters).catch(reject);
    });
    return this.#opened;
  }
}
