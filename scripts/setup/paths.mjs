import { createHash } from 'node:crypto';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The clone that these scripts lie in. */
export const root = resolve(fileURLToPath(new URL('../..', import.meta.url)));

/**
 * Where things that many clones share are kept, for one user.
 * @param {NodeJS.Platform} [platform]
 * @param {Record<string, string | undefined>} [env]
 * @param {string} [home]
 */
export function userCache(platform = process.platform, env = process.env, home = homedir()) {
  if (env.XDG_CACHE_HOME) return join(env.XDG_CACHE_HOME, 'unroll');
  if (platform === 'darwin') return join(home, 'Library', 'Caches', 'unroll');
  if (platform === 'win32') return join(env.LOCALAPPDATA ?? join(home, 'AppData', 'Local'), 'unroll');
  return join(home, '.cache', 'unroll');
}

/** A short name for this clone, for what is kept about it outside of it. */
export const cloneId = createHash('sha256').update(root).digest('hex').slice(0, 16);
