import type Database from 'better-sqlite3';
import { appErrorSchema, inputError, type AppErrorData } from '../shared/errors.ts';
import { MAX_QUEUE, queueItemSchema, type QueueItem } from '../shared/queue.ts';
import { runSpecSchema, type RunSpec } from '../shared/spec.ts';
import type { Connection } from './connection.ts';
import { fromJson, readRow, readRows, toJson } from './stored.ts';

export interface NewQueueItem { id: string; name: string; datasetId: string; spec: RunSpec; runId: string | null; groupId: string | null }

interface Row {
  id: string; place: number; name: string; dataset_id: string; dataset_name: string; spec: string; run_id: string | null; group_id: string | null; added_at: string; error: string | null;
}

/** Runs to come, in their order, and the groups that runs of several seeds make. */
export class Queue {
  readonly #connection: Connection;
  readonly #sql: ReturnType<typeof prepare>;

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#sql = prepare(connection.db);
  }

  /** Puts runs at the end, in their order, all of them or none. @throws inputError 'queue.full' */
  add(items: readonly NewQueueItem[]): void {
    this.#connection.write(() => {
      if (this.#sql.count.get()! + items.length > MAX_QUEUE) throw inputError('queue.full', `At most ${MAX_QUEUE} runs can wait in the queue.`, { hint: 'Let some of them train first.', details: { limit: MAX_QUEUE } });
      let place = this.#sql.last.get() ?? 0;
      for (const { id, name, datasetId, spec, runId, groupId } of items) {
        this.#sql.insert.run({ id, place: ++place, name, datasetId, spec: toJson(runSpecSchema, spec), runId, groupId, now: this.#connection.now() });
      }
    });
  }

  list(): QueueItem[] {
    return this.#connection.read(() => readRows(this.#connection, this.#sql.list.all(), toItem));
  }

  /** The first one that was not refused; null when none waits. */
  next(): QueueItem | null {
    return this.list().find((item) => item.error === null) ?? null;
  }

  /** Its turn came and no run could begin: it stays, with the reason; null: it is tried again. */
  setError(id: string, error: AppErrorData | null): void {
    this.#connection.write(() => this.#sql.setError.run(error === null ? null : toJson(appErrorSchema, error), id));
  }

  /** @param index place among all that wait, from 0. @throws inputError 'queue.unknown' */
  move(id: string, index: number): void {
    this.#connection.write(() => {
      const ids = this.#sql.list.all().map((row) => row.id);
      if (!ids.includes(id)) throw unknown(id);
      const others = ids.filter((other) => other !== id);
      others.splice(Math.max(0, Math.min(index, others.length)), 0, id);
      others.forEach((other, i) => this.#sql.setPlace.run(i + 1, other));
    });
  }

  /** @returns whether it was still there */
  remove(id: string): boolean {
    return this.#connection.write(() => this.#sql.remove.run(id).changes > 0);
  }

  addGroup(id: string, name: string): void {
    this.#connection.write(() => this.#sql.insertGroup.run(id, name, this.#connection.now()));
  }

  /** Seeds of the runs of a group. */
  seeds(groupId: string): number[] {
    return this.#connection.read(() => this.#sql.seeds.all(groupId));
  }

  /** Runs that are there already join a group. */
  join(groupId: string, runIds: readonly string[]): void {
    this.#connection.write(() => { for (const id of runIds) this.#sql.join.run(groupId, id); });
  }
}

function unknown(id: string): Error {
  return inputError('queue.unknown', 'This run does not wait in the queue any more.', { details: { id } });
}

function toItem(row: Row): QueueItem {
  return readRow(queueItemSchema, 'queue item', row.id, () => ({
    id: row.id, name: row.name, datasetId: row.dataset_id, datasetName: row.dataset_name, spec: fromJson(row.spec), runId: row.run_id,
    groupId: row.group_id, addedAt: row.added_at, error: fromJson(row.error),
  }));
}

function prepare(db: Database.Database) {
  return {
    count: db.prepare<[], number>('SELECT count(*) FROM queue').pluck() as Database.Statement<[], number>,
    last: db.prepare<[], number>('SELECT max(place) FROM queue').pluck() as Database.Statement<[], number | null>,
    insert: db.prepare('INSERT INTO queue (id, place, name, dataset_id, spec, run_id, group_id, added_at) VALUES (:id, :place, :name, :datasetId, :spec, :runId, :groupId, :now)') as Database.Statement<[{
      id: string; place: number; name: string; datasetId: string; spec: string; runId: string | null; groupId: string | null; now: string;
    }]>,
    list: db.prepare<[], Row>(`
      SELECT queue.id, place, queue.name, dataset_id, (SELECT name FROM datasets WHERE id = dataset_id) AS dataset_name, spec, run_id, group_id, added_at, error FROM queue ORDER BY place`),
    remove: db.prepare<[string]>('DELETE FROM queue WHERE id = ?'),
    setPlace: db.prepare<[number, string]>('UPDATE queue SET place = ? WHERE id = ?'),
    setError: db.prepare<[string | null, string]>('UPDATE queue SET error = ? WHERE id = ?'),
    insertGroup: db.prepare<[string, string, string]>('INSERT INTO run_groups (id, name, created_at) VALUES (?, ?, ?)'),
    seeds: db.prepare<[string], number>("SELECT json_extract(spec, '$.training.seed') FROM runs WHERE group_id = ?").pluck() as Database.Statement<[string], number>,
    join: db.prepare<[string, string]>('UPDATE runs SET group_id = ? WHERE id = ?'),
  };
}
