import type { Migration } from '../migrate.ts';

/** Runs with several targets: what each is worth, and the predictions of those after the first (the first one's lie in `predictions`). */
export const targets: Migration = {
  version: 8,
  name: 'targets',
  up(db) {
    db.exec(`
      ALTER TABLE runs ADD COLUMN targets TEXT;
      -- truth and predicted: as in predictions; place: from 1 on.
      CREATE TABLE target_predictions (
        run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
        place INTEGER NOT NULL,
        name TEXT NOT NULL,
        truth BLOB NOT NULL,
        predicted BLOB NOT NULL,
        horizon TEXT,
        PRIMARY KEY (run_id, place)
      ) STRICT;
    `);
  },
};
