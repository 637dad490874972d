import type { Backend, CancelSignal, OptimizerState } from '../engine/backend.ts';
import type { Parameters } from '../engine/parameters.ts';
import { Rng, scheduledRate } from '../engine/index.ts';
import { startsOf } from '../data/windows.ts';
import type { SeriesTable } from '../shared/dataset.ts';
import { inputError } from '../shared/errors.ts';
import type { EpochRecord, Evaluations } from '../shared/run.ts';
import type { ForecastSpec } from '../shared/spec.ts';
import type { TrainerEvent } from '../shared/trainer-protocol.ts';
import type { Engines } from './choose.ts';
import { EarlyStopping } from './early-stopping.ts';
import { horizonErrors, judge } from './judge.ts';
import { Throttle, TimeLeft } from './pace.ts';
import { withBackend } from './open.ts';
import { chunkOf, windowOutputs } from './outputs.ts';
import type { Prepared } from './prepare.ts';

/** Everything that a run needs to go on exactly as if it had never stopped, or to predict. */
export interface TrainingState {
  /** Epochs done. */
  epoch: number;
  parameters: Parameters;
  optimizer: OptimizerState;
  /** State of the generator that shuffles the windows. */
  generator: number[];
}

/** What the loop needs of its surroundings. */
export interface TrainingHost {
  engines: Engines;
  /** The bytes of a checkpoint; the form is not the loop's business. */
  encode(state: TrainingState): Uint8Array;
  emit(event: TrainerEvent): void;
  signal: CancelSignal;
  /** Lets the host's events in, so that `signal` can change. */
  breathe(): Promise<void>;
  /** Milliseconds, from any origin. */
  now(): number;
}

type LastEvent = Extract<TrainerEvent, { type: 'finished' | 'cancelled' }>;

/** Milliseconds between two messages of a kind: 30 a second for epochs, 10 for progress. */
const EPOCHS_EVERY = 34;
const PROGRESS_EVERY = 100;
const PREVIEW_EVERY = 1000;
const CHECKPOINT_EVERY = 3000;
/** The longest that the loop computes without letting events in. */
const BREATHE_EVERY = 8;
/** Rows predicted for a preview, spread evenly over the series. */
const PREVIEW_ROWS = 600;

/**
 * Trains one run from the first epoch to the last and judges it.
 * @returns the last event: finished or cancelled
 * @throws what cannot be trained: an AppError for bad input, anything else is a fault of ours
 */
export function trainRun(spec: ForecastSpec, table: SeriesTable, host: TrainingHost): Promise<LastEvent> {
  return withBackend(host.engines, spec, table, ({ backend, prepared, device }) => {
    host.emit({ type: 'started', device, plan: prepared.plan });
    return new Session(spec, prepared, backend, host).run();
  });
}

class Session {
  readonly #spec: ForecastSpec;
  readonly #prepared: Prepared;
  readonly #backend: Backend;
  readonly #host: TrainingHost;
  readonly #order: Int32Array;
  readonly #validation: Int32Array;
  readonly #rng: Rng;
  /** Windows evaluated at once; it follows from the spec alone, so that the same spec gives the same bits. */
  readonly #chunk: number;
  readonly #began: number;
  readonly #timeLeft: TimeLeft;
  readonly #epochsDue = new Throttle(EPOCHS_EVERY);
  readonly #progressDue = new Throttle(PROGRESS_EVERY);
  readonly #checkpointDue = new Throttle(CHECKPOINT_EVERY);
  readonly #previewDue = new Throttle(PREVIEW_EVERY);
  #unsent: EpochRecord[] = [];
  #breathed: number;
  #steps = 0;
  /** Steps that the last checkpoint holds. */
  #stepsKept = -1;
  #epochsDone = 0;
  /** Weights of the best epoch so far; `kept`: a checkpoint holds them. */
  #best: { epoch: number; parameters: Parameters; kept: boolean } = { epoch: 0, parameters: {}, kept: true };

  constructor(spec: ForecastSpec, prepared: Prepared, backend: Backend, host: TrainingHost) {
    this.#spec = spec;
    this.#prepared = prepared;
    this.#backend = backend;
    this.#host = host;
    this.#chunk = chunkOf(prepared);
    this.#order = startsOf(prepared.starts.train);
    this.#validation = startsOf(prepared.starts.validation);
    // Another stream than the initial weights': the order must not depend on the size of the model.
    this.#rng = new Rng(spec.training.seed, 1);
    this.#began = host.now();
    this.#breathed = this.#began;
    this.#timeLeft = new TimeLeft(spec.training.epochs, this.#began);
    this.#checkpointDue.due(this.#began);
  }

