import { existsSync, renameSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { environmentError, type AppErrorData } from '../shared/errors.ts';
import { fileStamp, stemOf } from './names.ts';

/** Identity of a file on its disk; null when it is not there. */
export function identityOf(file: string): number | null {
  return statSync(file, { throwIfNoEntry: false })?.ino ?? null;
}

/**
 * Renames a damaged database, with its -wal and -shm, so that a new one can begin; nothing is deleted.
 *
 * @param identity of the file that was found damaged: when another process has set it aside meanwhile, a fresh
 *   database may lie there by now, which must stay
 * @returns what to tell the person; null when another process did it
 */
export function setAside(file: string, identity: number | null, now: Date): AppErrorData | null {
  if (identityOf(file) !== identity) return null;
  const target = freeName(file, now);
  for (const suffix of ['', '-wal', '-shm']) {
    if (existsSync(file + suffix)) renameSync(file + suffix, target + suffix);
  }
  return environmentError('storage.damaged', `The database was damaged. It is kept as "${target}", and a new one was begun.`, {
    hint: 'Earlier runs are not shown. A backup in the folder "backups" may still hold them.', details: { path: target, file },
  }).data;
}

function freeName(file: string, now: Date): string {
  const base = join(dirname(file), `${stemOf(file)}-damaged-${fileStamp(now)}`);
  let name = `${base}.db`;
  for (let i = 2; existsSync(name) || existsSync(`${name}-wal`); i++) name = `${base}-${i}.db`;
  return name;
}
