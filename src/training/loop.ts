import { epochStart, type Backend, type CancelSignal, type EpochPosition, type SequenceData, type TrainingState } from '../engine/backend.ts';
import { Rng, scheduledRate } from '../engine/index.ts';
import type { Parameters } from '../engine/parameters.ts';
import { inputError } from '../shared/errors.ts';
import type { GradientRecord } from '../shared/gradients.ts';
import type { EpochRecord } from '../shared/run.ts';
import type { TrainingSettings } from '../shared/spec.ts';
import type { TrainerEvent } from '../shared/trainer-protocol.ts';
import type { Engines } from './choose.ts';
import { EarlyStopping } from './early-stopping.ts';
import { GradientWatch } from './gradient-watch.ts';
import { Throttle, TimeLeft } from './pace.ts';
import type { Resumption } from './state.ts';

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

/** What is trained: the settings, and the starts of the windows of each part. */
export interface LoopJob {
  training: Omit<TrainingSettings, 'loss'>;
  train: Int32Array;
  validation: Int32Array;
  /** Windows evaluated at once; it must follow from the spec and the data alone, so that the same spec gives the same bits. */
  chunk: number;
  /** What the backend has loaded: the gradient is looked at on it; left out: it is not. */
  data?: SequenceData;
  /** What to do when the loss is no longer finite before any weight has changed. */
  hintAtFirstStep?: string;
}

type CancelledEvent = Extract<TrainerEvent, { type: 'cancelled' }>;

/** What a run that came to its end is worth: by its last epoch, by its best one, and by the weights that it ends with. */
export interface Conclusion<J> { type: 'judged'; last: J; best: J; bestEpoch: number; ended: J; checkpoint: Uint8Array }

/** Milliseconds between two messages of a kind: 30 a second for epochs, 10 for progress. */
const EPOCHS_EVERY = 34;
const PROGRESS_EVERY = 100;
const CHECKPOINT_EVERY = 3000;
/** A checkpoint takes at most this share of the time: one of a large model is made less often. */
const CHECKPOINT_SHARE = 0.05;
/** The longest that the loop computes without letting events in. */
const BREATHE_EVERY = 8;

/**
 * The epochs of one run, of whatever task: order, schedule, early stopping, best weights, checkpoints, and what the host
 * hears of it. One that goes on from a checkpoint ends, on the same backend, in the same bits as one that never stopped.
 */
export class EpochLoop {
  readonly #job: LoopJob;
  readonly #backend: Backend;
  readonly #host: TrainingHost;
  /** Starts as they are shuffled for an epoch. */
  readonly #order: Int32Array;
  readonly #rng: Rng;
  readonly #stopping: EarlyStopping;
  readonly #losses: number[] = [];
  readonly #epochsDue = new Throttle(EPOCHS_EVERY);
  readonly #progressDue = new Throttle(PROGRESS_EVERY);
  readonly #timeLeft: TimeLeft;
  /** Epochs that the time left is not told from, for another sitting did them. */
  readonly #before: number;
  readonly #sitting: number;
  /** When training would have begun if it had never stopped. */
  readonly #began: number;
  #unsent: EpochRecord[] = [];
  readonly #watch: GradientWatch | null;
  #unsentGradients: GradientRecord[] = [];
  /** Steps of the epochs since `epoch` whose gradient was clipped, not yet told. */
  #clipped: { epoch: number; steps: number; of: number } | null = null;
  #breathed: number;
  #checkpointAt: number;
  /** Steps of this sitting, and how many of them the last checkpoint holds. */
  #steps = 0;
  #stepsKept = -1;
  #epochsDone = 0;
  #stopped = false;
  /** State of the generator before the epoch in progress, and how far that has come. */
  #generator: number[];
  #position: EpochPosition = epochStart;
  /** Weights of the best epoch so far; `kept`: a checkpoint holds them. */
  #best: { epoch: number; parameters: Parameters; kept: boolean } = { epoch: 0, parameters: {}, kept: true };

  constructor(job: LoopJob, backend: Backend, host: TrainingHost, resumption: Resumption | null) {
    this.#job = job;
    this.#backend = backend;
    this.#host = host;
    const { training: { epochs, seed, patience, batchSize }, train } = job;
    this.#order = train.slice();
    // Another stream than the initial weights': the order must not depend on the size of the model.
    this.#rng = new Rng(seed, 1);
    this.#stopping = new EarlyStopping(patience);
    this.#watch = job.data === undefined || train.length === 0 ? null : new GradientWatch(backend, job.data, train, epochs);
    this.#sitting = this.#breathed = host.now();
    this.#began = this.#sitting - (resumption?.state.seconds ?? 0) * 1000;
    this.#checkpointAt = this.#sitting + CHECKPOINT_EVERY;
    if (resumption !== null) this.#goOn(resumption);
    this.#generator = this.#rng.state();
    this.#before = this.#epochsDone + this.#position.steps / Math.max(1, Math.ceil(train.length / batchSize));
    this.#timeLeft = new TimeLeft(epochs - this.#before, this.#sitting);
  }

