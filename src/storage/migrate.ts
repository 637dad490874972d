import type Database from 'better-sqlite3';
import { environmentError, inputError } from '../shared/errors.ts';

/** One numbered step of the schema. Once released it is never changed: a further change is a further migration. */
export interface Migration {
  /** 1, 2, 3, ...: the user_version that it leads to. */
  version: number;
  name: string;
  up(db: Database.Database): void;
}

/** Stands in the header of our databases ("Unro"), so that another program's database is not taken for one. */
export const APPLICATION_ID = 0x556e726f;

export function versionOf(db: Database.Database): number {
  return db.pragma('user_version', { simple: true }) as number;
}

/**
 * Refuses what is not ours to change, before anything is written.
 * @throws environmentError 'storage.newer', inputError 'storage.foreign'
 */
export function assertOurs(db: Database.Database, file: string, newest: number): void {
  const version = versionOf(db);
  const id = db.pragma('application_id', { simple: true }) as number;
  const tables = db.prepare('SELECT count(*) FROM sqlite_schema').pluck().get() as number;
  const empty = version === 0 && tables === 0;
  if (!empty && id !== APPLICATION_ID) {
    throw inputError('storage.foreign', `"${file}" is a database of another program.`, { hint: 'Choose another path for the database.', details: { file } });
  }
  if (version > newest) {
    throw environmentError('storage.newer', `The database "${file}" was written by a newer Unroll (its version is ${version}, this one knows ${newest}).`, {
      hint: 'Update Unroll, or choose another data folder. Nothing was changed.', details: { file, found: version, known: newest },
    });
  }
}

/**
 * Brings the schema to the newest version, each step in a transaction of its own. The version is read again under
 * the write lock: another process may be doing the same.
 *
 * @param beforeChange called once, under the write lock, before the first step of a database that holds data
 * @throws whatever a step throws; the database is then as it was before that step
 */
export function migrate(db: Database.Database, file: string, migrations: readonly Migration[], beforeChange: (version: number) => void): void {
  const newest = migrations.at(-1)?.version ?? 0;
  let told = false;
  // A step may rebuild a table that others refer to; the references are checked at its end instead.
  db.pragma('foreign_keys = OFF');
  try {
    while (versionOf(db) < newest) {
      db.transaction(() => {
        const version = versionOf(db);
        const next = migrations.find((migration) => migration.version === version + 1);
        if (next === undefined) {
          assertOurs(db, file, newest);
          return;
        }
        if (version > 0 && !told) beforeChange(version);
        told = true;
        next.up(db);
        const broken = db.pragma('foreign_key_check') as unknown[];
        if (broken.length > 0) throw new Error(`Migration ${next.version} (${next.name}) leaves ${broken.length} references to rows that are not there.`);
        db.pragma(`user_version = ${next.version}`);
      }).immediate();
    }
  } finally {
    db.pragma('foreign_keys = ON');
  }
}
