import type { Migration } from '../migrate.ts';

/** What a person puts on a run, what its best and last epoch are worth, errors over the horizon, and comparisons that are kept. */
export const marks: Migration = {
  version: 3,
  name: 'marks',
  up(db) {
    db.exec(`
      ALTER TABLE runs ADD COLUMN evaluations TEXT;
      ALTER TABLE runs ADD COLUMN tags TEXT NOT NULL DEFAULT '[]';
      ALTER TABLE runs ADD COLUMN starred INTEGER NOT NULL DEFAULT 0;
      ALTER TABLE runs ADD COLUMN note TEXT NOT NULL DEFAULT '';
      ALTER TABLE runs ADD COLUMN archived_at TEXT;
      ALTER TABLE predictions ADD COLUMN horizon TEXT;
      CREATE TABLE comparisons (
        id TEXT NOT NULL PRIMARY KEY,
        name TEXT NOT NULL,
        run_ids TEXT NOT NULL,
        view TEXT NOT NULL,
        created_at TEXT NOT NULL,
        removed_at TEXT
      ) STRICT;
    `);
  },
};
