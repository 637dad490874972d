import { mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type Database from 'better-sqlite3';
import { fileStamp, stemOf } from './names.ts';

/** Backups kept beside the database; the oldest go first. */
const KEPT = 5;

export function backupFolder(file: string): string {
  return join(dirname(file), 'backups');
}

/**
 * Copies the database as it is before a migration.
 *
 * @param openReader opens a second, reading connection: the copy is made while the first one holds the write lock,
 *   so that it holds exactly what the migration will find
 * @returns path of the copy
 */
export function backupBefore(file: string, version: number, now: Date, openReader: () => Database.Database): string {
  const folder = backupFolder(file);
  mkdirSync(folder, { recursive: true });
  const target = join(folder, `${stemOf(file)}-v${version}-${fileStamp(now)}.db`);
  const partial = `${target}.partial`;
  rmSync(partial, { force: true });
  const reader = openReader();
  try {
    reader.prepare('VACUUM INTO ?').run(partial);
  } catch (error) {
    rmSync(partial, { force: true });
    throw error;
  } finally {
    reader.close();
  }
  renameSync(partial, target);
  prune(folder, stemOf(file));
  return target;
}

function prune(folder: string, stem: string): void {
  const ours = readdirSync(folder)
    .filter((name) => name.startsWith(`${stem}-v`) && /-v\d+-\d{8}T\d{9}Z\.db$/.test(name))
    .sort((a, b) => (stampOf(a) < stampOf(b) ? 1 : -1));
  for (const name of ours.slice(KEPT)) rmSync(join(folder, name), { force: true });
}

function stampOf(name: string): string {
  return name.slice(name.lastIndexOf('-') + 1);
}

/** Copies the open database to a path while it stays in use; the file appears only when it is whole. */
export async function backupTo(db: Database.Database, path: string): Promise<void> {
  // Says ENOENT where the folder is missing; the driver throws a TypeError.
  statSync(dirname(path));
  const partial = `${path}.partial`;
  try {
    await db.backup(partial);
    renameSync(partial, path);
  } catch (error) {
    rmSync(partial, { force: true });
    throw error;
  }
}
