import type { Backend } from '../../engine/backend.ts';
import { probabilitiesOf } from '../../engine/index.ts';
import { MISTAKES, PREVIEW, type ClassMetrics, type LabelledSequences, type Mistake, type PartScore } from '../../shared/classify.ts';
import type { SplitName } from '../../shared/plan.ts';
import type { ClassifySpec } from '../../shared/spec.ts';
import type { TrainerEvent } from '../../shared/trainer-protocol.ts';
import { EpochLoop, type TrainingHost } from '../loop.ts';
import { optimizerOf } from '../model.ts';
import { withEngine } from '../open.ts';
import { Throttle } from '../pace.ts';
import type { Resumption } from '../state.ts';
import { scoresOf } from './metrics.ts';
import { prepareClasses, type PreparedClasses } from './prepare.ts';

type LastEvent = Extract<TrainerEvent, { type: 'finishedClasses' | 'cancelled' }>;

/** Sequences judged at once. */
const CHUNK = 256;
/** The least milliseconds between two accuracies while it learns, and the sequences that one is taken over. */
const [ACCURACY_EVERY, WATCHED] = [150, 2000];

/** Trains one run on labelled sequences and judges it. @throws an AppError for bad input */
export async function trainClasses(spec: ClassifySpec, given: LabelledSequences, host: TrainingHost, resumption: Resumption | null = null): Promise<LastEvent> {
  const prepared = prepareClasses(spec, given);
  return withEngine(host.engines, {
    choice: spec.backend, initialization: spec.model.initialization, model: prepared.model, data: prepared.data,
    options: { loss: { kind: 'crossEntropy' }, optimizer: optimizerOf(spec.training), seed: spec.training.seed }, order: prepared.starts.train, batchSize: spec.training.batchSize,
  }, async ({ backend, device }) => {
    if (resumption !== null) await backend.setOptimizerState(resumption.state.optimizer);
    host.emit({ type: 'classes', reading: prepared.reading, counts: prepared.counts });
    host.emit({ type: 'started', device, plan: prepared.plan });
    return new ClassSession(spec, given, prepared, backend, host, resumption).run();
  }, resumption?.state.parameters);
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

  async #finish(): Promise<LastEvent> {
    const done = await this.#loop.conclude(() => this.#judged());
    if (done.type === 'cancelled') return done;
    const { epochsDone, seconds } = this.#loop;
    const { last, best, bestEpoch, ended, checkpoint } = done;
    return {
      type: 'finishedClasses', ...ended, mistakesPart: this.#shown, epoch: epochsDone, checkpoint, seconds,
      evaluations: { best: { epoch: bestEpoch, metrics: best.metrics }, last: { epoch: epochsDone, metrics: last.metrics } },
    };
  }

  /** What the present weights are worth on each part, and their mistakes; null when cancelled. */
  async #judged(): Promise<{ metrics: ClassMetrics; mistakes: Mistake[] } | null> {
    this.#mistakes = [];
    const metrics = { train: await this.#score('train'), validation: await this.#score('validation'), test: await this.#score('test') };
    return this.#host.signal.aborted ? null : { metrics, mistakes: this.#mistakes };
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
        const probabilities = probabilitiesOf(outputs.subarray(w * C, (w + 1) * C));
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
