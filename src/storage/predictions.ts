import type Database from 'better-sqlite3';
import { horizonErrorsSchema, type HorizonErrors, type Predictions } from '../shared/run.ts';
import { timeKinds } from '../shared/dataset.ts';
import { environmentError } from '../shared/errors.ts';
import type { Connection } from './connection.ts';
import { toBytes, toFloats } from './floats.ts';
import { fromJson, readRow, toJson } from './stored.ts';

interface Row {
  time_kind: string; time_name: string; time: Uint8Array; truth: Uint8Array; predicted: Uint8Array; train_end: number; validation_end: number;
  horizon: string | null;
}

interface OtherRow { name: string; truth: Uint8Array; predicted: Uint8Array; horizon: string | null }

/** Truth and prediction of a run over its whole series. Callers hold the transaction. */
export class PredictionRows {
  readonly #put: Database.Statement<[{ runId: string } & Row]>;
  readonly #get: Database.Statement<[string], Row>;
  readonly #clear: Database.Statement<[string]>;
  readonly #putOther: Database.Statement<[{ runId: string; place: number } & OtherRow]>;
  readonly #others: Database.Statement<[string], OtherRow>;
  readonly #has: Database.Statement<[string], number>;

  constructor({ db }: Connection) {
    this.#put = db.prepare(`
      INSERT OR REPLACE INTO predictions (run_id, time_kind, time_name, time, truth, predicted, train_end, validation_end, horizon)
      VALUES (:runId, :time_kind, :time_name, :time, :truth, :predicted, :train_end, :validation_end, :horizon)`);
    this.#get = db.prepare('SELECT time_kind, time_name, time, truth, predicted, train_end, validation_end, horizon FROM predictions WHERE run_id = ?');
    this.#clear = db.prepare('DELETE FROM target_predictions WHERE run_id = ?');
    this.#putOther = db.prepare('INSERT INTO target_predictions (run_id, place, name, truth, predicted, horizon) VALUES (:runId, :place, :name, :truth, :predicted, :horizon)');
    this.#others = db.prepare('SELECT name, truth, predicted, horizon FROM target_predictions WHERE run_id = ? ORDER BY place');
    this.#has = db.prepare<[string], number>('SELECT 1 FROM predictions WHERE run_id = ?').pluck() as Database.Statement<[string], number>;
  }

  put(runId: string, { time, truth, predicted, trainEnd, validationEnd, horizon, others }: Predictions): void {
    this.#put.run({
      runId, time_kind: time.kind, time_name: time.name, time: toBytes(time.values), truth: toBytes(truth), predicted: toBytes(predicted),
      train_end: trainEnd, validation_end: validationEnd,
      horizon: horizon === undefined || horizon === null ? null : toJson(horizonErrorsSchema, horizon),
    });
    this.#clear.run(runId);
    others?.forEach((other, i) => {
      this.#putOther.run({
        runId, place: i + 1, name: other.name, truth: toBytes(other.truth), predicted: toBytes(other.predicted), horizon: other.horizon === null ? null : toJson(horizonErrorsSchema, other.horizon),
      });
    });
  }

  has(runId: string): boolean {
    return this.#has.get(runId) !== undefined;
  }

  /** null for a run without them. @throws environmentError when the stored numbers do not fit together */
  get(runId: string): Predictions | null {
    const row = this.#get.get(runId);
    if (row === undefined) return null;
    const kind = timeKinds.find((known) => known === row.time_kind);
    const others = this.#others.all(runId);
    const lengths = [row.time.length, row.truth.length, row.predicted.length, ...others.flatMap((other) => [other.truth.length, other.predicted.length])];
    if (kind === undefined || lengths.some((length) => length !== lengths[0] || length % 8 !== 0)) {
      throw environmentError('storage.unreadable', `The stored predictions of run "${runId}" cannot be read.`, {
        hint: 'Train again with the same settings.', details: { what: 'predictions', id: runId, reason: `${row.time_kind}: ${lengths.join(', ')} bytes` },
      });
    }
    return {
      time: { kind, name: row.time_name, values: toFloats(row.time) },
      truth: toFloats(row.truth), predicted: toFloats(row.predicted), trainEnd: row.train_end, validationEnd: row.validation_end,
      horizon: horizonOf(runId, row.horizon),
      ...(others.length === 0 ? {} : { others: others.map(({ name, truth, predicted, horizon }) => ({ name, truth: toFloats(truth), predicted: toFloats(predicted), horizon: horizonOf(runId, horizon) })) }),
    };
  }
}

function horizonOf(runId: string, text: string | null): HorizonErrors | null {
  return text === null ? null : readRow(horizonErrorsSchema, 'run', runId, () => fromJson(text));
}
