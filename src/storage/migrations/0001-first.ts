import { APPLICATION_ID, type Migration } from '../migrate.ts';

/** Datasets, runs and what belongs to a run, settings. Times are ISO 8601 in UTC; JSON is checked against src/shared on reading. */
export const first: Migration = {
  version: 1,
  name: 'first',
  up(db) {
    db.pragma(`application_id = ${APPLICATION_ID}`);
    db.exec(`
      -- The bytes of data files, gzip'd, apart from the datasets: a list never reads them, and copies of a file share them.
      CREATE TABLE contents (
        sha256 TEXT NOT NULL PRIMARY KEY,
        gzip BLOB NOT NULL
      ) STRICT;

      CREATE TABLE datasets (
        id TEXT NOT NULL PRIMARY KEY,
        name TEXT NOT NULL,
        source_path TEXT,
        sample TEXT,
        sha256 TEXT NOT NULL REFERENCES contents (sha256),
        rows INTEGER NOT NULL,
        columns TEXT NOT NULL,
        dialect TEXT NOT NULL,
        roles TEXT,
        problem TEXT,
        seconds_per_row REAL,
        unit TEXT NOT NULL,
        opened_at TEXT NOT NULL,
        removed_at TEXT
      ) STRICT;
      CREATE UNIQUE INDEX datasets_by_source ON datasets (sha256, ifnull(source_path, ''), ifnull(sample, ''));

      CREATE TABLE runs (
        id TEXT NOT NULL PRIMARY KEY,
        name TEXT NOT NULL,
        status TEXT NOT NULL CHECK (status IN ('running', 'done', 'cancelled', 'interrupted', 'failed')),
        color INTEGER NOT NULL,
        dataset_id TEXT REFERENCES datasets (id) ON DELETE SET NULL,
        dataset_name TEXT NOT NULL,
        unit TEXT NOT NULL,
        spec TEXT NOT NULL,
        device TEXT,
        plan TEXT,
        created_at TEXT NOT NULL,
        heartbeat_at TEXT NOT NULL,
        finished_at TEXT,
        seconds REAL,
        epochs_done INTEGER NOT NULL DEFAULT 0,
        metrics TEXT,
        persistence TEXT,
        -- The little curve, sampled from the epochs when the run ends.
        curve TEXT,
        error TEXT,
        owner_pid INTEGER NOT NULL,
        owner_session TEXT NOT NULL,
        removed_at TEXT
      ) STRICT;
      CREATE INDEX runs_by_creation ON runs (created_at);
      CREATE INDEX runs_running ON runs (status) WHERE status = 'running';
      CREATE INDEX runs_by_dataset ON runs (dataset_id);

      CREATE TABLE epochs (
        run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
        epoch INTEGER NOT NULL,
        train_loss REAL NOT NULL,
        validation_loss REAL,
        gradient_norm REAL NOT NULL,
        learning_rate REAL NOT NULL,
        seconds REAL NOT NULL,
        PRIMARY KEY (run_id, epoch)
      ) STRICT, WITHOUT ROWID;

      -- time, truth and predicted: Float64, little endian, one number a row of the data.
      CREATE TABLE predictions (
        run_id TEXT NOT NULL PRIMARY KEY REFERENCES runs (id) ON DELETE CASCADE,
        time_kind TEXT NOT NULL,
        time_name TEXT NOT NULL,
        time BLOB NOT NULL,
        truth BLOB NOT NULL,
        predicted BLOB NOT NULL,
        train_end INTEGER NOT NULL,
        validation_end INTEGER NOT NULL
      ) STRICT;

      CREATE TABLE checkpoints (
        run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
        kind TEXT NOT NULL CHECK (kind IN ('last', 'best', 'final')),
        epoch INTEGER NOT NULL,
        saved_at TEXT NOT NULL,
        bytes BLOB NOT NULL,
        PRIMARY KEY (run_id, kind)
      ) STRICT;

      CREATE TABLE settings (
        key TEXT NOT NULL PRIMARY KEY,
        value TEXT NOT NULL
      ) STRICT;
    `);
  },
};
