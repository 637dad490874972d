import type { Migration } from '../migrate.ts';

/** What is done to a dataset's table before it is trained on, and what each step of it changed. */
export const recipes: Migration = {
  version: 7,
  name: 'recipes',
  up(db) {
    db.exec(`
      -- Rows, columns and roles of a dataset are those after its recipe.
      ALTER TABLE datasets ADD COLUMN recipe TEXT;
      ALTER TABLE datasets ADD COLUMN changes TEXT;
    `);
  },
};
