import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import Database from 'better-sqlite3';
import type { CheckResult, CompactResult, ExportResult, ImportResult } from '../../shared/care.ts';
import { explained } from '../failures.ts';
import { backupFolder } from '../backup.ts';
import { migrations } from '../migrations/index.ts';
import { fileStamp, stemOf } from '../names.ts';
import { exportAll, importAll, type Connect, type Progress } from './bundle.ts';
import { checkWhole, compact, compactShare } from './space.ts';

export type { Progress } from './bundle.ts';

/** Work on a whole database, through a connection of its own: it takes long, so the app does it in a thread. */
export interface CareOptions { file: string; nativeBinding?: string }

const BUSY_TIMEOUT = 20_000;
const PROGRESS_EVERY = 200;

function withDatabase<T>({ file, nativeBinding }: CareOptions, use: (db: Database.Database, connect: Connect) => T): T {
  const connect: Connect = (path, readonly) => new Database(path, { readonly, timeout: BUSY_TIMEOUT, ...(nativeBinding === undefined ? {} : { nativeBinding }) });
  try {
    const db = connect(file, false);
    try {
      db.pragma('foreign_keys = ON');
      return use(db, connect);
    } finally {
      db.close();
    }
  } catch (error) {
    throw explained(error, file);
  }
}

/** Copies the database to a path, whole, while it stays in use. @param path null: a new file in the folder of backups */
export function backUp(options: CareOptions, path: string | null): ExportResult {
  const target = path === null ? join(backupFolder(options.file), `${stemOf(options.file)}-${fileStamp(new Date())}.db`) : resolve(path);
  return withDatabase(options, (db) => {
    if (path === null) mkdirSync(dirname(target), { recursive: true });
    const partial = `${target}.partial`;
    rmSync(partial, { force: true });
    try {
      db.prepare('VACUUM INTO ?').run(partial);
      renameSync(partial, target);
    } catch (error) {
      rmSync(partial, { force: true });
      throw explained(error, target);
    }
    const one = (sql: string) => db.prepare(sql).pluck().get() as number;
    const bytes = (db.pragma('page_count', { simple: true }) as number) * (db.pragma('page_size', { simple: true }) as number);
    return { path: target, bytes, runs: one('SELECT count(*) FROM runs'), datasets: one('SELECT count(*) FROM datasets') };
  });
}

export function checkDatabase(options: CareOptions): CheckResult {
  return withDatabase(options, (db) => checkWhole(db));
}

export function compactDatabase(options: CareOptions): CompactResult {
  return withDatabase(options, (db) => compact(db, options.file));
}

/** Watches a compaction that another thread does. @returns ends the watching */
export function watchCompaction(file: string, expected: number, progress: Progress): () => void {
  const timer = setInterval(() => progress(compactShare(file, expected)), PROGRESS_EVERY);
  return () => clearInterval(timer);
}

export function exportEverything(options: CareOptions, target: string, progress: Progress): ExportResult {
  return withDatabase(options, (db, connect) => {
    try {
      return exportAll(db, options.file, resolve(target), connect, progress);
    } catch (error) {
      throw explained(error, resolve(target));
    }
  });
}

export function importEverything(options: CareOptions, source: string, progress: Progress): ImportResult {
  return withDatabase(options, (db, connect) => importAll(db, options.file, resolve(source), migrations, connect, progress));
}
