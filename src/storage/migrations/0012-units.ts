import type { Migration } from '../migrate.ts';

/** A unit for each column: JSON by name; null where an older version kept one unit for all targets. */
export const units: Migration = {
  version: 12,
  name: 'units',
  up(db) {
    db.exec(`
      ALTER TABLE datasets ADD COLUMN units TEXT;
      ALTER TABLE runs ADD COLUMN units TEXT;
    `);
  },
};
