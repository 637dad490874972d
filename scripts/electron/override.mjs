import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SetupFailure } from '../setup/failure.mjs';

/** Where Electron's executable lies in its distribution, by platform. */
export const executableIn = (directory, platform = process.platform) => join(directory,
  platform === 'darwin' ? 'Electron.app/Contents/MacOS/Electron' : platform === 'win32' ? 'electron.exe' : 'electron');

/**
 * The version that a distribution's own "version" file tells.
 * @param {string} directory
 */
export function versionIn(directory) {
  const path = join(directory, 'version');
  return existsSync(path) ? readFileSync(path, 'utf8').trim().replace(/^v/, '') : undefined;
}

/** The Electron that ELECTRON_OVERRIDE_DIST_PATH names. @param {string} directory */
export function overriddenElectron(directory) {
  const executablePath = executableIn(directory);
  if (!existsSync(executablePath)) throw new SetupFailure(`ELECTRON_OVERRIDE_DIST_PATH is ${directory}, but there is no ${executablePath}`, 2);
  const version = versionIn(directory);
  if (!version) throw new SetupFailure(`ELECTRON_OVERRIDE_DIST_PATH is ${directory}, but it has no file named version that says which Electron it is`, 2);
  return { executablePath, version };
}