  get epochsDone(): number { return this.#epochsDone; }
  /** Seconds trained, earlier sittings included. */
  get seconds(): number { return (this.#host.now() - this.#began) / 1000; }
  /** The loop stands right after an epoch: what is done after each may have been left undone when it was broken off. */
  get betweenEpochs(): boolean { return this.#position.steps === 0; }

  /** No epoch follows. */
  get ended(): boolean { return this.#stopped || this.#epochsDone >= this.#job.training.epochs; }

  /** What follows from the epochs is made again from them; the rest the state holds. */
  #goOn({ state, records }: Resumption): void {
    const past = records.filter(({ epoch }) => epoch <= state.epoch);
    if (state.position === null || past.length !== state.epoch || past.some(({ epoch }, i) => epoch !== i + 1)) {
      throw inputError('checkpoint.incomplete', 'The checkpoint cannot be gone on from: its place in the training or the epochs before it are missing.', { hint: 'Train again with the same settings.', details: { epoch: state.epoch } });
    }
    for (const record of past) this.#stopped = this.#observe(record).stop;
    this.#epochsDone = state.epoch;
    this.#rng.setState(state.generator);
    this.#position = state.position;
    if (state.best !== null) this.#best = { ...state.best, kept: false };
  }

  #observe(record: EpochRecord): { improved: boolean; stop: boolean } {
    const watched = record.validationLoss ?? record.trainLoss;
    this.#losses.push(watched);
    return this.#stopping.observe(record.epoch, watched);
  }

  /**
   * Trains to the last epoch.
   * @param afterEpoch called after each epoch, before its checkpoint; `last`: none follows
   * @returns false when it was cancelled on the way
   */
  async run(afterEpoch: (epoch: number, last: boolean) => Promise<void>): Promise<boolean> {
    while (!this.ended) {
      const epoch = this.#epochsDone + 1;
      const record = await this.#epoch(epoch);
      if (record === null) return false;
      const position = this.#position;
      this.#epochsDone = epoch;
      this.#generator = this.#rng.state();
      this.#position = epochStart;
      this.#unsent.push(record);
      if (this.#epochsDue.due(this.#host.now())) this.flush();
      const { improved, stop } = this.#observe(record);
      if (improved) this.#best = { epoch, parameters: await this.#backend.parameters(), kept: false };
      this.#stopped = stop;
      const gradients = await this.#watch?.after(epoch, position, this.ended) ?? null;
      if (gradients !== null) this.#unsentGradients.push(gradients);
      await afterEpoch(epoch, this.ended);
      if (this.#host.now() >= this.#checkpointAt) await this.checkpoint();
    }
    this.flush();
    return !this.#host.signal.aborted;
  }

  /** @returns null when it was cancelled on the way */
  async #epoch(epoch: number): Promise<EpochRecord | null> {
    const { training, train, validation } = this.#job;
    const learningRate = scheduledRate(training.schedule, training.learningRate, epoch - 1, training.epochs, this.#losses);
    // From the same order every time: the generator's state alone tells the order of an epoch that goes on.
    this.#order.set(train);
    this.#rng.shuffle(this.#order);
    const stepsBefore = this.#steps - this.#position.steps;
    const result = await this.#backend.trainEpoch(this.#order, {
      batchSize: training.batchSize, learningRate, clipNorm: training.clipNorm, signal: this.#host.signal, from: this.#position,
      onBatch: (batch, batches, position) => {
        this.#steps = stepsBefore + batch;
        this.#position = position;
        this.#tell(epoch, batch, batches);
        if (batch < batches && this.#host.now() >= this.#checkpointAt) return this.checkpoint().then(() => this.breathe());
        return this.breathe();
      },
    });
    this.#position = result.position;
    this.#steps = stepsBefore + result.steps;
    if (this.#host.signal.aborted) return null;
    if (result.nonFiniteStep !== null) throw await this.#diverged(epoch, result.nonFiniteStep);
    if (result.position.clipped > 0) {
      const { epoch: first, steps, of } = this.#clipped ?? { epoch, steps: 0, of: 0 };
      this.#clipped = { epoch: first, steps: steps + result.position.clipped, of: of + result.steps };
    }
    const validationLoss = validation.length === 0 ? null : await this.#meanLoss(validation);
    if (this.#host.signal.aborted) return null;
    if (validationLoss !== null && !Number.isFinite(validationLoss)) throw await this.#diverged(epoch, result.steps);
    return { epoch, trainLoss: result.loss, validationLoss, gradientNorm: result.gradNorm, learningRate, seconds: this.seconds };
  }

  #tell(epoch: number, batch: number, batches: number): void {
    const now = this.#host.now();
    if (!this.#progressDue.due(now)) return;
    const elapsed = (now - this.#sitting) / 1000;
    this.#host.emit({
      type: 'progress', epoch, epochs: this.#job.training.epochs, batch, batches,
      secondsLeft: this.#timeLeft.estimate(epoch - 1 + batch / batches - this.#before, now),
      stepsPerSecond: elapsed > 0.2 ? this.#steps / elapsed : null,
    });
  }

  /** Lets the host's events in when it is time. */
  breathe(): Promise<void> | void {
    if (this.#host.now() - this.#breathed < BREATHE_EVERY) return;
    return this.#host.breathe().then(() => { this.#breathed = this.#host.now(); });
  }

  /** Mean loss over the windows, in chunks so that a cancel is heard on the way. */
  async #meanLoss(starts: Int32Array): Promise<number> {
    let sum = 0;
    for (let from = 0; from < starts.length && !this.#host.signal.aborted; from += this.#job.chunk) {
      const chunk = starts.subarray(from, from + this.#job.chunk);
      sum += (await this.#backend.evaluate(chunk)) * chunk.length;
      await this.breathe();
    }
    return sum / starts.length;
  }

  /** Sends the records that wait. */
  flush(): void {
    if (this.#unsent.length === 0 && this.#unsentGradients.length === 0) return;
    if (this.#unsent.length > 0) this.#host.emit({ type: 'epochs', records: this.#unsent });
    this.#unsent = [];
    if (this.#unsentGradients.length > 0) this.#host.emit({ type: 'gradients', records: this.#unsentGradients });
    this.#unsentGradients = [];
    if (this.#clipped !== null) this.#host.emit({ type: 'clipped', ...this.#clipped });
    this.#clipped = null;
  }

  /** A checkpoint that training can go on from, of what was learnt since the last one. */
  async checkpoint(): Promise<void> {
    this.flush();
    const began = this.#host.now();
    // Nothing was learnt since the last one: gathering a large model again would only keep a cancel waiting.
    if (this.#steps === this.#stepsKept) return;
    this.#stepsKept = this.#steps;
    const { epoch, parameters } = this.#best;
    const bytes = this.#host.encode({ ...await this.#weights(), position: this.#position, best: epoch === 0 ? null : { epoch, parameters } });
    this.#host.emit({ type: 'checkpoint', kind: 'last', epoch: this.#epochsDone, bytes });
    this.#keepBest();
    const ended = this.#host.now();
    this.#checkpointAt = ended + Math.max(CHECKPOINT_EVERY, (ended - began) / CHECKPOINT_SHARE);
  }

  /** The weights of the best epoch as a checkpoint to predict with, unless one holds them. */
  #keepBest(): void {
    const { epoch, parameters, kept } = this.#best;
    if (kept) return;
    this.#best.kept = true;
    this.#host.emit({ type: 'checkpoint', kind: 'best', epoch, bytes: this.#host.encode({ epoch, parameters, optimizer: {}, generator: [], position: null, seconds: this.seconds, best: null }) });
  }

  /**
   * Judges the weights of the last epoch and of the best one; with early stopping the best ones are what the run ends with.
   * @param judged what the present weights are worth; null when cancelled
   */
  async conclude<J>(judged: () => Promise<J | null>): Promise<Conclusion<J> | CancelledEvent> {
    const last = await judged();
    if (last === null) return this.cancelled();
    const keepsBest = this.#job.training.patience !== null;
    const { epoch, parameters } = this.#best;
    let checkpoint = await this.#final(true);
    let best = last;
    const isOther = epoch !== this.#epochsDone && epoch !== 0;
    if (isOther) {
      // With the last epoch's weights, while they are there: a run that is broken off from here on goes on from them.
      await this.checkpoint();
      this.#keepBest();
      await this.#backend.setParameters(parameters);
      const found = await judged();
      if (found === null) return { type: 'cancelled', epoch: this.#epochsDone };
      best = found;
      if (keepsBest) checkpoint = await this.#final(false);
    }
    return { type: 'judged', last, best, bestEpoch: isOther ? epoch : this.#epochsDone, ended: keepsBest ? best : last, checkpoint };
  }

  /** What the run ends with, as the backend holds it. @param goesOn whether these are the weights of the last epoch */
  async #final(goesOn: boolean): Promise<Uint8Array> {
    this.#keepBest();
    return this.#host.encode({ ...await this.#weights(), position: goesOn ? epochStart : null, best: null });
  }

  async #weights(): Promise<Omit<TrainingState, 'position' | 'best'>> {
    return { epoch: this.#epochsDone, parameters: await this.#backend.parameters(), optimizer: await this.#backend.optimizerState(), generator: this.#generator, seconds: this.seconds };
  }

  /** The last event of a run that was broken off, with a checkpoint before it. */
  async cancelled(): Promise<CancelledEvent> {
    await this.checkpoint();
    return { type: 'cancelled', epoch: this.#epochsDone };
  }

  /** The weights are the last finite ones: the backend stops before the update that would spoil them. */
  async #diverged(epoch: number, step: number): Promise<Error> {
    await this.checkpoint();
    const { hintAtFirstStep } = this.#job;
    return inputError('training.diverged', `The loss is no longer a finite number since epoch ${epoch}, step ${step + 1}.`, {
      field: 'training.learningRate',
      // No weight had changed yet: it is the numbers that went in.
      hint: epoch === 1 && step === 0 && hintAtFirstStep !== undefined ? hintAtFirstStep : 'Choose a smaller learning rate, or clip the gradient norm to 1.',
      details: { epoch, step: step + 1 },
    });
  }
}
