import type { Migration } from '../migrate.ts';

/** The gradient of runs while they trained. */
export const gradients: Migration = {
  version: 9,
  name: 'gradients',
  up(db) {
    db.exec(`
      -- Blobs of float32: flow [layers * directions, width], layers [layers + head], memory [width].
      CREATE TABLE gradients (
        run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
        epoch INTEGER NOT NULL,
        width INTEGER NOT NULL,
        flow BLOB NOT NULL,
        layers BLOB NOT NULL,
        memory BLOB NOT NULL,
        clipped INTEGER NOT NULL,
        steps INTEGER NOT NULL,
        PRIMARY KEY (run_id, epoch)
      ) STRICT, WITHOUT ROWID;
    `);
  },
};
