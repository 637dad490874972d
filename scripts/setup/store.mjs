import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { withLock } from './lock.mjs';
import { userCache } from './paths.mjs';

/** Where the cache has, or will have, a folder. @param {string} kind @param {string} key */
export function storePath(kind, key) {
  return join(userCache(), kind, key);
}

/**
 * A folder in the user's cache, named by what it is made from and never changed once it is there. It is made in a folder
 * of its own and renamed at the end, so that nobody ever sees half of it.
 * @param {string} kind
 * @param {string} key
 * @param {(directory: string) => Promise<void>} make fills the empty folder
 * @returns {Promise<string>} the folder's path
 */
export async function stored(kind, key, make) {
  const directory = storePath(kind, key);
  if (existsSync(directory)) return directory;
  return withLock(`${kind}-${key}`, async () => {
    if (existsSync(directory)) return directory;
    const shelf = dirname(directory);
    mkdirSync(shelf, { recursive: true });
    const draft = mkdtempSync(join(shelf, '.draft-'));
    try {
      await make(draft);
      renameSync(draft, directory);
    } catch (error) {
      rmSync(draft, { recursive: true, force: true });
      throw error;
    }
    return directory;
  });
}
