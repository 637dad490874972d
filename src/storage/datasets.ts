import type Database from 'better-sqlite3';
import { z } from 'zod';
import { columnSchema, datasetSummarySchema, dialectSchema, samplingSchema, textFactsSchema, type DatasetSummary } from '../shared/dataset.ts';
import { appErrorSchema, inputError } from '../shared/errors.ts';
import { emptyRecipe, recipeSchema, stepChangeSchema } from '../shared/recipe.ts';
import { rolesSchema, type Roles } from '../shared/spec.ts';
import { unitsSchema, type Units } from '../shared/units.ts';
import type { Connection } from './connection.ts';
import { fromJson, readRow, readRows, toJson } from './stored.ts';

interface Row {
  id: string; name: string; source_path: string | null; sample: string | null; sha256: string; rows: number;
  columns: string; dialect: string; roles: string | null; problem: string | null; seconds_per_row: number | null;
  unit: string; opened_at: string; source_size: number | null; source_modified_at: string | null; sampling: string | null; text: string | null;
  recipe: string | null; changes: string | null; units: string | null;
}

const FIELDS = 'id, name, source_path, sample, sha256, rows, columns, dialect, roles, problem, seconds_per_row, unit, opened_at, source_size, source_modified_at, sampling, text, recipe, changes, units';

/** What a dataset is used for and what it takes: the runs that were not removed, the newest first, and the bytes of its stored copy in the database. */
export interface DatasetUse { id: string; runs: { id: string; name: string; status: string }[]; storedBytes: number }

interface UseRow { dataset: string; id: string; name: string; status: string }

/** The data files that were opened: what they hold, the roles that the person gave, and their bytes. */
export class Datasets {
  readonly #connection: Connection;
  readonly #list: Database.Statement<[], Row>;
  readonly #get: Database.Statement<[string], Row>;
  readonly #sameSource: Database.Statement<[string, string, string, number], Row>;
  readonly #content: Database.Statement<[string], Uint8Array>;
  readonly #keepContent: Database.Statement<[string, Uint8Array]>;
  readonly #insert: Database.Statement<[Row]>;
  readonly #reopen: Database.Statement<[Row]>;
  readonly #setRoles: Database.Statement<[{ id: string; roles: string; unit: string; units: string; seconds: number | null }]>;
  readonly #setRecipe: Database.Statement<[Pick<Row, 'id' | 'recipe' | 'changes' | 'rows' | 'columns' | 'roles' | 'problem' | 'seconds_per_row'>]>;
  readonly #rename: Database.Statement<[string, string]>;
  readonly #sizes: Database.Statement<[], { id: string; bytes: number }>;
  readonly #uses: Database.Statement<[], UseRow>;
  readonly #setRemoved: Database.Statement<[string | null, string]>;

