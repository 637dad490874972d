import { closeSync, copyFileSync, existsSync, mkdirSync, openSync, readdirSync, readSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type Database from 'better-sqlite3';
import { inputError } from '../../shared/errors.ts';
import type { ExportResult, ImportResult } from '../../shared/care.ts';
import { assertOurs, migrate, versionOf, type Migration } from '../migrate.ts';
import { tablesFolderOf } from './space.ts';

// Everything as one file: a copy of the database that holds the files of the folder "tables" too, so that one file is
// checked, migrated and read like any database of ours.

export type Connect = (file: string, readonly: boolean) => Database.Database;
/** @param share 0 to 1 */
export type Progress = (share: number) => void;

const PIECE = 8 * 1024 * 1024;
const count = (db: Database.Database, sql: string) => db.prepare(sql).pluck().get() as number;

/** Copies all that is stored to one file while the studio is in use; the file appears only when it is whole. */
export function exportAll(db: Database.Database, file: string, target: string, connect: Connect, progress: Progress): ExportResult {
  // Says ENOENT where the folder is missing, before anything is copied.
  statSync(dirname(target));
  const partial = `${target}.partial`;
  rmSync(partial, { force: true });
  try {
    db.prepare('VACUUM INTO ?').run(partial);
    progress(0.6);
    const copy = connect(partial, false);
    try {
      copy.exec('CREATE TABLE bundled_files (name TEXT NOT NULL, piece INTEGER NOT NULL, bytes BLOB NOT NULL, PRIMARY KEY (name, piece)) STRICT');
      bundleFiles(copy, tablesFolderOf(file), (share) => progress(0.6 + 0.4 * share));
      // What waits and how this window is set belong to this machine.
      copy.exec('DELETE FROM queue; DELETE FROM settings');
      const result = { path: target, bytes: 0, runs: count(copy, 'SELECT count(*) FROM runs'), datasets: count(copy, 'SELECT count(*) FROM datasets') };
      copy.close();
      renameSync(partial, target);
      return { ...result, bytes: statSync(target).size };
    } finally {
      copy.close();
    }
  } catch (error) {
    for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(partial + suffix, { force: true });
    throw error;
  }
}

function bundleFiles(copy: Database.Database, folder: string, progress: Progress): void {
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => statSync(join(folder, name)).isFile() && !name.endsWith('.partial')) : [];
  const put = copy.prepare('INSERT INTO bundled_files (name, piece, bytes) VALUES (?, ?, ?)');
  names.forEach((name, i) => {
    const from = openSync(join(folder, name), 'r');
    try {
      const buffer = Buffer.alloc(PIECE);
      for (let piece = 0; ; piece++) {
        const got = readSync(from, buffer, 0, PIECE, null);
        if (got === 0) break;
        put.run(name, piece, buffer.subarray(0, got));
      }
    } finally {
      closeSync(from);
    }
    progress((i + 1) / names.length);
  });
}

/**
 * Adds what a file of `exportAll` (or a backup, or another database of ours) holds: runs, data and comparisons that are not
 * there yet. What is there stays as it is, so the same file may be taken in twice; each run comes whole or not at all.
 *
 * @throws inputError 'bundle.damaged', 'bundle.missing'; AppError 'storage.newer', 'storage.foreign': nothing has changed then
 */
export function importAll(db: Database.Database, file: string, source: string, migrations: readonly Migration[], connect: Connect, progress: Progress): ImportResult {
  if (!existsSync(source) || !statSync(source).isFile()) throw inputError('bundle.missing', `There is no file "${source}".`, { hint: 'Choose a file that Unroll has exported.', details: { path: source } });
  const copy = `${file}.import`;
  const clean = () => { for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(copy + suffix, { force: true }); };
  clean();
  try {
    // The file itself is only read: an older one is brought to the present shape as a copy.
    copyFileSync(source, copy);
    if (existsSync(`${source}-wal`)) copyFileSync(`${source}-wal`, `${copy}-wal`);
    prepare(copy, source, migrations, connect);
    progress(0.3);
    db.prepare('ATTACH ? AS other').run(copy);
    try {
      return merge(db, file, (share) => progress(0.3 + 0.7 * share));
    } finally {
      db.exec('DETACH other');
    }
  } finally {
    clean();
  }
}

