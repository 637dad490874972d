import { existsSync, readFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { SetupFailure } from './failure.mjs';
import { isRecentNode, registryNodeName } from './node.mjs';
import { root } from './paths.mjs';
import { fetchPackage } from './registry.mjs';
import { capture } from './run.mjs';
import { stored } from './store.mjs';

/** @typedef {{ program: string, args: string[], env: Record<string, string | undefined>, shell: boolean }} NpmCommand */

/** The npm for machines whose own is too old: before 11 it leaves out native parts of Vite 8 or refuses it. */
const pinnedNpm = {
  name: 'npm',
  version: '11.19.1',
  integrity: 'sha512-ztsxKxt/kkIaAs+2i0GU6I+DRmUdrNasxTZKJe9TCdSjKxlhah/4r/hl5ygMD6XAg1qZ9c2TNomR4qgOydp10g==',
};

/**
 * PATH without this clone's own node_modules: npm puts it first, and a Node that npm is about to remove must not run npm.
 * @param {string} path
 */
export function withoutOwnTools(path) {
  return path.split(delimiter).filter((entry) => entry !== join(root, 'node_modules', '.bin')).join(delimiter);
}

/**
 * How to call the npm that called us, or else the one on PATH.
 * @param {Record<string, string | undefined>} [env]
 * @returns {NpmCommand}
 */
export function callersNpm(env = process.env) {
  const clean = { ...env, PATH: withoutOwnTools(env.PATH ?? '') };
  const cli = env.npm_execpath;
  if (cli && /npm-cli\.c?js$/.test(cli) && existsSync(cli)) {
    const node = env.npm_node_execpath && !env.npm_node_execpath.startsWith(root) ? env.npm_node_execpath : 'node';
    return { program: node, args: [cli], env: clean, shell: false };
  }
  // npm is a .cmd file on Windows, which only a shell starts.
  return { program: 'npm', args: [], env: clean, shell: process.platform === 'win32' };
}

/** @param {NpmCommand} npm */
async function versionsOf({ program, args, env, shell }) {
  try {
    const { stdout } = await capture(program, [...args, 'version', '--json'], { cwd: root, env, shell });
    const { npm, node } = JSON.parse(stdout);
    return { npm: String(npm), node: String(node) };
  } catch (error) {
    throw new SetupFailure(`npm could not be asked for its version (${error.message}). Install it; on Debian: apt-get install npm`, 2);
  }
}

/** Node 24 out of the npm registry, before there is a node_modules to have it in. */
async function fetchedNode(npm) {
  const name = registryNodeName();
  const locked = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages[`node_modules/${name}`];
  if (!locked) return undefined;
  const pinned = { name, version: locked.version, integrity: locked.integrity };
  return join(await stored('node', `${process.platform}-${process.arch}-${pinned.version}`, (directory) => fetchPackage(npm, pinned, directory)), 'bin', 'node');
}

/**
 * The npm that installs the dependencies: the caller's where it is 11 or newer on a recent Node, else the pinned one on Node 24.
 * @returns {Promise<NpmCommand>}
 */
export async function installingNpm() {
  const callers = callersNpm();
  const versions = await versionsOf(callers);
  const recentNpm = Number(versions.npm.split('.')[0]) >= 11;
  if (recentNpm && isRecentNode(versions.node)) return callers;
  const node = isRecentNode(versions.node) ? process.execPath : await fetchedNode(callers);
  if (!node) throw new SetupFailure(`Node ${versions.node} is too old, and the npm registry has no Node 24 for ${process.platform} on ${process.arch}. Install Node 22.12 or newer.`, 2);
  const npm = await stored('npm', pinnedNpm.version, (directory) => fetchPackage(callers, pinnedNpm, directory));
  const path = [dirname(node), callers.env.PATH].join(delimiter);
  return { program: node, args: [join(npm, 'bin', 'npm-cli.js')], env: { ...callers.env, PATH: path }, shell: false };
}
