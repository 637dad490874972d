import { existsSync, readFileSync, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { SetupFailure } from './failure.mjs';
import { withLock } from './lock.mjs';
import { expectedPackages, missingPackages } from './lockfile.mjs';
import { installingNpm } from './npm.mjs';
import { cloneId, root } from './paths.mjs';
import { capture } from './run.mjs';
import { say, step } from './say.mjs';

/** @returns {import('./lockfile.mjs').Machine} */
export function thisMachine() {
  const musl = process.platform === 'linux' && readdirSync('/lib').some((name) => name.startsWith('ld-musl-'));
  return { platform: process.platform, arch: process.arch, libc: process.platform === 'linux' ? (musl ? 'musl' : 'glibc') : undefined };
}

function packagesOf(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8')).packages;
  } catch {
    return {};
  }
}

function look() {
  const locked = packagesOf(join(root, 'package-lock.json'));
  const installed = packagesOf(join(root, 'node_modules', '.package-lock.json'));
  const isThere = (path) => existsSync(join(root, path, 'package.json'));
  const expected = expectedPackages(locked, thisMachine());
  return { expected, missing: missingPackages(expected, locked, installed, isThere), isThere };
}

/**
 * What went wrong, without npm's many warnings and its list of options.
 * @param {string} output
 */
export function npmErrors(output) {
  const errors = output.split('\n').filter((line) => /^npm (error|ERR!)/.test(line));
  const usage = errors.findIndex((line) => /^npm (error|ERR!) Usage:/.test(line));
  const told = usage === -1 ? errors : [...errors.slice(0, usage), ...errors.filter((line) => line.includes('complete log'))];
  return told.length > 0 ? told.join('\n') : output.trim();
}

async function install(expected, isThere) {
  const npm = await installingNpm();
  const args = [...npm.args, 'ci', '--include=dev', '--include=optional', '--ignore-scripts', '--no-audit', '--no-fund'];
  const result = await step(`Installing ${expected.length} packages with npm`, async (report) => {
    const count = setInterval(() => report(`${expected.filter(isThere).length} in place`), 1_000);
    try {
      return await capture(npm.program, args, { cwd: root, env: npm.env, shell: npm.shell });
    } finally {
      clearInterval(count);
    }
  });
  if (result.code !== 0) throw new SetupFailure(`npm ci failed with exit code ${result.code}:\n${npmErrors(result.output)}`);
}

/** npm links the commands of dependencies but not the clone's own, which scripts may want by name too. */
function linkOwnCommand() {
  const link = join(root, 'node_modules', '.bin', 'unroll');
  if (process.platform !== 'win32' && !existsSync(link)) symlinkSync('../../scripts/unroll.mjs', link);
}

/**
 * Makes node_modules what package-lock.json says for this machine. npm's own record in node_modules tells what is there:
 * it is written last, so that an interrupted install is seen and done again.
 */
export async function ensureDependencies() {
  if (look().missing.length === 0) return;
  await withLock(`dependencies-${cloneId}`, async () => {
    const { expected, missing, isThere } = look();
    if (missing.length === 0) return;
    if (existsSync(join(root, 'node_modules'))) say(`node_modules does not fit package-lock.json (packages that differ: ${missing.length}, the first ${missing[0]})`);
    await install(expected, isThere);
    const still = look().missing;
    if (still.length > 0) throw new SetupFailure(`npm ci ended well but left out ${still.length} packages: ${still.slice(0, 5).join(', ')}`);
    linkOwnCommand();
  });
}
