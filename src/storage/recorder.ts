import type { SeriesTable } from '../shared/dataset.ts';
import type { AppErrorData } from '../shared/errors.ts';
import type { Predictions, RunEvent, RunSummary } from '../shared/run.ts';
import { targetOf } from '../shared/spec.ts';
import type { TrainerEvent } from '../shared/trainer-protocol.ts';
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

  constructor(storage: Storage, runId: string, table: SeriesTable) {
    this.#storage = storage;
    this.#runId = runId;
    this.#table = table;
  }

  /** @returns null for what nobody needs to hear; `ended` for the last event. @throws environmentError when it cannot be written */
  record(event: TrainerEvent): RunEvent | null {
    const { runs, checkpoints, texts } = this.#storage;
    const runId = this.#runId;
    switch (event.type) {
      case 'started':
        this.#trainEnd = event.plan.split.trainEnd;
        this.#validationEnd = event.plan.split.validationEnd;
        runs.started(runId, event.device, event.plan);
        return { type: 'started', runId, device: event.device, plan: event.plan };
      case 'epochs':
        runs.appendEpochs(runId, event.records);
        return { type: 'epochs', runId, records: event.records };
      case 'progress':
        return { ...event, runId };
      case 'preview':
        return { type: 'preview', runId, epoch: event.epoch, predictions: this.#somePredictions(event.rows, event.predicted) };
      case 'checkpoint':
        checkpoints.save(runId, event.kind, event.epoch, event.bytes);
        return null;
      case 'finished':
        checkpoints.save(runId, 'final', event.epoch, event.checkpoint);
        return this.#end('done', {
          metrics: event.metrics, persistence: event.persistence, evaluations: event.evaluations, seconds: event.seconds,
          predictions: {
            time: this.#table.time, truth: this.#target(), predicted: event.predicted,
            trainEnd: this.#trainEnd, validationEnd: this.#validationEnd, horizon: event.horizon,
          },
        });
      case 'alphabet':
        texts.put(runId, { characters: event.characters, unknown: event.unknown, metrics: null });
        return null;
      case 'sample':
        texts.addSample(runId, event.sample);
        return { type: 'sample', runId, sample: event.sample };
      case 'finishedText': {
        checkpoints.save(runId, 'final', event.epoch, event.checkpoint);
        texts.put(runId, { ...texts.get(runId)!, metrics: event.metrics });
        return this.#end('done', { seconds: event.seconds });
      }
      case 'cancelled':
        return this.#end('cancelled', {});
      case 'failed':
        return this.#end('failed', { error: event.error });
    }
  }

  /** The trainer is gone without a last word. */
  interrupt(error: AppErrorData): RunEvent {
    return this.#end('interrupted', { error });
  }

  /** Time and truth of the rows beside their predictions; the boundaries count these rows alone. */
  #somePredictions(rows: Int32Array, predicted: Float64Array): Predictions {
    const { time } = this.#table;
    const truth = this.#target();
    const before = (end: number) => rows.reduce((n, row) => n + (row < end ? 1 : 0), 0);
    return {
      time: { ...time, values: Float64Array.from(rows, (row) => time.values[row]!) }, truth: Float64Array.from(rows, (row) => truth[row]!), predicted,
      trainEnd: before(this.#trainEnd), validationEnd: before(this.#validationEnd),
    };
  }

  #target(): Float64Array {
    const target = targetOf(this.#storage.runs.get(this.#runId).spec);
    return this.#table.columns.find((column) => column.name === target)?.values ?? new Float64Array(this.#table.rows);
  }

  #end(status: Exclude<RunSummary['status'], 'running'>, result: Parameters<Storage['runs']['finish']>[2]): RunEvent {
    this.#storage.runs.finish(this.#runId, status, result);
    return { type: 'ended', run: this.#storage.runs.summary(this.#runId) };
  }
}
