import type { Backend } from '../../engine/backend.ts';
import { startsOf } from '../../data/preparing/windows.ts';
import type { CharSpec } from '../../shared/spec.ts';
import type { Parameters } from '../../engine/parameters.ts';
import type { TextMetrics, TokenText } from '../../shared/text.ts';
import type { TrainerEvent } from '../../shared/trainer-protocol.ts';
import { encodePrompt } from '../generation/alphabet.ts';
import { generate } from '../generation/generate.ts';
import { readerOf } from '../generation/reader.ts';
import { EpochLoop, type TrainingHost } from '../loop.ts';
import { optimizerOf } from '../model.ts';
import { withEngine } from '../open.ts';
import type { Resumption } from '../state.ts';
import { Throttle } from '../pace.ts';
import { watchedBaselines } from './baselines.ts';
import { characterMetrics } from './metrics.ts';
import { prepareText, type PreparedText } from './prepare.ts';

type LastEvent = Extract<TrainerEvent, { type: 'finishedText' | 'cancelled' }>;

/** Validation windows evaluated at once. */
const CHUNK = 512;
/** Characters that the accuracy is taken over while it learns, and the least milliseconds between two of them. */
const [WATCHED, ACCURACY_EVERY] = [10_000, 150];
/** Bytes of weights that are kept with a sample at most, and with all samples of a run. */
const [MAX_WEIGHTS, MAX_ALL_WEIGHTS] = [8 * 1024 * 1024, 64 * 1024 * 1024];

type Watched = ReturnType<typeof watchedBaselines>;

/** Whether a sample is written after this epoch: each n-th, or 1, 2, 5, 10, 20, 50 and so on. */
export function isSampled(epoch: number, every: number | null): boolean {
  if (every !== null) return epoch % every === 0;
  const digits = 10 ** Math.floor(Math.log10(epoch));
  return [1, 2, 5].includes(epoch / digits);
}

/**
 * Trains one run on a text, writes samples at the chosen epochs and judges it.
 * @param resumption null: from the first epoch; a run that goes on ends as if it had never stopped
 * @throws an AppError for bad input
 */
export async function trainText(spec: CharSpec, text: TokenText, host: TrainingHost, resumption: Resumption | null = null): Promise<LastEvent> {
  const prepared = prepareText(spec, text);
  return withEngine(host.engines, {
    choice: spec.backend, initialization: spec.model.initialization, model: prepared.model, data: prepared.data,
    options: { loss: { kind: 'crossEntropy' }, optimizer: optimizerOf(spec.training), seed: spec.training.seed }, order: startsOf(prepared.starts.train), batchSize: spec.training.batchSize,
  }, async ({ backend, device }) => {
    if (resumption !== null) await backend.setOptimizerState(resumption.state.optimizer);
    const watched = watchedBaselines(text, prepared.plan, prepared.starts, spec.window.sequenceLength);
    // Before anybody hears that it has started: who then asks for the baselines finds them.
    host.emit({ type: 'alphabet', characters: text.characters, unknown: text.unknown, baselines: watched.summary });
    host.emit({ type: 'started', device, plan: prepared.plan });
    return new TextSession(spec, prepared, watched, backend, host, resumption).run();
  }, resumption?.state.parameters);
}

class TextSession {
  readonly #spec: CharSpec;
  readonly #prepared: PreparedText;
  readonly #backend: Backend;
  readonly #host: TrainingHost;
  readonly #loop: EpochLoop;
  readonly #watched: Watched;
  readonly #accuracyDue = new Throttle(ACCURACY_EVERY);
  #weightBytes = 0;

  constructor(spec: CharSpec, prepared: PreparedText, watched: Watched, backend: Backend, host: TrainingHost, resumption: Resumption | null) {
    [this.#spec, this.#prepared, this.#backend, this.#host] = [spec, prepared, backend, host];
    this.#watched = watched;
    const { train, validation } = prepared.starts;
    this.#loop = new EpochLoop({ training: spec.training, train: startsOf(train), validation: startsOf(validation), chunk: CHUNK, data: prepared.data }, backend, host, resumption);
  }

  async run(): Promise<LastEvent> {
    const after = async (epoch: number, last: boolean) => {
      const sampled = last || isSampled(epoch, this.#spec.samples.every);
      if (this.#accuracyDue.due(this.#host.now()) || sampled) await this.#accuracy(epoch);
      if (!sampled) return;
      this.#loop.flush();
      await this.#sample(epoch);
    };
    const done = this.#loop.epochsDone;
    // What was to be written after the epoch that a checkpoint holds may have been broken off; the same is written again.
    if (done > 0 && this.#loop.betweenEpochs) await after(done, this.#loop.ended);
    return (await this.#loop.run(after)) ? this.#finish() : this.#loop.cancelled();
  }

  async #finish(): Promise<LastEvent> {
    const done = await this.#loop.conclude(() => this.#judged());
    if (done.type === 'cancelled') return done;
    const { epochsDone, seconds } = this.#loop;
    const { last, best, bestEpoch, ended, checkpoint } = done;
    return { type: 'finishedText', metrics: ended, epoch: epochsDone, checkpoint, seconds, evaluations: { best: { epoch: bestEpoch, metrics: best }, last: { epoch: epochsDone, metrics: last } } };
  }

  readonly #pause = async (): Promise<boolean> => {
    await this.#loop.breathe();
    return this.#host.signal.aborted;
  };

  /** What the present weights are worth on each part; null when cancelled. */
  async #judged(): Promise<TextMetrics | null> {
    const { train, validation, test } = this.#prepared.starts;
    const judged = (range: typeof train) => characterMetrics(this.#backend, this.#prepared, this.#watched.baselines, range, this.#pause);
    const metrics = { train: await judged(train), validation: await judged(validation), test: await judged(test) };
    return this.#host.signal.aborted ? null : metrics;
  }

  /** How often it guesses right by now, on the part that is watched. */
  async #accuracy(epoch: number): Promise<void> {
    const metrics = await characterMetrics(this.#backend, this.#prepared, this.#watched.baselines, this.#prepared.starts[this.#watched.part], this.#pause, WATCHED);
    if (metrics !== null) this.#host.emit({ type: 'accuracy', accuracy: { epoch, accuracy: metrics.accuracy } });
  }

  async #sample(epoch: number): Promise<void> {
    const { samples: { prompt, length, temperature }, training: { seed }, window } = this.#spec;
    const { model, text } = this.#prepared;
    const parameters = await this.#backend.parameters();
    const reader = await readerOf(model, parameters, window.sequenceLength, this.#host.engines.reference);
    const { tokens } = encodePrompt(prompt, text, 'drop');
    const { text: written } = await generate(reader, text, tokens, { temperature, topK: null, topP: null, length, seed, stop: '' }, { signal: this.#host.signal });
    reader.dispose();
    // Half a sample is none: it is written when the run goes on.
    if (!this.#host.signal.aborted) this.#host.emit({ type: 'sample', sample: { epoch, prompt, text: written }, weights: this.#sampleWeights(epoch, parameters) });
  }

  /** Kept with the sample that they wrote, so that it can be written on from there; null where they would take too much. */
  #sampleWeights(epoch: number, parameters: Parameters): Uint8Array | null {
    const bytes = Object.values(parameters).reduce((sum, { values }) => sum + values.byteLength, 0);
    if (bytes > MAX_WEIGHTS || this.#weightBytes + bytes > MAX_ALL_WEIGHTS) return null;
    this.#weightBytes += bytes;
    return this.#host.encode({ epoch, parameters, optimizer: {}, generator: [], position: null, seconds: this.#loop.seconds, best: null });
  }
}
