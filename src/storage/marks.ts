import type Database from 'better-sqlite3';
import { inputError } from '../shared/errors.ts';
import { markLimits, type RunMarks } from '../shared/run.ts';
import type { Connection } from './connection.ts';

/** Tags, stars, notes, archive and trash of runs. */
export class Marks {
  readonly #connection: Connection;
  readonly #sql: ReturnType<typeof prepare>;

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#sql = prepare(connection.db);
  }

  /**
   * The same change for several runs, all of them or none. What is already so keeps its time.
   * @throws inputError 'run.unknown', 'run.tags' (too many on one run), 'run.training' (a run in training cannot be removed)
   */
  change(ids: readonly string[], marks: RunMarks): void {
    const now = this.#connection.now();
    this.#connection.write(() => {
      for (const id of ids) {
        const row = this.#sql.get.get(id);
        if (row === undefined) throw inputError('run.unknown', `There is no run "${id}".`, { hint: 'List the runs to see their ids.', details: { id } });
        if (marks.removed === true && row.status === 'running') throw inputError('run.training', 'The run is training.', { hint: 'Stop it, then remove it.', details: { id } });
        const tags = new Set(JSON.parse(row.tags) as string[]);
        for (const tag of marks.removeTags ?? []) tags.delete(tag);
        for (const tag of marks.addTags ?? []) tags.add(tag);
        if (tags.size > markLimits.tags) throw inputError('run.tags', `A run has at most ${markLimits.tags} tags.`, { field: 'tags', details: { limit: markLimits.tags } });
        const time = (wanted: boolean | undefined, before: string | null) => (wanted === undefined ? before : wanted ? before ?? now : null);
        this.#sql.put.run(JSON.stringify([...tags].sort()), marks.starred === undefined ? row.starred : Number(marks.starred), time(marks.archived, row.archived_at), time(marks.removed, row.removed_at), id);
      }
    });
  }

  /** @throws inputError 'run.unknown', 'run.note' (too long) */
  note(id: string, note: string): void {
    if (note.length > markLimits.note) throw inputError('run.note', `A note has at most ${markLimits.note} characters (got ${note.length}).`, { field: 'note', details: { limit: markLimits.note, got: note.length } });
    this.#connection.write(() => {
      if (this.#sql.note.run(note, id).changes === 0) throw inputError('run.unknown', `There is no run "${id}".`, { details: { id } });
    });
  }

  /** Deletes runs that lie in the trash, with all that belongs to them, for good; others stay. @returns how many went */
  erase(ids: readonly string[]): number {
    return this.#connection.write(() => ids.reduce((n, id) => n + this.#sql.erase.run(id).changes, 0));
  }

  /** Ids of what lies in the trash. */
  trash(): string[] {
    return this.#connection.read(() => this.#sql.trash.all());
  }
}

function prepare(db: Database.Database) {
  return {
    get: db.prepare<[string], { status: string; tags: string; starred: number; archived_at: string | null; removed_at: string | null }>('SELECT status, tags, starred, archived_at, removed_at FROM runs WHERE id = ?'),
    put: db.prepare<[string, number, string | null, string | null, string]>('UPDATE runs SET tags = ?, starred = ?, archived_at = ?, removed_at = ? WHERE id = ?'),
    note: db.prepare<[string, string]>('UPDATE runs SET note = ? WHERE id = ?'),
    erase: db.prepare<[string]>('DELETE FROM runs WHERE id = ? AND removed_at IS NOT NULL'),
    trash: db.prepare<[], string>('SELECT id FROM runs WHERE removed_at IS NOT NULL').pluck() as Database.Statement<[], string>,
  };
}
