import type { Migration } from '../migrate.ts';

/** What tells whether a source is still the same, which rows of it were read, and whether a person named the dataset. */
export const sources: Migration = {
  version: 2,
  name: 'sources',
  up(db) {
    db.exec(`
      ALTER TABLE datasets ADD COLUMN source_size INTEGER;
      ALTER TABLE datasets ADD COLUMN source_modified_at TEXT;
      ALTER TABLE datasets ADD COLUMN sampling TEXT;
      ALTER TABLE datasets ADD COLUMN renamed INTEGER NOT NULL DEFAULT 0;
      -- From here on an empty gzip in contents says that the table lies in a file of its own (src/sources/kept.ts).
    `);
  },
};
