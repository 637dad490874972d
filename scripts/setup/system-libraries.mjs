import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { SetupFailure } from './failure.mjs';
import { capture } from './run.mjs';
import { installSystemPackages } from './system-packages.mjs';

const electronPackages = [
  'libgtk-3-0', 'libnss3', 'libasound2', 'libgbm1', 'libatk-bridge2.0-0', 'libcups2', 'libdrm2', 'libxkbcommon0', 'libxss1', 'libxtst6',
];

/**
 * The shared libraries that ldd did not find.
 * @param {string} lddOutput
 */
export function notFound(lddOutput) {
  return [...lddOutput.matchAll(/^\s*(\S+) => not found/gm)].map((match) => match[1]);
}

/** @param {string} name a program's name */
export function onPath(name) {
  return (process.env.PATH ?? '').split(delimiter).some((directory) => existsSync(join(directory, name)));
}

/**
 * Sees to it that Electron's window system libraries are there (Linux only: elsewhere they belong to the system).
 * @param {string} executablePath
 */
export async function ensureElectronLibraries(executablePath) {
  if (process.platform !== 'linux' || !onPath('ldd')) return;
  const look = async () => notFound((await capture('ldd', [executablePath])).stdout);
  const missing = await look();
  if (missing.length === 0) return;
  await installSystemPackages(electronPackages, `Electron needs ${missing.length} system libraries that are not here (${missing.slice(0, 3).join(', ')}${missing.length > 3 ? ', ...' : ''})`);
  const still = await look();
  if (still.length > 0) throw new SetupFailure(`Electron still lacks ${still.join(', ')}. Install the packages that hold them.`, 2);
}

/** Sees to it that tests have a screen to draw on (Linux only). */
export async function ensureVirtualScreen() {
  if (process.platform !== 'linux' || (onPath('xvfb-run') && onPath('Xvfb') && onPath('xauth'))) return;
  await installSystemPackages(['xvfb', 'xauth'], 'The tests draw on a virtual screen (Xvfb), which is not here');
}

/** Sees to it that C and C++ can be compiled. */
export async function ensureCompiler() {
  if (onPath('g++') && onPath('gcc')) return;
  await installSystemPackages(['gcc', 'g++', 'libc6-dev'], 'This Electron needs the SQLite binding compiled, and there is no C++ compiler');
}
