import { existsSync } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { environmentError, inputError } from '../shared/errors.ts';
import type { Files } from './formats.ts';

async function writeSynced(path: string, content: Uint8Array | string): Promise<void> {
  const file = await open(path, 'wx');
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function syncFolder(path: string): Promise<void> {
  // Windows has no such thing.
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  await folder.sync().finally(() => folder.close());
}

function reasonOf(error: NodeJS.ErrnoException, target: string) {
  if (error.code === 'ENOSPC' || error.code === 'EDQUOT') return environmentError('export.disk-full', `The disk is full: nothing was written to ${target}.`, { hint: 'Free some space or choose another disk.', details: { path: target } });
  if (error.code === 'EACCES' || error.code === 'EPERM' || error.code === 'EROFS') return environmentError('export.not-writable', `The folder of ${target} cannot be written.`, { hint: 'Choose another folder, or allow writing to it.', details: { path: target } });
  if (error.code === 'ENOTDIR') return environmentError('export.not-writable', `${dirname(target)} is no folder.`, { hint: 'Choose another folder.', details: { path: target } });
  return environmentError('export.not-written', `The export could not be written to ${target}: ${error.message}.`, { hint: 'Choose another folder.', details: { path: target, reason: error.message } });
}

/** @throws inputError 'export.exists' where something lies at the target that may not be replaced */
export function assertFree(out: string, force: boolean): void {
  const target = resolve(out);
  if (existsSync(target) && !force) {
    throw inputError('export.exists', `${target} is there already.`, { field: '--out', hint: 'Choose another name, or --force to replace it.', details: { path: target } });
  }
}

/**
 * Writes a file or folder as a whole: under a temporary name beside the target, synced, then renamed. At any moment the target is
 * the old one, the new one, or not there.
 * @param make makes it under the name that it is given
 * @param force an existing target is replaced
 * @throws inputError 'export.exists'; environmentError with the reason, and nothing is left behind
 */
async function writeWhole(out: string, force: boolean, make: (temporary: string) => Promise<void>): Promise<string> {
  const target = resolve(out);
  assertFree(out, force);
  const temporary = join(dirname(target), `.${basename(target)}.unroll-${process.pid}`);
  const old = `${temporary}-old`;
  try {
    if (!existsSync(dirname(target))) await mkdir(dirname(target), { recursive: true });
    await make(temporary);
    if (existsSync(target)) await rename(target, old);
    await rename(temporary, target);
    await syncFolder(dirname(target));
    return target;
  } catch (error) {
    if (existsSync(old) && !existsSync(target)) await rename(old, target);
    throw reasonOf(error as NodeJS.ErrnoException, target);
  } finally {
    // Where the target's folder is no folder there is nothing to remove.
    for (const left of [temporary, old]) await rm(left, { recursive: true, force: true }).catch(() => undefined);
  }
}

/** A folder with these files. @returns its path @throws as `writeWhole` */
export function writeExport(out: string, files: Files, force: boolean): Promise<string> {
  return writeWhole(out, force, async (temporary) => {
    await mkdir(temporary);
    for (const [name, content] of Object.entries(files)) await writeSynced(join(temporary, name), content);
    await syncFolder(temporary);
  });
}

/** One file. @returns its path @throws as `writeWhole` */
export function writeFileWhole(out: string, content: Uint8Array | string, force: boolean): Promise<string> {
  return writeWhole(out, force, (temporary) => writeSynced(temporary, content));
}
