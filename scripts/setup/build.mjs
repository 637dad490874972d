import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { filesUnder, fingerprint } from './fingerprint.mjs';
import { withLock } from './lock.mjs';
import { toolingEnvironment, toolingNode } from './node.mjs';
import { cloneId, root } from './paths.mjs';
import { mustRun } from './run.mjs';
import { step } from './say.mjs';

const wasmOutput = 'src/engine/backends/wasm/build';
const always = ['package.json', 'package-lock.json', 'tsconfig.base.json'];
const fromModules = (path) => join(root, 'node_modules', path);

/**
 * @typedef {'wasm' | 'app' | 'cli'} Target
 * @type {Record<Target, { title: string, command: string[], sources: string[], leaveOut: string[], outputs: string[] }>}
 * sources decide whether it has to be built again; outputs have to be there, a folder with something in it
 */
const targets = {
  wasm: {
    title: 'Building the WebAssembly engine',
    command: [join(root, 'scripts/build-wasm.mjs')],
    sources: ['src/engine/backends/wasm', 'scripts/build-wasm.mjs'],
    leaveOut: [wasmOutput],
    outputs: [wasmOutput],
  },
  app: {
    title: 'Building the studio',
    command: [fromModules('electron-vite/bin/electron-vite.js'), 'build'],
    sources: ['src', 'electron.vite.config.ts', 'tsconfig.web.json'],
    // The two declarations are written by the build itself.
    leaveOut: ['src/cli', 'src/renderer/auto-imports.d.ts', 'src/renderer/components.d.ts'],
    outputs: ['out/main/index.js', 'out/preload/index.cjs', 'out/renderer/index.html'],
  },
  cli: {
    title: 'Building the command line',
    command: [fromModules('vite/bin/vite.js'), 'build', '--config', 'vite.cli.config.ts'],
    sources: ['src', 'vite.cli.config.ts'],
    leaveOut: ['src/renderer', 'src/main', 'src/preload'],
    outputs: ['out/cli/unroll.js'],
  },
};

const isThere = (output) => {
  const path = join(root, output);
  return existsSync(path) && (output !== wasmOutput || readdirSync(path).length > 0);
};

const stampOf = (target) => join(root, 'out', 'built', `${target}.txt`);

function state(target) {
  const { sources, leaveOut, outputs } = targets[target];
  const files = filesUnder(root, [...always, ...sources], (path) => leaveOut.includes(path) || /\.test\.ts$|\/node_modules$/.test(path));
  const now = fingerprint(root, files);
  const stamp = stampOf(target);
  const built = existsSync(stamp) ? readFileSync(stamp, 'utf8') : '';
  return { now, isFresh: built === now && outputs.every(isThere) };
}

/**
 * Builds what has changed since it was built last.
 * @param {Target[]} wanted in the order in which they need each other
 */
export async function ensureBuilt(wanted) {
  if (wanted.every((target) => state(target).isFresh)) return;
  await withLock(`build-${cloneId}`, async () => {
    for (const target of wanted) {
      const { now, isFresh } = state(target);
      if (isFresh) continue;
      const { title, command } = targets[target];
      await step(title, () => mustRun(title, toolingNode(), command, { cwd: root, env: toolingEnvironment() }));
      mkdirSync(dirname(stampOf(target)), { recursive: true });
      writeFileSync(stampOf(target), now);
    }
  });
}