  constructor(connection: Connection) {
    this.#connection = connection;
    const { db } = connection;
    this.#list = db.prepare(`SELECT ${FIELDS} FROM datasets WHERE removed_at IS NULL ORDER BY opened_at DESC, rowid DESC`);
    this.#get = db.prepare(`SELECT ${FIELDS} FROM datasets WHERE id = ?`);
    this.#sameSource = db.prepare(`SELECT ${FIELDS} FROM datasets WHERE sha256 = ? AND ifnull(source_path, '') = ? AND ifnull(sample, '') = ? AND (text IS NOT NULL) = ?`);
    this.#content = db.prepare<[string], Uint8Array>('SELECT gzip FROM contents JOIN datasets USING (sha256) WHERE id = ?').pluck() as Database.Statement<[string], Uint8Array>;
    this.#keepContent = db.prepare('INSERT INTO contents (sha256, gzip) VALUES (?, ?) ON CONFLICT DO NOTHING');
    this.#insert = db.prepare(`
      INSERT INTO datasets (${FIELDS})
      VALUES (:id, :name, :source_path, :sample, :sha256, :rows, :columns, :dialect, :roles, :problem, :seconds_per_row, :unit, :opened_at, :source_size, :source_modified_at, :sampling, :text, :recipe, :changes, :units)`);
    this.#reopen = db.prepare(`
      UPDATE datasets SET name = iif(renamed, name, :name), rows = :rows, columns = :columns, dialect = :dialect, roles = :roles, problem = :problem,
        seconds_per_row = :seconds_per_row, unit = :unit, units = :units, opened_at = :opened_at, source_size = :source_size, source_modified_at = :source_modified_at, sampling = :sampling, text = :text, removed_at = NULL WHERE id = :id`);
    this.#setRoles = db.prepare('UPDATE datasets SET roles = :roles, problem = NULL, unit = :unit, units = :units, seconds_per_row = :seconds WHERE id = :id');
    this.#setRecipe = db.prepare('UPDATE datasets SET recipe = :recipe, changes = :changes, rows = :rows, columns = :columns, roles = :roles, problem = :problem, seconds_per_row = :seconds_per_row WHERE id = :id');
    this.#rename = db.prepare('UPDATE datasets SET name = ?, renamed = 1 WHERE id = ?');
    this.#sizes = db.prepare('SELECT id, length(gzip) AS bytes FROM datasets JOIN contents USING (sha256) WHERE removed_at IS NULL');
    this.#uses = db.prepare('SELECT dataset_id AS dataset, id, name, status FROM runs WHERE dataset_id IS NOT NULL AND removed_at IS NULL ORDER BY created_at DESC, rowid DESC');
    this.#setRemoved = db.prepare('UPDATE datasets SET removed_at = ? WHERE id = ?');
  }

  /**
   * Keeps a dataset. The same bytes from the same place are the dataset that is there already: it is opened again
   * (also when it was removed), with the roles, the unit and the recipe that the person gave it.
   *
   * @param content the source file, gzip'd; null where its table is kept in a file of its own
   * @returns the stored dataset, which may have another id than the given one
   */
  save(dataset: DatasetSummary, content: Uint8Array | null): DatasetSummary {
    return this.#connection.write(() => {
      this.#keepContent.run(dataset.sha256, content ?? new Uint8Array());
      const row = toRow(dataset);
      const known = this.#sameSource.get(dataset.sha256, dataset.sourcePath ?? '', dataset.sample ?? '', dataset.text === null ? 0 : 1);
      if (known === undefined) this.#insert.run(row);
      else this.#reopen.run({ ...row, id: known.id, ...rolesKept(known, row) });
      return this.get(known?.id ?? dataset.id);
    });
  }

  /** Those that were not removed, the last opened first. */
  list(): DatasetSummary[] {
    return this.#connection.read(() => readRows(this.#connection, this.#list.all(), toSummary));
  }

  /** Also a removed one: its runs still show it. @throws inputError 'dataset.unknown' */
  get(id: string): DatasetSummary {
    const row = this.#connection.read(() => this.#get.get(id));
    if (row === undefined) throw unknown(id);
    return toSummary(row);
  }

  /** The source file, gzip'd; null where its table is kept in a file of its own. @throws inputError 'dataset.unknown' */
  content(id: string): Uint8Array | null {
    const content = this.#connection.read(() => this.#content.get(id));
    if (content === undefined) throw unknown(id);
    return content.length === 0 ? null : content;
  }

  /** Runs and stored bytes of every dataset that was not removed. */
  uses(): DatasetUse[] {
    return this.#connection.read(() => {
      const runs = this.#uses.all();
      return this.#sizes.all().map((dataset) => ({
        id: dataset.id, storedBytes: dataset.bytes,
        runs: runs.filter((run) => run.dataset === dataset.id).map(({ id, name, status }) => ({ id, name, status })),
      }));
    });
  }

  /** The name that a person gave stays when the file is opened again. @throws inputError 'dataset.unknown' */
  rename(id: string, name: string): DatasetSummary {
    return this.#connection.write(() => {
      if (this.#rename.run(name, id).changes === 0) throw unknown(id);
      return this.get(id);
    });
  }

  /** @param units by column; @param secondsPerRow of the new time column */
  updateRoles(id: string, roles: Roles, units: Units, secondsPerRow: number | null): DatasetSummary {
    return this.#connection.write(() => {
      const { changes } = this.#setRoles.run({ id, roles: toJson(rolesSchema, roles), unit: units[roles.targets[0]!] ?? '', units: toJson(unitsSchema, units), seconds: secondsPerRow });
      if (changes === 0) throw unknown(id);
      return this.get(id);
    });
  }

  /**
   * Another recipe, with what the table is after it.
   * @throws inputError 'dataset.unknown'
   */
  setRecipe(id: string, after: Pick<DatasetSummary, 'recipe' | 'changes' | 'rows' | 'columns' | 'roles' | 'problem' | 'secondsPerRow'>): DatasetSummary {
    return this.#connection.write(() => {
      const { recipe, changes, rows, columns, roles, problem, seconds_per_row } = toRow({ ...this.get(id), ...after });
      this.#setRecipe.run({ id, recipe, changes, rows, columns, roles, problem, seconds_per_row });
      return this.get(id);
    });
  }

  /**
   * Deletes for good what was removed, where no run, also none in the trash, and no entry of the queue needs it: nobody can take it back any more.
   * @param before ISO 8601: what was removed later stays
   * @returns the hashes of all sources that are still needed
   */
  sweep(before: string): string[] {
    return this.#connection.write(() => {
      const { db } = this.#connection;
      db.prepare(`
        DELETE FROM datasets WHERE removed_at < ? AND id NOT IN (SELECT dataset_id FROM runs WHERE dataset_id IS NOT NULL) AND id NOT IN (SELECT dataset_id FROM queue)`).run(before);
      db.exec('DELETE FROM contents WHERE sha256 NOT IN (SELECT sha256 FROM datasets)');
      return db.prepare<[], string>('SELECT sha256 FROM datasets').pluck().all() as string[];
    });
  }

  /** It is only marked: `restore` brings it back, and its runs stay. */
  remove(id: string): void {
    this.#mark(id, this.#connection.now());
  }

  restore(id: string): void {
    this.#mark(id, null);
  }

  #mark(id: string, removedAt: string | null): void {
    this.#connection.write(() => {
      if (this.#setRemoved.run(removedAt, id).changes === 0) throw unknown(id);
    });
  }
}

/** What stays as it was when a file is opened again: the recipe and the roles that were set, with what follows from them. */
function rolesKept(known: Row, fresh: Row): Partial<Row> {
  const kept = known.unit === '' && known.units === null ? fresh : known;
  const { unit, units } = kept;
  // The same bytes and the same recipe make the same table.
  if (known.recipe !== null) return { unit, units, rows: known.rows, columns: known.columns, roles: known.roles, problem: known.problem, seconds_per_row: known.seconds_per_row };
  if (known.roles === null) return { unit, units };
  return { roles: known.roles, problem: null, seconds_per_row: known.seconds_per_row, unit, units };
}

function unknown(id: string): Error {
  return inputError('dataset.unknown', `There is no dataset "${id}".`, { details: { id } });
}

function toRow(dataset: DatasetSummary): Row {
  return {
    id: dataset.id, name: dataset.name, source_path: dataset.sourcePath, sample: dataset.sample, sha256: dataset.sha256, rows: dataset.rows,
    columns: toJson(z.array(columnSchema), dataset.columns), dialect: toJson(dialectSchema, dataset.dialect),
    roles: dataset.roles === null ? null : toJson(rolesSchema, dataset.roles),
    problem: dataset.problem === null ? null : toJson(appErrorSchema, dataset.problem),
    seconds_per_row: dataset.secondsPerRow, unit: dataset.unit, opened_at: dataset.openedAt,
    source_size: dataset.sourceSize, source_modified_at: dataset.sourceModifiedAt, sampling: dataset.sampling === null ? null : toJson(samplingSchema, dataset.sampling),
    text: dataset.text === null ? null : toJson(textFactsSchema, dataset.text),
    recipe: dataset.recipe.steps.length === 0 ? null : toJson(recipeSchema, dataset.recipe), changes: dataset.changes.length === 0 ? null : toJson(z.array(stepChangeSchema), dataset.changes),
    units: dataset.units === undefined ? null : toJson(unitsSchema, dataset.units),
  };
}

function toSummary(row: Row): DatasetSummary {
  return readRow(datasetSummarySchema, 'dataset', row.id, () => ({
    id: row.id, name: row.name, sourcePath: row.source_path, sample: row.sample, sha256: row.sha256, rows: row.rows,
    columns: fromJson(row.columns), dialect: fromJson(row.dialect), roles: fromJson(row.roles), problem: fromJson(row.problem),
    secondsPerRow: row.seconds_per_row, unit: row.unit, openedAt: row.opened_at,
    sourceSize: row.source_size, sourceModifiedAt: row.source_modified_at, sampling: fromJson(row.sampling), text: fromJson(row.text),
    recipe: row.recipe === null ? emptyRecipe : fromJson(row.recipe), changes: row.changes === null ? [] : fromJson(row.changes), ...(row.units === null ? {} : { units: fromJson(row.units) }),
  }));
}
