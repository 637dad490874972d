import type Database from 'better-sqlite3';
import { inputError } from '../shared/errors.ts';
import type { Connection } from './connection.ts';

/** last: where training can go on; best: lowest validation loss; final: what the run ended with. */
export const checkpointKinds = ['last', 'best', 'final'] as const;
export type CheckpointKind = (typeof checkpointKinds)[number];

export interface Checkpoint { kind: CheckpointKind; epoch: number; savedAt: string; bytes: Uint8Array }

interface Row { kind: CheckpointKind; epoch: number; saved_at: string; bytes: Uint8Array }

/** Trained parameters of runs, as the bytes that src/formats makes of them; at most one of each kind a run. */
export class Checkpoints {
  readonly #connection: Connection;
  readonly #put: Database.Statement<[string, string, number, string, Uint8Array]>;
  readonly #get: Database.Statement<[string, string], Row>;
  readonly #epoch: Database.Statement<[string, string], number>;
  readonly #same: Database.Statement<[string, string], Row>;
  readonly #newest: Database.Statement<[string], Row>;
  readonly #known: Database.Statement<[string], number>;

  constructor(connection: Connection) {
    this.#connection = connection;
    const { db } = connection;
    this.#put = db.prepare(`
      INSERT INTO checkpoints (run_id, kind, epoch, saved_at, bytes) VALUES (?, ?, ?, ?, ?)
      ON CONFLICT (run_id, kind) DO UPDATE SET epoch = excluded.epoch, saved_at = excluded.saved_at, bytes = excluded.bytes`);
    this.#get = db.prepare('SELECT kind, epoch, saved_at, bytes FROM checkpoints WHERE run_id = ? AND kind = ?');
    this.#epoch = db.prepare<[string, string], number>('SELECT epoch FROM checkpoints WHERE run_id = ? AND kind = ?').pluck() as Database.Statement<[string, string], number>;
    // What a run ends with: the best weights where it stops by patience, else the last ones.
    this.#same = db.prepare(`
      SELECT kind, checkpoints.epoch, saved_at, bytes FROM checkpoints JOIN runs ON runs.id = run_id
      WHERE run_id = ? AND kind = 'final' AND runs.status = 'done' AND ? = CASE WHEN json_extract(spec, '$.training.patience') IS NULL THEN 'last' ELSE 'best' END`);
    this.#newest = db.prepare(`
      SELECT kind, epoch, saved_at, bytes FROM checkpoints WHERE run_id = ?
      ORDER BY CASE kind WHEN 'final' THEN 0 WHEN 'best' THEN 1 ELSE 2 END LIMIT 1`);
    this.#known = db.prepare<[string], number>('SELECT 1 FROM runs WHERE id = ?').pluck() as Database.Statement<[string], number>;
  }

  /** Takes the place of the run's earlier one of this kind. @throws inputError 'run.unknown' */
  save(runId: string, kind: CheckpointKind, epoch: number, bytes: Uint8Array): void {
    this.#connection.write(() => {
      if (this.#known.get(runId) === undefined) throw inputError('run.unknown', `There is no run "${runId}".`, { details: { id: runId } });
      this.#put.run(runId, kind, epoch, this.#connection.now(), bytes);
    });
  }

  /** Epochs that the checkpoint of a kind has learnt; null when there is none. */
  epochOf(runId: string, kind: CheckpointKind): number | null {
    return this.#connection.read(() => this.#epoch.get(runId, kind) ?? null);
  }

  /**
   * @param kind left out: the final one, else the best, else the last; null when there is none. One that was trimmed because
   *   the final one holds the same weights is that one.
   */
  get(runId: string, kind?: CheckpointKind): Checkpoint | null {
    const row = this.#connection.read(() => (kind === undefined ? this.#newest.get(runId) : this.#get.get(runId, kind) ?? this.#same.get(runId, kind)));
    return row === undefined ? null : { kind: row.kind, epoch: row.epoch, savedAt: row.saved_at, bytes: row.bytes };
  }
}
