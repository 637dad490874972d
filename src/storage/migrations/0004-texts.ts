import type { Migration } from '../migrate.ts';

/** What runs on a text leave behind: the characters that they know with their metrics, and what they wrote on the way. */
export const texts: Migration = {
  version: 4,
  name: 'texts',
  up(db) {
    db.exec(`
      CREATE TABLE text_results (
        run_id TEXT NOT NULL PRIMARY KEY REFERENCES runs (id) ON DELETE CASCADE,
        result TEXT NOT NULL
      ) STRICT;

      CREATE TABLE text_samples (
        run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
        epoch INTEGER NOT NULL,
        prompt TEXT NOT NULL,
        text TEXT NOT NULL,
        PRIMARY KEY (run_id, epoch)
      ) STRICT, WITHOUT ROWID;
    `);
  },
};
