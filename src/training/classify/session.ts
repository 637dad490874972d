import type { Backend, BackendOptions } from '../../engine/backend.ts';
import { initialParameters } from '../../engine/index.ts';
import { MISTAKES, PREVIEW, type ClassMetrics, type LabelledSequences, type Mistake, type PartScore } from '../../shared/classify.ts';
import type { SplitName } from '../../shared/plan.ts';
import type { ClassifySpec } from '../../shared/spec.ts';
import type { TrainerEvent } from '../../shared/trainer-protocol.ts';
import { chooseBackend } from '../choose.ts';
import { explained } from '../engine-error.ts';
import { EpochLoop, type TrainingHost } from '../loop.ts';
import { optimizerOf } from '../model.ts';
import { Throttle } from '../pace.ts';
import type { Resumption } from '../state.ts';
import { scoresOf, softmax } from './metrics.ts';
import { prepareClasses, type PreparedClasses } from './prepare.ts';

type LastEvent = Extract<TrainerEvent, { type: 'finishedClasses' | 'cancelled' }>;

/** Sequences judged at once. */
const CHUNK = 256;
/** The least milliseconds between two accuracies while it learns, and the sequences that one is taken over. */
const [ACCURACY_EVERY, WATCHED] = [150, 2000];

/** Trains one run on labelled sequences and judges it. @throws an AppError for bad input */
export async function trainClasses(spec: ClassifySpec, given: LabelledSequences, host: TrainingHost, resumption: Resumption | null = null): Promise<LastEvent> {
  const prepared = prepareClasses(spec, given);
  const options: BackendOptions = { loss: { kind: 'crossEntropy' }, optimizer: optimizerOf(spec.training), seed: spec.training.seed };
  const work = { model: prepared.model, options, data: prepared.data, order: prepared.starts.train, batchSize: spec.training.batchSize };
  const { factory, device } = await chooseBackend(host.engines, spec.backend, work).catch((error: unknown) => { throw explained(error); });
  let backend: Backend | null = null;
  try {
    backend = await factory.create(prepared.model, resumption?.state.parameters ?? initialParameters(prepared.model, spec.model.initialization, spec.training.seed), options);
    await backend.load(prepared.data);
    if (resumption !== null) await backend.setOptimizerState(resumption.state.optimizer);
    host.emit({ type: 'classes', reading: prepared.reading, counts: prepared.counts });
    host.emit({ type: 'started', device, plan: prepared.plan });
    return await new ClassSession(spec, given, prepared, backend, host, resumption).run();
  } catch (error) {
    throw explained(error);
  } finally {
    backend?.dispose();
  }
}

class ClassSession {
  readonly #spec: ClassifySpec;
  readonly #given: LabelledSequences;
  readonly #prepared: PreparedClasses;
  readonly #backend: Backend;
  readonly #host: TrainingHost;
  readonly #loop: EpochLoop;
  readonly #accuracyDue = new Throttle(ACCURACY_EVERY);
  /** The last part that has examples: its mistakes are shown. */
  readonly #shown: SplitName;
  #mistakes: Mistake[] = [];

