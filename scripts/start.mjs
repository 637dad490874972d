// npm start [-- FILE]: sets everything up, then opens the studio; without a display, does the main job in the terminal.
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { resolveElectron } from './electron/resolve.mjs';
import { ensureBuilt } from './setup/build.mjs';
import { ensureDependencies } from './setup/dependencies.mjs';
import { findDisplay } from './setup/display.mjs';
import { exitWith, SetupFailure } from './setup/failure.mjs';
import { toolingNode } from './setup/node.mjs';
import { root } from './setup/paths.mjs';
import { passThrough } from './setup/run.mjs';
import { say } from './setup/say.mjs';

const sample = 'resources/samples/us-treasury-10y-monthly.csv';
const mainJob = ['train', sample, '--target', 'Rate', '--time', 'Date', '--unit', '%', '--sequence', '6', '--hidden', '20', '--epochs', '200', '--seed', '7'];

/** @param {'native' | 'x11' | 'wayland'} kind @param {string[]} files */
async function openStudio(kind, files) {
  await ensureBuilt(['wasm', 'app']);
  const electron = await resolveElectron();
  const env = { ...process.env, ...electron.env };
  delete env.ELECTRON_RUN_AS_NODE;
  const screen = kind === 'wayland' ? ['--ozone-platform=wayland'] : [];
  say(`Opening the studio (Electron ${electron.version})`);
  return passThrough(electron.executablePath, [...screen, ...electron.args, ...files], { cwd: root, env });
}

/** @param {string} reason @param {string[]} files */
async function trainInTerminal(reason, files) {
  if (files.length > 0) throw new SetupFailure(`No window can open here: ${reason}. To train on ${files[0]} in the terminal: npx unroll train ${files[0]} --target COLUMN`, 2);
  say(`No window can open here: ${reason}. Training on a shipped sample in the terminal instead:`);
  await ensureBuilt(['wasm', 'cli']);
  say(`npx unroll ${mainJob.join(' ')}`);
  return passThrough(toolingNode(), [join(root, 'out/cli/unroll.js'), ...mainJob], { cwd: root });
}

await exitWith(async () => {
  const files = process.argv.slice(2).map((file) => resolve(file));
  const absent = files.find((file) => !existsSync(file));
  if (absent) throw new SetupFailure(`There is no file ${absent}`, 2);
  await ensureDependencies();
  const display = await findDisplay();
  return display.kind === 'none' ? trainInTerminal(display.reason, files) : openStudio(display.kind, files);
});