  async run(): Promise<LastEvent> {
    const { epochs, patience } = this.#spec.training;
    const stopping = new EarlyStopping(patience);
    const losses: number[] = [];
    for (let epoch = 1; epoch <= epochs; epoch++) {
      const record = await this.#epoch(epoch, losses);
      if (record === null) return this.#cancelled();
      const watched = record.validationLoss ?? record.trainLoss;
      losses.push(watched);
      this.#epochsDone = epoch;
      this.#unsent.push(record);
      if (this.#epochsDue.due(this.#host.now())) this.#flush();
      const { improved, stop } = stopping.observe(epoch, watched);
      if (improved) this.#best = { epoch, parameters: await this.#backend.parameters(), kept: false };
      if (this.#previewDue.due(this.#host.now())) await this.#preview(epoch);
      if (this.#checkpointDue.due(this.#host.now())) await this.#checkpoint(epoch);
      if (stop) break;
    }
    this.#flush();
    return this.#finish();
  }

  /** @returns null when it was cancelled on the way */
  async #epoch(epoch: number, losses: number[]): Promise<EpochRecord | null> {
    const { batchSize, clipNorm } = this.#spec.training;
    const learningRate = scheduledRate(this.#spec.training.schedule, this.#spec.training.learningRate, epoch - 1, this.#spec.training.epochs, losses);
    this.#rng.shuffle(this.#order);
    const stepsBefore = this.#steps;
    const result = await this.#backend.trainEpoch(this.#order, {
      batchSize, learningRate, clipNorm, signal: this.#host.signal,
      onBatch: (batch, batches) => {
        this.#steps = stepsBefore + batch;
        this.#tell(epoch, batch, batches);
        return this.#breatheIfDue();
      },
    });
    this.#steps = stepsBefore + result.steps;
    if (this.#host.signal.aborted) return null;
    if (result.nonFiniteStep !== null) throw await this.#diverged(epoch, result.nonFiniteStep);
    const validationLoss = this.#validation.length === 0 ? null : await this.#meanLoss(this.#validation);
    if (this.#host.signal.aborted) return null;
    if (validationLoss !== null && !Number.isFinite(validationLoss)) throw await this.#diverged(epoch, result.steps);
    return {
      epoch, trainLoss: result.loss, validationLoss, gradientNorm: result.gradNorm, learningRate,
      seconds: (this.#host.now() - this.#began) / 1000,
    };
  }

  #tell(epoch: number, batch: number, batches: number): void {
    const now = this.#host.now();
    if (!this.#progressDue.due(now)) return;
    const elapsed = (now - this.#began) / 1000;
    this.#host.emit({
      type: 'progress', epoch, epochs: this.#spec.training.epochs, batch, batches,
      secondsLeft: this.#timeLeft.estimate(epoch - 1 + batch / batches, now),
      stepsPerSecond: elapsed > 0.2 ? this.#steps / elapsed : null,
    });
  }

  #breatheIfDue(): Promise<void> | void {
    const now = this.#host.now();
    if (now - this.#breathed < BREATHE_EVERY) return;
    return this.#host.breathe().then(() => { this.#breathed = this.#host.now(); });
  }

  /** Mean loss over the windows, in chunks so that a cancel is heard on the way. */
  async #meanLoss(starts: Int32Array): Promise<number> {
    let sum = 0;
    for (let from = 0; from < starts.length && !this.#host.signal.aborted; from += this.#chunk) {
      const chunk = starts.subarray(from, from + this.#chunk);
      sum += (await this.#backend.evaluate(chunk)) * chunk.length;
      await this.#breatheIfDue();
    }
    return sum / starts.length;
  }

  /** Outputs of the windows' last step in the data's unit, [N * horizon]; null when cancelled. */
  #outputs(starts: Int32Array): Promise<Float64Array | null> {
    return windowOutputs(this.#backend, this.#prepared, starts, this.#chunk, async () => {
      await this.#breatheIfDue();
      return this.#host.signal.aborted;
    });
  }

  /** What the network predicts by now, so that a person sees it learn. */
  async #preview(epoch: number): Promise<void> {
    const { data: { sequenceLength, horizon }, plan } = this.#prepared;
    const count = plan.split.rows - sequenceLength - horizon + 1;
    const step = Math.ceil(count / PREVIEW_ROWS);
    const starts = startsOf({ first: 0, step, count: Math.ceil(count / step) });
    const outputs = await this.#outputs(starts);
    if (outputs === null) return;
    this.#host.emit({ type: 'preview', epoch, rows: starts.map((start) => start + sequenceLength), predicted: Float64Array.from(starts, (_, i) => outputs[i * horizon]!) });
  }

  /** Judges the weights of the last epoch and of the best one; with early stopping the best ones are what the run ends with. */
  async #finish(): Promise<LastEvent> {
    const last = await this.#judged();
    if (last === null) return this.#cancelled();
    let checkpoint = await this.#encoded(this.#epochsDone);
    let best = last;
    const other = this.#best.epoch !== this.#epochsDone && this.#best.epoch !== 0;
    if (other) {
      this.#emitBest();
      await this.#backend.setParameters(this.#best.parameters);
      const judged = await this.#judged();
      if (judged === null) return this.#cancelled();
      best = judged;
      if (this.#spec.training.patience !== null) checkpoint = await this.#encoded(this.#epochsDone);
    }
    const { metrics, persistence, predicted, horizon } = this.#spec.training.patience === null ? last : best;
    const evaluations: Evaluations = { best: { epoch: other ? this.#best.epoch : this.#epochsDone, metrics: best.metrics }, last: { epoch: this.#epochsDone, metrics: last.metrics } };
    return { type: 'finished', metrics, persistence, evaluations, horizon, predicted, epoch: this.#epochsDone, checkpoint, seconds: (this.#host.now() - this.#began) / 1000 };
  }

  /** What the present weights are worth; null when cancelled. */
  async #judged() {
    const { data: { sequenceLength, horizon }, target, plan, starts } = this.#prepared;
    const every = Math.max(0, plan.split.rows - sequenceLength - horizon + 1);
    const outputs = await this.#outputs(startsOf({ first: 0, step: 1, count: every }));
    if (outputs === null) return null;
    await this.#preview(this.#epochsDone);
    return { ...judge(target, outputs, starts, sequenceLength, horizon), horizon: horizonErrors(target, outputs, starts, sequenceLength, horizon) };
  }

  #emitBest(): void {
    const { epoch, parameters, kept } = this.#best;
    if (kept) return;
    this.#best.kept = true;
    // Only to predict with: training goes on from the last checkpoint.
    this.#host.emit({ type: 'checkpoint', kind: 'best', epoch, bytes: this.#host.encode({ epoch, parameters, optimizer: {}, generator: [] }) });
  }

  #flush(): void {
    if (this.#unsent.length === 0) return;
    this.#host.emit({ type: 'epochs', records: this.#unsent });
    this.#unsent = [];
  }

  async #encoded(epoch: number): Promise<Uint8Array> {
    return this.#host.encode({
      epoch, parameters: await this.#backend.parameters(), optimizer: await this.#backend.optimizerState(), generator: this.#rng.state(),
    });
  }

  async #checkpoint(epoch: number): Promise<void> {
    this.#flush();
    // Nothing was learnt since the last one: gathering a large model again would only keep a cancel waiting.
    if (this.#steps === this.#stepsKept) return;
    this.#stepsKept = this.#steps;
    this.#host.emit({ type: 'checkpoint', kind: 'last', epoch, bytes: await this.#encoded(epoch) });
    this.#emitBest();
  }

  async #cancelled(): Promise<LastEvent> {
    await this.#checkpoint(this.#epochsDone);
    return { type: 'cancelled', epoch: this.#epochsDone };
  }

  /** The weights are the last finite ones: the backend stops before the update that would spoil them. */
  async #diverged(epoch: number, step: number): Promise<Error> {
    await this.#checkpoint(this.#epochsDone);
    return inputError('training.diverged', `The loss is no longer a finite number since epoch ${epoch}, step ${step + 1}.`, {
      field: 'training.learningRate',
      // No weight had changed yet: it is the numbers that went in.
      hint: epoch === 1 && step === 0 && this.#spec.scaling === 'none' ? 'Scale the data, for its values are too large as they are.' : 'Choose a smaller learning rate, or clip the gradient norm to 1.',
      details: { epoch, step: step + 1 },
    });
  }
}
