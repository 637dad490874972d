import type { SeriesTable } from '../shared/dataset.ts';
import type { AppErrorData } from '../shared/errors.ts';
import type { EpochRecord, Predictions, RunEvent, RunSummary } from '../shared/run.ts';
import { forecastSpec, type RunSpec } from '../shared/spec.ts';
import type { TargetResult, TrainerEvent } from '../shared/trainer-protocol.ts';
import type { Storage } from './index.ts';

/**
 * Writes what a trainer says into the run's rows, as it happens, and tells what the watchers of the run should hear.
 * The app and the command line share it: a run reads the same whoever trained it.
 */
export class RunRecorder {
  readonly #storage: Storage;
  readonly #runId: string;
  readonly #table: SeriesTable;
  #trainEnd = 0;
  #validationEnd = 0;

  #rate: number | null = null;
  #known: RunSpec | null = null;
  /** Steps that were clipped, and the log's entry that says so. */
  #clipped: { entry: number; epoch: number; steps: number; of: number; told: number } | null = null;
  readonly #resumed: { epoch: number } | null;

  /** @param resumed where a run that had ended goes on; null for one that begins */
  constructor(storage: Storage, runId: string, table: SeriesTable, resumed: { epoch: number } | null = null) {
    this.#storage = storage;
    this.#runId = runId;
    this.#table = table;
    this.#resumed = resumed;
  }

  /** @returns null for what nobody needs to hear; `ended` for the last event. @throws environmentError when it cannot be written */
  record(event: TrainerEvent): RunEvent | null {
    const { runs, checkpoints, texts, log } = this.#storage;
    const runId = this.#runId;
    if (event.type !== 'progress' && event.type !== 'preview') runs.assertOwned(runId);
    switch (event.type) {
      case 'started':
        this.#trainEnd = event.plan.split.trainEnd;
        this.#validationEnd = event.plan.split.validationEnd;
        runs.started(runId, event.device, event.plan);
        if (this.#resumed === null) log.add(runId, 'started', { ...event.device });
        else log.add(runId, 'resumed', { ...this.#resumed });
        return { type: 'started', runId, device: event.device, plan: event.plan };
      case 'epochs':
        runs.appendEpochs(runId, event.records);
        this.#logRates(event.records);
        return { type: 'epochs', runId, records: event.records };
      case 'gradients':
        this.#storage.gradients.put(runId, event.records);
        return { type: 'gradients', runId, records: event.records };
      case 'progress':
        return { ...event, runId };
      case 'preview':
        return { type: 'preview', runId, epoch: event.epoch, predictions: this.#somePredictions(event.rows, event.predicted) };
      case 'checkpoint':
        checkpoints.save(runId, event.kind, event.epoch, event.bytes);
        if (event.kind === 'last') log.addCheckpoint(runId, event.epoch);
        this.#logClipped();
        return null;
      case 'clipped':
        this.#clipped = this.#clipped === null ? { entry: 0, told: 0, epoch: event.epoch, steps: event.steps, of: event.of } : { ...this.#clipped, steps: this.#clipped.steps + event.steps, of: this.#clipped.of + event.of };
        if (this.#clipped.entry === 0) this.#logClipped();
        return null;
      case 'finished':
        checkpoints.save(runId, 'final', event.epoch, event.checkpoint);
        this.#logDone(event.epoch, event.evaluations.best.epoch);
        return this.#end('done', {
          metrics: event.metrics, persistence: event.persistence, evaluations: event.evaluations, seconds: event.seconds,
          targets: event.targets.length === 1 ? null : event.targets.map(({ name, metrics, persistence }) => ({ name, metrics, persistence })),
          predictions: this.#predictions(event.targets),
        });
      case 'alphabet':
        texts.put(runId, { characters: event.characters, unknown: event.unknown, metrics: null, baselines: event.baselines, evaluations: null });
        return null;
      case 'accuracy':
        texts.addAccuracy(runId, event.accuracy);
        return { type: 'accuracy', runId, accuracy: event.accuracy };
      case 'sample':
        texts.addSample(runId, event.sample, event.weights);
        return { type: 'sample', runId, sample: event.sample };
      case 'finishedText': {
        checkpoints.save(runId, 'final', event.epoch, event.checkpoint);
        texts.put(runId, { ...texts.get(runId)!, metrics: event.metrics, evaluations: event.evaluations });
        this.#logDone(event.epoch, event.evaluations.best.epoch);
        return this.#end('done', { seconds: event.seconds });
      }
      case 'classes':
        this.#storage.classResults.put(runId, { ...event.reading, counts: event.counts, metrics: null, evaluations: null, mistakes: [], mistakesPart: null });
        return null;
      case 'finishedClasses': {
        const { metrics, evaluations, mistakes, mistakesPart } = event;
        checkpoints.save(runId, 'final', event.epoch, event.checkpoint);
        this.#storage.classResults.put(runId, { ...this.#storage.classResults.get(runId)!, metrics, evaluations, mistakes, mistakesPart });
        this.#logDone(event.epoch, evaluations.best.epoch);
        return this.#end('done', { seconds: event.seconds });
      }
      case 'cancelled':
      case 'paused':
        this.#logClipped();
        log.add(runId, event.type, { epoch: event.epoch });
        return this.#end(event.type, {});
      case 'failed':
        this.#logClipped();
        log.add(runId, 'failed', { epoch: runs.summary(runId).epochsDone }, event.error);
        return this.#end('failed', { error: event.error });
    }
  }

  /** The trainer is gone without a last word. */
  interrupt(error: AppErrorData): RunEvent {
    this.#storage.runs.assertOwned(this.#runId);
    this.#storage.log.add(this.#runId, 'interrupted', { epoch: this.#storage.runs.summary(this.#runId).epochsDone }, error);
    return this.#end('interrupted', { error });
  }

  /** The trainer was killed because it did not hear: what it learnt since the last checkpoint is lost. */
  endHard(status: 'cancelled' | 'paused'): RunEvent {
    this.#storage.runs.assertOwned(this.#runId);
    this.#storage.log.add(this.#runId, status, { epoch: this.#storage.log.history(this.#runId).checkpoint?.epoch ?? 0, killed: true });
    return this.#end(status, {});
  }

  /** A rate that falls by steps or on a plateau is told with its cause; a cosine changes at every epoch. */
  #logRates(records: readonly EpochRecord[]): void {
    const { schedule } = this.#spec().training;
    if (schedule !== 'plateau' && schedule !== 'step') return;
    for (const { epoch, learningRate } of records) {
      if (this.#rate !== null && learningRate < this.#rate) this.#storage.log.add(this.#runId, 'rate', { epoch, from: this.#rate, to: learningRate, cause: schedule });
      this.#rate = learningRate;
    }
  }

  /** One entry a sitting, brought up to date with each checkpoint. */
  #logClipped(): void {
    const clipped = this.#clipped;
    if (clipped === null || clipped.told === clipped.steps) return;
    const { epoch, steps, of } = clipped;
    if (clipped.entry === 0) clipped.entry = this.#storage.log.add(this.#runId, 'clipped', { epoch, steps, of });
    else this.#storage.log.change(this.#runId, clipped.entry, { epoch, steps, of });
    clipped.told = steps;
  }

  #logDone(epoch: number, best: number | null): void {
    const { epochs, patience } = this.#spec().training;
    this.#logClipped();
    if (epoch < epochs) this.#storage.log.add(this.#runId, 'early-stop', { epoch, patience: patience ?? 0, ...(best === null ? {} : { best }) });
    this.#storage.log.add(this.#runId, 'done', { epoch });
  }

