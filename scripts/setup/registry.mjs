import { createHash } from 'node:crypto';
import { createReadStream, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SetupFailure } from './failure.mjs';
import { mustRun } from './run.mjs';
import { megabytes, step } from './say.mjs';

/** @param {string} path */
async function sha512(path) {
  const hash = createHash('sha512');
  for await (const chunk of createReadStream(path)) hash.update(chunk);
  return `sha512-${hash.digest('base64')}`;
}

/** How many bytes lie under a path, while something writes there: what is renamed between two looks counts as nothing. */
function bytesUnder(path) {
  try {
    const found = statSync(path);
    return found.isDirectory() ? readdirSync(path).reduce((total, name) => total + bytesUnder(join(path, name)), 0) : found.size;
  } catch {
    return 0;
  }
}

/**
 * Fetches one package of the npm registry, as npm is set up here (registry, proxy, certificates), checks its hash and unpacks it.
 * @param {import('./npm.mjs').NpmCommand} npm
 * @param {{ name: string, version: string, integrity: string, bytes?: number }} pinned bytes: the size of its file, for the progress
 * @param {string} directory where the package's files go
 */
export async function fetchPackage(npm, pinned, directory) {
  const draft = mkdtempSync(join(tmpdir(), 'unroll-fetch-'));
  try {
    await step(`Fetching ${pinned.name}@${pinned.version} from the npm registry`, async (report) => {
      // npm's download lands in a cache of its own here, so that its growth can be shown.
      const cache = join(draft, 'cache');
      const watch = setInterval(() => report(`${megabytes(bytesUnder(cache))}${pinned.bytes ? ` of ${megabytes(pinned.bytes)}` : ''}`), 500);
      try {
        await mustRun(`npm pack ${pinned.name}`, npm.program,
          [...npm.args, 'pack', `${pinned.name}@${pinned.version}`, '--pack-destination', draft, '--cache', cache, '--ignore-scripts'],
          { cwd: draft, env: npm.env, shell: npm.shell });
      } finally {
        clearInterval(watch);
      }
    });
    const tarball = readdirSync(draft).find((name) => name.endsWith('.tgz'));
    if (!tarball) throw new SetupFailure(`npm pack ${pinned.name} left no file`);
    const integrity = await sha512(join(draft, tarball));
    if (integrity !== pinned.integrity) throw new SetupFailure(`${pinned.name}@${pinned.version} is not the file that was pinned: its hash is ${integrity}`);
    await mustRun('tar', 'tar', ['-xzf', join(draft, tarball), '-C', directory, '--strip-components=1', '--no-same-owner']);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}
