import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { decodeTable, encodeTable, type Table } from '../data/index.ts';

/** Files up to here are kept in the database itself, gzip'd; of a larger one the table is kept as a file beside it. */
export const MAX_IN_DATABASE = 8 * 1024 * 1024;

const fileOf = (folder: string, key: string) => join(folder, `${key}.table`);
let unfinished = 0;

/** Whether a table is kept. @param folder of the tables @param key hash of the source */
export function isKept(folder: string, key: string): boolean {
  return existsSync(fileOf(folder, key));
}

/** Keeps a table; what lies there under its name is there whole. @throws what the file system says */
export async function keepTable(folder: string, key: string, table: Table): Promise<void> {
  if (isKept(folder, key)) return;
  await mkdir(folder, { recursive: true });
  const partial = join(folder, `${key}.${process.pid}-${unfinished++}.partial`);
  try {
    const file = await open(partial, 'w');
    try {
      for (const part of encodeTable(table)) await file.writeFile(part);
    } finally {
      await file.close();
    }
    await rename(partial, fileOf(folder, key));
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
}

/**
 * Removes what is kept of datasets that are gone, and what was left half written.
 * @param keys of the datasets that there are @param before epoch milliseconds: what was written later is not looked at, for its dataset may be new
 * @returns names of the files that were removed
 */
export function sweepKept(folder: string, keys: readonly string[], before: number): string[] {
  if (!existsSync(folder)) return [];
  const known = new Set(keys);
  return readdirSync(folder).filter((name) => {
    const path = join(folder, name);
    const whole = !name.endsWith('.partial');
    if ((whole && known.has(name.slice(0, name.indexOf('.')))) || statSync(path).mtimeMs >= before) return false;
    rmSync(path, { force: true });
    return true;
  });
}

/** null where none is kept. @throws inputError 'dataset.copy-damaged' */
export function keptTable(folder: string, key: string, name: string): Table | null {
  if (!isKept(folder, key)) return null;
  return decodeTable(new Uint8Array(readFileSync(fileOf(folder, key))), name);
}