function prepare(copy: string, source: string, migrations: readonly Migration[], connect: Connect): void {
  let other: Database.Database | null = null;
  try {
    other = connect(copy, false);
    assertOurs(other, source, migrations.at(-1)?.version ?? 0);
    if (versionOf(other) === 0) throw inputError('bundle.damaged', `"${source}" holds nothing of Unroll.`, { hint: 'Choose a file that Unroll has exported.', details: { path: source } });
    const found = other.pragma('quick_check(1)', { simple: true }) as string;
    if (found !== 'ok') throw inputError('bundle.damaged', `"${source}" is damaged (${found}).`, { hint: 'Export it again, or take another copy of it.', details: { path: source } });
    migrate(other, copy, migrations, () => undefined);
  } catch (error) {
    const code = (error as { code?: unknown }).code;
    if (typeof code === 'string' && (code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_CORRUPT'))) {
      throw inputError('bundle.damaged', `"${source}" is no export of Unroll, or it is damaged.`, { hint: 'Choose a file that Unroll has exported.', details: { path: source } });
    }
    throw error;
  } finally {
    other?.close();
  }
}

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;

function merge(db: Database.Database, file: string, progress: Progress): ImportResult {
  const tables = db.prepare("SELECT name FROM other.sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name IN (SELECT name FROM main.sqlite_schema WHERE type = 'table')").pluck().all() as string[];
  const columns = (table: string) => (db.pragma(`main.table_info(${quoted(table)})`) as { name: string }[]).map(({ name }) => name);
  const whole = ['settings', 'queue', 'contents', 'datasets', 'runs', 'bundled_files'];
  const ofRun = tables.filter((table) => !whole.includes(table) && columns(table).includes('run_id'));
  const rest = tables.filter((table) => !whole.includes(table) && !ofRun.includes(table));
  const before = count(db, 'SELECT count(*) FROM main.comparisons');
  const datasets = db.transaction(() => {
    db.exec('INSERT OR IGNORE INTO main.contents SELECT * FROM other.contents');
    const names = columns('datasets').map(quoted).join(', ');
    const { changes } = db.prepare(`INSERT OR IGNORE INTO main.datasets (${names}) SELECT ${names} FROM other.datasets`).run();
    for (const table of rest) {
      const list = columns(table).map(quoted).join(', ');
      db.exec(`INSERT OR IGNORE INTO main.${quoted(table)} (${list}) SELECT ${list} FROM other.${quoted(table)}`);
    }
    return changes;
  }).immediate();
  unbundle(db, tablesFolderOf(file));
  const ids = db.prepare('SELECT id FROM other.runs WHERE id NOT IN (SELECT id FROM main.runs)').pluck().all() as string[];
  const known = count(db, 'SELECT count(*) FROM other.runs') - ids.length;
  // Data that is here under another id is the same data: its runs belong to the one that is here.
  const values: Record<string, string> = {
    dataset_id: `(SELECT mine.id FROM other.datasets AS theirs JOIN main.datasets AS mine ON mine.id = theirs.id OR (mine.sha256 = theirs.sha256 AND ifnull(mine.source_path, '') = ifnull(theirs.source_path, '') AND ifnull(mine.sample, '') = ifnull(theirs.sample, ''))
      WHERE theirs.id = other.runs.dataset_id ORDER BY mine.id = theirs.id DESC LIMIT 1)`,
    // Nobody here trains it.
    status: "CASE status WHEN 'running' THEN 'interrupted' ELSE status END", owner_pid: '0',
  };
  const runColumns = columns('runs');
  const insertRun = db.prepare(`INSERT INTO main.runs (${runColumns.map(quoted).join(', ')}) SELECT ${runColumns.map((name) => values[name] ?? quoted(name)).join(', ')} FROM other.runs WHERE id = ?`);
  const note = db.prepare("INSERT INTO main.run_log (run_id, number, at, kind, details) VALUES (:id, (SELECT ifnull(max(number), 0) + 1 FROM main.run_log WHERE run_id = :id), :at, 'imported', '{}')");
  const at = new Date().toISOString();
  const children = ofRun.map((table) => {
    const list = columns(table).map(quoted).join(', ');
    return db.prepare(`INSERT INTO main.${quoted(table)} (${list}) SELECT ${list} FROM other.${quoted(table)} WHERE run_id = ?`);
  });
  ids.forEach((id, i) => {
    db.transaction(() => {
      insertRun.run(id);
      for (const child of children) child.run(id);
      note.run({ id, at });
    }).immediate();
    if (i % 20 === 0) progress(i / ids.length);
  });
  return { runs: ids.length, datasets, comparisons: count(db, 'SELECT count(*) FROM main.comparisons') - before, known };
}

/** Files of large tables, where they are not there already; each appears only when it is whole. */
function unbundle(db: Database.Database, folder: string): void {
  if (db.prepare("SELECT 1 FROM other.sqlite_schema WHERE name = 'bundled_files'").pluck().get() === undefined) return;
  const names = db.prepare('SELECT DISTINCT name FROM other.bundled_files').pluck().all() as string[];
  if (names.length > 0) mkdirSync(folder, { recursive: true });
  const pieces = db.prepare<[string], { bytes: Buffer }>('SELECT bytes FROM other.bundled_files WHERE name = ? ORDER BY piece');
  for (const name of names) {
    // A name from a foreign file must not lead out of the folder.
    if (!/^[\w.-]+$/.test(name) || name.startsWith('.') || existsSync(join(folder, name))) continue;
    const partial = join(folder, `${name}.partial`);
    const to = openSync(partial, 'w');
    try {
      for (const { bytes } of pieces.iterate(name)) writeSync(to, bytes);
    } finally {
      closeSync(to);
    }
    renameSync(partial, join(folder, name));
  }
}