  constructor(spec: ClassifySpec, given: LabelledSequences, prepared: PreparedClasses, backend: Backend, host: TrainingHost, resumption: Resumption | null) {
    [this.#spec, this.#given, this.#prepared, this.#backend, this.#host] = [spec, given, prepared, backend, host];
    const { train, validation } = prepared.starts;
    this.#shown = (['test', 'validation', 'train'] as const).find((part) => prepared.starts[part].length > 0)!;
    this.#loop = new EpochLoop({ training: spec.training, train, validation, chunk: CHUNK, data: prepared.data }, backend, host, resumption);
  }

  async run(): Promise<LastEvent> {
    const part = this.#prepared.starts.validation.length > 0 ? 'validation' : 'train';
    const after = async (epoch: number, last: boolean) => {
      if (!last && !this.#accuracyDue.due(this.#host.now())) return;
      const score = await this.#score(part, WATCHED);
      if (score !== null) this.#host.emit({ type: 'accuracy', accuracy: { epoch, accuracy: score.accuracy } });
    };
    return (await this.#loop.run(after)) ? this.#finish() : this.#loop.cancelled();
  }

  /** Judges the weights of the last epoch and of the best one; with early stopping the best ones are what the run ends with. */
  async #finish(): Promise<LastEvent> {
    const { epochsDone, best: found } = this.#loop;
    const { patience } = this.#spec.training;
    const last = await this.#judged();
    if (last === null) return this.#loop.cancelled();
    let mistakes = this.#mistakes;
    let checkpoint = await this.#loop.final(true);
    let best = last;
    const other = found.epoch !== epochsDone && found.epoch !== 0;
    if (other) {
      await this.#loop.checkpoint();
      this.#loop.keepBest();
      await this.#backend.setParameters(found.parameters);
      const judged = await this.#judged();
      if (judged === null) return { type: 'cancelled', epoch: epochsDone };
      best = judged;
      if (patience !== null) {
        checkpoint = await this.#loop.final(false);
        mistakes = this.#mistakes;
      }
    }
    return {
      type: 'finishedClasses', metrics: patience === null ? last : best, mistakes, mistakesPart: this.#shown, epoch: epochsDone, checkpoint, seconds: this.#loop.seconds,
      evaluations: { best: { epoch: other ? found.epoch : epochsDone, metrics: best }, last: { epoch: epochsDone, metrics: last } },
    };
  }

  /** What the present weights are worth on each part; null when cancelled. */
  async #judged(): Promise<ClassMetrics | null> {
    this.#mistakes = [];
    const metrics = { train: await this.#score('train'), validation: await this.#score('validation'), test: await this.#score('test') };
    return this.#host.signal.aborted ? null : metrics;
  }

  /** @param most sequences that are looked at, evenly spread; left out: all, and the mistakes of the shown part are kept */
  async #score(part: SplitName, most = Infinity): Promise<PartScore | null> {
    const { starts, labels, model, counts } = this.#prepared;
    const step = Math.max(1, Math.ceil(starts[part].length / most));
    const chosen = starts[part].filter((_, i) => i % step === 0);
    if (chosen.length === 0) return null;
    const C = model.outputSize;
    const T = this.#spec.window.sequenceLength;
    const confusion = Array.from({ length: C }, () => new Array<number>(C).fill(0));
    let loss = 0;
    for (let from = 0; from < chosen.length; from += CHUNK) {
      const chunk = chosen.subarray(from, from + CHUNK);
      const outputs = await this.#backend.predict(chunk);
      chunk.forEach((start, w) => {
        const place = start / T;
        const truth = labels[place]!;
        const probabilities = softmax(outputs.subarray(w * C, (w + 1) * C));
        const predicted = probabilities.indexOf(Math.max(...probabilities));
        loss -= Math.log(Math.max(probabilities[truth]!, 1e-45));
        confusion[truth]![predicted]! += 1;
        if (most === Infinity && part === this.#shown && predicted !== truth) this.#keep(place, truth, predicted, probabilities[predicted]!);
      });
      await this.#loop.breathe();
      if (this.#host.signal.aborted) return null;
    }
    return scoresOf(confusion, loss / chosen.length, counts.train.indexOf(Math.max(...counts.train)));
  }

  /** Keeps the mistakes that the network was surest of. */
  #keep(place: number, truth: number, predicted: number, probability: number): void {
    const { values, offsets, lines, kind } = this.#given;
    const example = this.#prepared.order[place]!;
    if (this.#mistakes.length === MISTAKES && probability <= this.#mistakes.at(-1)!.probability) return;
    const shown = Array.from(values.subarray(offsets[example]!, Math.min(offsets[example + 1]!, offsets[example]! + PREVIEW)));
    const sequence = kind === 'text' ? String.fromCodePoint(...shown) : shown.map((value) => String(Number(value.toPrecision(6)))).join(' ');
    this.#mistakes = [...this.#mistakes, { line: lines[example]!, sequence, truth, predicted, probability }].sort((a, b) => b.probability - a.probability).slice(0, MISTAKES);
  }
}
