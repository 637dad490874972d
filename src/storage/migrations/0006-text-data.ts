import type { Migration } from '../migrate.ts';

/** Texts as datasets, and of runs on them: how often they guess right after an epoch, and the weights that wrote a sample. */
export const textData: Migration = {
  version: 6,
  name: 'text-data',
  up(db) {
    db.exec(`
      ALTER TABLE datasets ADD COLUMN text TEXT;
      ALTER TABLE text_samples ADD COLUMN weights BLOB;
      CREATE TABLE text_accuracies (
        run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
        epoch INTEGER NOT NULL,
        accuracy REAL NOT NULL,
        PRIMARY KEY (run_id, epoch)
      ) STRICT, WITHOUT ROWID;
    `);
  },
};
