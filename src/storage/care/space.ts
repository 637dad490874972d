import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type Database from 'better-sqlite3';
import type { CheckResult, CompactResult, KeepPolicy, StorageFacts } from '../../shared/care.ts';
import { backupFolder } from '../backup.ts';
import { trimmable } from './trim.ts';

export const tablesFolderOf = (file: string) => join(dirname(file), 'tables');
const size = (path: string) => statSync(path, { throwIfNoEntry: false })?.size ?? 0;
const folderSize = (folder: string) => (existsSync(folder) ? readdirSync(folder).reduce((sum, name) => sum + size(join(folder, name)), 0) : 0);

/** What the data folder holds and how large it is. */
export function storageFacts(db: Database.Database, file: string, keep: KeepPolicy): StorageFacts {
  const one = (sql: string) => db.prepare(sql).pluck().get() as number;
  return {
    database: size(file) + size(`${file}-wal`), free: (db.pragma('freelist_count', { simple: true }) as number) * (db.pragma('page_size', { simple: true }) as number),
    tables: folderSize(tablesFolderOf(file)), backups: folderSize(backupFolder(file)),
    checkpoints: one('SELECT ifnull(sum(length(bytes)), 0) FROM checkpoints'), predictions: one('SELECT ifnull(sum(length(time) + length(truth) + length(predicted)), 0) FROM predictions'),
    contents: one('SELECT ifnull(sum(length(gzip)), 0) FROM contents'),
    runs: one('SELECT count(*) FROM runs WHERE removed_at IS NULL'), trash: one('SELECT count(*) FROM runs WHERE removed_at IS NOT NULL'), datasets: one('SELECT count(*) FROM datasets WHERE removed_at IS NULL'),
    keep, trimmable: trimmable(db, keep).reduce((sum, { bytes }) => sum + bytes, 0),
  };
}

/** Looks at every page and every reference. */
export function checkWhole(db: Database.Database): CheckResult {
  const found = (db.pragma('integrity_check(20)') as { integrity_check: string }[]).map((row) => row.integrity_check).filter((line) => line !== 'ok');
  const broken = (db.pragma('foreign_key_check') as { table: string; rowid: number; parent: string }[]).map(({ table, rowid, parent }) => `${table} ${rowid}: its ${parent} is not there`);
  return { problems: [...found, ...broken.slice(0, 20)] };
}

/** Gives the empty pages back to the disk. @throws SqliteError busy while another process writes; full where the copy has no room: nothing has changed then */
export function compact(db: Database.Database, file: string): CompactResult {
  db.pragma('wal_checkpoint(TRUNCATE)');
  const before = size(file);
  db.exec('VACUUM');
  db.pragma('wal_checkpoint(TRUNCATE)');
  return { before, after: size(file) };
}

/** How far a compaction is, 0 to 1, seen from outside: the new pages are written into the log. */
export function compactShare(file: string, expected: number): number {
  return expected === 0 ? 0 : Math.min(1, size(`${file}-wal`) / expected);
}
