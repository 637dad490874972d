import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The files under some paths, in an order that does not depend on the machine.
 * @param {string} base
 * @param {string[]} paths files and folders, relative to base; what is not there is left out
 * @param {(path: string) => boolean} leaveOut
 * @returns {string[]} relative to base, with forward slashes
 */
export function filesUnder(base, paths, leaveOut) {
  return paths.flatMap((path) => {
    const full = join(base, path);
    if (leaveOut(path) || !existsSync(full)) return [];
    if (!statSync(full).isDirectory()) return [path];
    return filesUnder(base, readdirSync(full).sort().map((name) => `${path}/${name}`), leaveOut);
  });
}

/**
 * One name for the content of many files.
 * @param {string} base
 * @param {string[]} files
 */
export function fingerprint(base, files) {
  const hash = createHash('sha256');
  for (const file of files) {
    const content = readFileSync(join(base, file));
    hash.update(`${file}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}
