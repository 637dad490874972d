import type { Migration } from '../migrate.ts';

/** Where runs came from: a file that was imported, or the weights of another run. */
export const origins: Migration = {
  version: 11,
  name: 'origins',
  up(db) {
    db.exec('ALTER TABLE runs ADD COLUMN origin TEXT;');
  },
};
