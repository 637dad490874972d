import type { Migration } from '../migrate.ts';

/** Runs that are paused, what runs have been through, groups of seeds, and the queue. */
export const resume: Migration = {
  version: 5,
  name: 'resume',
  up(db) {
    // A CHECK is changed by making the table anew, as it stands by now, and moving its rows (sqlite.org/lang_altertable.html, 7).
    const sql = db.prepare("SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = 'runs'").pluck().get() as string;
    const indexes = db.prepare("SELECT sql FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'runs' AND sql IS NOT NULL").pluck().all() as string[];
    db.exec(sql.replace(/CREATE TABLE\s+"?runs"?/i, 'CREATE TABLE runs_anew').replace("IN ('running',", "IN ('running', 'paused',"));
    db.exec('INSERT INTO runs_anew SELECT * FROM runs; DROP TABLE runs; ALTER TABLE runs_anew RENAME TO runs;');
    for (const index of indexes) db.exec(index);
    db.exec(`
      CREATE TABLE run_groups (
        id TEXT NOT NULL PRIMARY KEY,
        name TEXT NOT NULL,
        created_at TEXT NOT NULL
      ) STRICT;

      ALTER TABLE runs ADD COLUMN group_id TEXT REFERENCES run_groups (id) ON DELETE SET NULL;
      CREATE INDEX runs_by_group ON runs (group_id) WHERE group_id IS NOT NULL;

      CREATE TABLE run_log (
        run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
        number INTEGER NOT NULL,
        at TEXT NOT NULL,
        kind TEXT NOT NULL,
        details TEXT NOT NULL,
        error TEXT,
        PRIMARY KEY (run_id, number)
      ) STRICT, WITHOUT ROWID;

      -- Runs to come, by place; the spec is frozen.
      CREATE TABLE queue (
        id TEXT NOT NULL PRIMARY KEY,
        place REAL NOT NULL,
        name TEXT NOT NULL,
        dataset_id TEXT NOT NULL REFERENCES datasets (id) ON DELETE CASCADE,
        spec TEXT NOT NULL,
        run_id TEXT REFERENCES runs (id) ON DELETE CASCADE,
        group_id TEXT REFERENCES run_groups (id) ON DELETE SET NULL,
        added_at TEXT NOT NULL,
        error TEXT
      ) STRICT;
    `);
  },
};
