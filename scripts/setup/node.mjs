import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { SetupFailure } from './failure.mjs';
import { root } from './paths.mjs';

/**
 * Whether a Node version runs the tooling (Vite 8, Vitest, better-sqlite3's shipped binding): 22.12 or newer.
 * @param {string} version
 */
export function isRecentNode(version) {
  const [major, minor] = version.split('.').map(Number);
  return major > 22 || (major === 22 && minor >= 12);
}

/** The npm registry's package with Node for a machine. */
export function registryNodeName(platform = process.platform, arch = process.arch) {
  return `node-${platform === 'win32' ? 'win' : platform}-${arch}`;
}

/** The Node that everything after npm ci runs on: 24 from the npm registry, or the system's where there is none for this machine. */
export function toolingNode() {
  const own = join(root, 'node_modules', registryNodeName(), 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (existsSync(own)) return own;
  if (isRecentNode(process.versions.node)) return process.execPath;
  throw new SetupFailure(`Node ${process.versions.node} is too old, and the npm registry has no Node 24 for ${process.platform} on ${process.arch}. Install Node 22.12 or newer.`, 2);
}

/** The environment for tools: their own folder, with the tooling's Node in it, first on PATH. */
export function toolingEnvironment(env = process.env) {
  return { ...env, PATH: [join(root, 'node_modules', '.bin'), env.PATH ?? ''].join(delimiter) };
}
