import type Database from 'better-sqlite3';
import type { EpochRecord } from '../shared/run.ts';
import type { Connection } from './connection.ts';
import type { Curve } from './run-rows.ts';

interface Row { epoch: number; train_loss: number; validation_loss: number | null; gradient_norm: number; learning_rate: number; seconds: number }

/** Losses in a run's little curve. */
const CURVE_POINTS = 60;

/** The epochs of runs, one row each. Callers hold the transaction. */
export class Epochs {
  readonly #put: Database.Statement<[string, number, number, number | null, number, number, number]>;
  readonly #all: Database.Statement<[string], Row>;
  readonly #some: Database.Statement<[string, string], Row>;

  constructor({ db }: Connection) {
    this.#put = db.prepare(`
      INSERT INTO epochs (run_id, epoch, train_loss, validation_loss, gradient_norm, learning_rate, seconds) VALUES (?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (run_id, epoch) DO UPDATE SET train_loss = excluded.train_loss, validation_loss = excluded.validation_loss,
        gradient_norm = excluded.gradient_norm, learning_rate = excluded.learning_rate, seconds = excluded.seconds`);
    this.#all = db.prepare('SELECT epoch, train_loss, validation_loss, gradient_norm, learning_rate, seconds FROM epochs WHERE run_id = ? ORDER BY epoch');
    this.#some = db.prepare(`
      SELECT epoch, train_loss, validation_loss, gradient_norm, learning_rate, seconds FROM epochs
      WHERE run_id = ? AND epoch IN (SELECT value FROM json_each(?)) ORDER BY epoch`);
  }

  /** An epoch that is there already is replaced. @throws Error for a number that is not finite, which could not be read again */
  put(runId: string, records: readonly EpochRecord[]): void {
    for (const r of records) {
      if (![r.trainLoss, r.validationLoss ?? 0, r.gradientNorm, r.learningRate, r.seconds].every(Number.isFinite)) {
        throw new Error(`Epoch ${r.epoch} of ${runId} has a number that is not finite: ${JSON.stringify({ ...r, trainLoss: String(r.trainLoss), gradientNorm: String(r.gradientNorm) })}`);
      }
      this.#put.run(runId, r.epoch, r.trainLoss, r.validationLoss, r.gradientNorm, r.learningRate, r.seconds);
    }
  }

  all(runId: string): EpochRecord[] {
    return this.#all.all(runId).map((row) => ({
      epoch: row.epoch, trainLoss: row.train_loss, validationLoss: row.validation_loss,
      gradientNorm: row.gradient_norm, learningRate: row.learning_rate, seconds: row.seconds,
    }));
  }

  /** At most 60 losses, evenly spaced over the epochs 1 .. count, the first and the last among them. */
  curve(runId: string, count: number): Curve {
    const points = Math.min(count, CURVE_POINTS);
    const wanted = Array.from({ length: points }, (_, i) => (points === 1 ? count : 1 + Math.round((i * (count - 1)) / (points - 1))));
    const rows = this.#some.all(runId, JSON.stringify(wanted));
    return {
      train: rows.map((row) => row.train_loss),
      validation: rows.flatMap((row) => (row.validation_loss === null ? [] : [row.validation_loss])),
    };
  }
}
