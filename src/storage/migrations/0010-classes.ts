import type { Migration } from '../migrate.ts';

/** What runs on labelled sequences leave behind: classes, confusion, mistakes; `brief` is what lists need of it. */
export const classes: Migration = {
  version: 10,
  name: 'classes',
  up(db) {
    db.exec(`
      CREATE TABLE class_results (
        run_id TEXT NOT NULL PRIMARY KEY REFERENCES runs (id) ON DELETE CASCADE,
        result TEXT NOT NULL,
        brief TEXT
      ) STRICT;
    `);
  },
};
