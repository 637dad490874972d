import type Database from 'better-sqlite3';
import { inputError } from '../shared/errors.ts';
import { comparisonSchema, type Comparison } from '../shared/run.ts';
import type { Connection } from './connection.ts';

interface Row { id: string; name: string; run_ids: string; view: string; created_at: string; removed_at: string | null }

/** Comparisons that a person keeps. */
export class Comparisons {
  readonly #connection: Connection;
  readonly #sql: ReturnType<typeof prepare>;

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#sql = prepare(connection.db);
  }

  /** Those that were not removed, the newest first. */
  list(): Comparison[] {
    return this.#connection.read(() => this.#sql.list.all().map(toComparison));
  }

  /** A new one, or another content for one that is there. */
  save({ id, name, runIds, view }: Pick<Comparison, 'id' | 'name' | 'runIds' | 'view'>): Comparison {
    return this.#connection.write(() => {
      this.#sql.put.run(id, name, JSON.stringify(runIds), JSON.stringify(view), this.#connection.now());
      return toComparison(this.#sql.get.get(id)!);
    });
  }

  /** It is only marked, so that it can come back. @throws inputError 'comparison.unknown' */
  setRemoved(id: string, removed: boolean): void {
    this.#connection.write(() => {
      if (this.#sql.setRemoved.run(removed ? this.#connection.now() : null, id).changes === 0) throw inputError('comparison.unknown', `There is no saved comparison "${id}".`, { details: { id } });
    });
  }
}

function toComparison(row: Row): Comparison {
  return comparisonSchema.parse({ id: row.id, name: row.name, runIds: JSON.parse(row.run_ids), view: JSON.parse(row.view), createdAt: row.created_at, removedAt: row.removed_at });
}

function prepare(db: Database.Database) {
  return {
    list: db.prepare<[], Row>('SELECT * FROM comparisons WHERE removed_at IS NULL ORDER BY created_at DESC, rowid DESC'),
    get: db.prepare<[string], Row>('SELECT * FROM comparisons WHERE id = ?'),
    put: db.prepare<[string, string, string, string, string]>(`INSERT INTO comparisons (id, name, run_ids, view, created_at) VALUES (?, ?, ?, ?, ?)
      ON CONFLICT (id) DO UPDATE SET name = excluded.name, run_ids = excluded.run_ids, view = excluded.view`),
    setRemoved: db.prepare<[string | null, string]>('UPDATE comparisons SET removed_at = ? WHERE id = ?'),
  };
}
