import { decodeCheckpoint } from '../formats/checkpoint.ts';
import { inputError, toErrorData } from '../shared/errors.ts';
import type { ExperimentProgress } from '../shared/experiments.ts';
import type { Answer, Question } from '../shared/trainer-protocol.ts';
import type { Engines } from '../training/choose.ts';
import { backtest } from '../training/insight/backtest.ts';
import { sweepLengths } from '../training/insight/sweep.ts';
import { classifyOne } from '../training/classify/classify.ts';
import { insightOf } from '../training/insight/insight.ts';
import { sequenceInsight, sequenceTrace, withSequences, type OpenedSequences } from '../training/insight/sequences.ts';
import { storedInsight } from '../training/insight/stored.ts';
import { traceOf } from '../training/insight/trace.ts';
import type { ExperimentHost } from '../training/insight/short-runs.ts';
import { runLesson } from '../training/lessons/index.ts';
import { lookAhead, openWriter, writeOn, type Writer } from '../training/generation/written.ts';
import { withBackend, type Opened } from '../training/open.ts';

/** Networks that write and stay open: two side by side, and those before. */
const WRITERS = 4;

/** What an answer may do on its way. */
export interface AnswerHost { signal: { aborted: boolean }; onPiece(text: string): void; onProgress(progress: ExperimentProgress): void }

type OpenQuestion = Extract<Question, { kind: 'open' }>;

/** The gates are most of a trace; where only the hidden state is shown their names suffice. */
function lookedAt<T extends { gates: Record<string, Float32Array> }>(trace: T, gates: boolean): T {
  return gates ? trace : { ...trace, gates: Object.fromEntries(Object.keys(trace.gates).map((name) => [name, new Float32Array(0)])) };
}

/** Answers one question after the other; what `open` opened stays open until the next one, or the end of the process. */
export class Answers {
  readonly #engines: Engines;
  readonly #breathe: () => Promise<void>;
  #run: OpenQuestion | null = null;
  #opened: Promise<Opened> | null = null;
  #sequences: Promise<OpenedSequences> | null = null;
  #close: () => void = () => undefined;
  #last: Promise<unknown> = Promise.resolve();
  readonly #writers = new Map<string, Writer>();

  constructor(engines: Engines, breathe: () => Promise<void>) {
    this.#engines = engines;
    this.#breathe = breathe;
  }

  answer(question: Question, host: AnswerHost): Promise<Answer> {
    const answer = this.#last.then(() => this.#answer(question, host)).catch((error: unknown): Answer => ({ kind: 'failed', error: toErrorData(error) }));
    this.#last = answer;
    return answer;
  }

  async #answer(question: Question, host: AnswerHost): Promise<Answer> {
    switch (question.kind) {
      case 'lesson': return { kind: 'lesson', result: (await runLesson(this.#engines, question.request, async () => { await this.#breathe(); return false; }))! };
      case 'open': {
        this.#close();
        this.#run = question;
        this.#opened = this.#sequences = null;
        const { prepared } = await this.#backend();
        return { kind: 'open', windows: Math.max(0, prepared.plan.split.rows - prepared.data.sequenceLength + 1) };
      }
      case 'trace': {
        const { backend, prepared } = await this.#backend();
        return { kind: 'trace', trace: lookedAt(await traceOf(backend, prepared, question.start), question.gates) };
      }
      case 'insight': {
        const { spec, table, checkpoint } = this.#known();
        const insight = await insightOf(spec, table, decodeCheckpoint(checkpoint).parameters, question.request, { engines: this.#engines, signal: { aborted: false }, breathe: this.#breathe });
        return { kind: 'insight', insight: insight! };
      }
      case 'openSequences': {
        this.#close();
        this.#run = null;
        this.#sequences = new Promise((resolve, reject) => {
          withSequences(this.#engines, question.job, decodeCheckpoint(question.checkpoint).parameters, (opened) => new Promise<void>((done) => {
            this.#close = done;
            resolve(opened);
          })).catch(reject);
        });
        await this.#sequences;
        return { kind: 'openSequences' };
      }
      case 'sequenceInsight': return { kind: 'sequenceInsight', insight: (await sequenceInsight(await this.#open(), { engines: this.#engines, signal: { aborted: false }, breathe: this.#breathe }))! };
      case 'sequenceTrace': return { kind: 'sequenceTrace', trace: lookedAt(await sequenceTrace(await this.#open(), question.window), question.gates) };
      case 'storedInsight': return { kind: 'storedInsight', insight: storedInsight(question.spec, question.predictions, question.request, question.lacking) };
      case 'backtest': {
        const { spec, table } = this.#known();
        return { kind: 'backtest', backtest: await backtest(spec, table, question.request, this.#experiment(host)) };
      }
      case 'sweep': {
        const { spec, table } = this.#known();
        return { kind: 'sweep', sweep: await sweepLengths(spec, table, question.request, this.#experiment(host)) };
      }
      case 'openText': return this.#openText(question);
      case 'write': {
        const onText = (text: string) => { host.onPiece(text); return this.#breathe(); };
        return { kind: 'write', written: await writeOn(this.#writer(question.key), question.request, { signal: host.signal, onText, now: () => performance.now() }) };
      }
      case 'classify': return { kind: 'classify', classified: await classifyOne(this.#engines, question.spec, question.reading, decodeCheckpoint(question.checkpoint).parameters, question.typed) };
      case 'look': return { kind: 'look', looked: await lookAhead(this.#writer(question.key), question.request) };
    }
  }

  async #openText({ key, spec, characters, unknown, checkpoint }: Extract<Question, { kind: 'openText' }>): Promise<Answer> {
    const { parameters, epoch } = decodeCheckpoint(checkpoint);
    const writer = await openWriter(this.#engines, spec, { characters, unknown }, parameters, epoch);
    this.#writers.get(key)?.reader.dispose();
    this.#writers.delete(key);
    this.#writers.set(key, writer);
    for (const [oldest, { reader }] of this.#writers) {
      if (this.#writers.size <= WRITERS) break;
      reader.dispose();
      this.#writers.delete(oldest);
    }
    return { kind: 'openText' };
  }

  #writer(key: string): Writer {
    const writer = this.#writers.get(key);
    if (writer === undefined) throw inputError('insight.not-open', 'No run is open.');
    return writer;
  }

  #experiment({ signal, onProgress }: AnswerHost): ExperimentHost {
    return { engines: this.#engines, signal, breathe: this.#breathe, onProgress, now: () => performance.now() };
  }

  #open(): Promise<OpenedSequences> {
    if (this.#sequences === null) throw inputError('insight.not-open', 'No run is open.');
    return this.#sequences;
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
