import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { SetupFailure } from './failure.mjs';
import { capture } from './run.mjs';
import { installSystemPackages } from './system-packages.mjs';

const electronPackages = [
  'libgtk-3-0', 'libnss3', 'libasound2', 'libgbm1', 'libatk-bridge2.0-0', 'libcups2', 'libdrm2', 'libxkbcommon0', 'libxss1', 'libxtst6',
];
const screenPackages = ['xvfb', 'xauth'];
const fontPackages = ['fonts-droid-fallback'];
const compilerPackages = ['gcc', 'g++', 'libc6-dev'];

/**
 * The shared libraries that ldd did not find.
 * @param {string} lddOutput
 */
export function notFound(lddOutput) {
  return [...lddOutput.matchAll(/^\s*(\S+) => not found/gm)].map((match) => match[1]);
}

/** @param {string} name a program's name */
function onPath(name) {
  return (process.env.PATH ?? '').split(delimiter).some((directory) => existsSync(join(directory, name)));
}

/**
 * Whether a font file has Chinese in it, as its name tells.
 * @param {string} path
 */
export function isChineseFont(path) {
  return /cjk|droidsansfallback|wqy|uming|ukai|sourcehan/i.test(path);
}

function hasChineseFont(directory = '/usr/share/fonts') {
  return existsSync(directory) && readdirSync(directory, { withFileTypes: true }).some((entry) => (
    entry.isDirectory() ? hasChineseFont(join(directory, entry.name)) : isChineseFont(entry.name)));
}

async function missingLibraries(executablePath) {
  return onPath('ldd') ? notFound((await capture('ldd', [executablePath])).stdout) : [];
}

/**
 * Sees to it that Linux has what the studio needs of it, in one go; elsewhere it belongs to the system.
 * @param {{ executablePath: string, compiler: boolean, screen: boolean }} needs executablePath: the Electron whose libraries
 * have to be there; compiler: C and C++; screen: a virtual one to test on
 */
export async function ensureSystem({ executablePath, compiler, screen }) {
  if (process.platform !== 'linux') return;
  const libraries = await missingLibraries(executablePath);
  const needs = [
    { lacking: libraries.length > 0, packages: electronPackages, what: `${libraries.length} system libraries for Electron (${libraries.slice(0, 3).join(', ')})` },
    { lacking: compiler && !(onPath('gcc') && onPath('g++')), packages: compilerPackages, what: 'a C++ compiler, for the SQLite binding of this Electron' },
    { lacking: screen && !['xvfb-run', 'Xvfb', 'xauth'].every(onPath), packages: screenPackages, what: 'a virtual screen to test on (Xvfb)' },
    { lacking: screen && !hasChineseFont(), packages: fontPackages, what: 'a font for the screenshots in Chinese' },
  ].filter(({ lacking }) => lacking);
  if (needs.length === 0) return;
  await installSystemPackages(needs.flatMap(({ packages }) => packages), `Missing here: ${needs.map(({ what }) => what).join('; ')}`);
  const still = await missingLibraries(executablePath);
  if (still.length > 0) throw new SetupFailure(`Electron still lacks ${still.join(', ')}. Install the packages that hold them.`, 2);
}
