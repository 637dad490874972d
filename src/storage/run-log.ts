import type Database from 'better-sqlite3';
import { appErrorSchema, inputError, type AppErrorData } from '../shared/errors.ts';
import { runLogEntrySchema, type RunHistory, type RunLogEntry, type RunLogKind } from '../shared/run-log.ts';
import type { Connection } from './connection.ts';
import { fromJson, readRow, toJson } from './stored.ts';

interface Row { number: number; at: string; kind: string; details: string; error: string | null }
type Details = RunLogEntry['details'];

/** The rows of what runs have been through. Callers hold the transaction. */
export class RunLogRows {
  readonly #connection: Connection;
  readonly #put: Database.Statement<[{ id: string; number: number; at: string; kind: string; details: string; error: string | null }]>;
  readonly #last: Database.Statement<[string], Row>;
  readonly #all: Database.Statement<[string], Row>;

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#put = connection.db.prepare('INSERT OR REPLACE INTO run_log (run_id, number, at, kind, details, error) VALUES (:id, :number, :at, :kind, :details, :error)');
    this.#last = connection.db.prepare('SELECT number, at, kind, details, error FROM run_log WHERE run_id = ? ORDER BY number DESC LIMIT 1');
    this.#all = connection.db.prepare('SELECT number, at, kind, details, error FROM run_log WHERE run_id = ? ORDER BY number');
  }

  /** @returns its number, for `change` */
  add(id: string, kind: RunLogKind, details: Details, error: AppErrorData | null = null, at = this.#connection.now()): number {
    const number = (this.#last.get(id)?.number ?? 0) + 1;
    this.#write(id, number, at, kind, details, error);
    return number;
  }

  /** A checkpoint every few seconds would bury all else: those in a row are one entry. */
  addCheckpoint(id: string, epoch: number): void {
    const last = this.#last.get(id);
    const times = last?.kind === 'checkpoint' ? Number((JSON.parse(last.details) as Details)['times'] ?? 1) + 1 : 1;
    if (last?.kind === 'checkpoint') this.#write(id, last.number, this.#connection.now(), 'checkpoint', { epoch, times }, null);
    else this.add(id, 'checkpoint', { epoch, times });
  }

  /** Says more of an entry; its time stays. */
  change(id: string, number: number, details: Details): void {
    const row = this.#all.all(id).find((other) => other.number === number);
    if (row !== undefined) this.#put.run({ id, ...row, details: JSON.stringify(details) });
  }

  all(id: string): RunLogEntry[] {
    return this.#all.all(id).map((row) => readRow(runLogEntrySchema, 'run log', id, () => ({ at: row.at, kind: row.kind, details: fromJson(row.details), error: fromJson(row.error) })));
  }

  #write(id: string, number: number, at: string, kind: RunLogKind, details: Details, error: AppErrorData | null): void {
    this.#put.run({ id, number, at, kind, details: JSON.stringify(details), error: error === null ? null : toJson(appErrorSchema, error) });
  }
}

/** What runs have been through, with the causes. */
export class RunLog {
  readonly #connection: Connection;
  readonly #rows: RunLogRows;
  readonly #run: Database.Statement<[string], { checkpoint: number | null; saved_at: string | null }>;

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#rows = new RunLogRows(connection);
    this.#run = connection.db.prepare(`
      SELECT checkpoints.epoch AS checkpoint, checkpoints.saved_at FROM runs LEFT JOIN checkpoints ON checkpoints.run_id = runs.id AND checkpoints.kind = 'last' WHERE runs.id = ?`);
  }

  /** @returns the number of the entry, for `change` */
  add(id: string, kind: RunLogKind, details: Details = {}, error: AppErrorData | null = null): number {
    return this.#connection.write(() => this.#rows.add(id, kind, details, error));
  }

  addCheckpoint(id: string, epoch: number): void {
    this.#connection.write(() => this.#rows.addCheckpoint(id, epoch));
  }

  change(id: string, number: number, details: Details): void {
    this.#connection.write(() => this.#rows.change(id, number, details));
  }

  /** @throws inputError 'run.unknown' */
  history(id: string): RunHistory {
    return this.#connection.read(() => {
      const row = this.#run.get(id);
      if (row === undefined) throw inputError('run.unknown', `There is no run "${id}".`, { hint: 'List the runs to see their ids.', details: { id } });
      return { entries: this.#rows.all(id), checkpoint: row.checkpoint === null || row.saved_at === null ? null : { epoch: row.checkpoint, savedAt: row.saved_at } };
    });
  }
}