  #spec(): RunSpec {
    return this.#known ??= this.#storage.runs.summary(this.#runId).spec;
  }

  /** Time and truth of the rows beside their predictions; the boundaries count these rows alone. */
  #somePredictions(rows: Int32Array, predicted: Float64Array[]): Predictions {
    const { time } = this.#table;
    const [first, ...others] = this.#targets().map(({ name, values }, k) => ({ name, truth: Float64Array.from(rows, (row) => values[row]!), predicted: predicted[k]!, horizon: null }));
    const before = (end: number) => rows.reduce((n, row) => n + (row < end ? 1 : 0), 0);
    return {
      time: { ...time, values: Float64Array.from(rows, (row) => time.values[row]!) }, truth: first!.truth, predicted: first!.predicted,
      trainEnd: before(this.#trainEnd), validationEnd: before(this.#validationEnd), ...(others.length === 0 ? {} : { others }),
    };
  }

  #predictions(results: readonly TargetResult[]): Predictions {
    const [first, ...others] = this.#targets().map(({ name, values }, k) => ({ name, truth: values, predicted: results[k]!.predicted, horizon: results[k]!.horizon }));
    return {
      time: this.#table.time, truth: first!.truth, predicted: first!.predicted, trainEnd: this.#trainEnd, validationEnd: this.#validationEnd, horizon: first!.horizon,
      ...(others.length === 0 ? {} : { others }),
    };
  }

  /** Every target over all rows in the unit of the file, in the order of the spec. */
  #targets(): { name: string; values: Float64Array }[] {
    const { roles } = forecastSpec(this.#spec());
    return roles.targets.map((name) => {
      const column = this.#table.columns.find((each) => each.name === name);
      return { name, values: column?.inverse?.truth ?? column?.values ?? new Float64Array(this.#table.rows) };
    });
  }

  #end(status: Exclude<RunSummary['status'], 'running'>, result: Parameters<Storage['runs']['finish']>[2]): RunEvent {
    this.#storage.runs.finish(this.#runId, status, result);
    if (status === 'done') this.#storage.trim(this.#runId);
    return { type: 'ended', run: this.#storage.runs.summary(this.#runId) };
  }
}
