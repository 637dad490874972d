// npm run bench:data: builds what is missing, then runs bench/data.mjs, on a screen of its own where there is none.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { resolveElectron } from '../scripts/electron/resolve.mjs';
import { ensureBuilt } from '../scripts/setup/build.mjs';
import { ensureDependencies } from '../scripts/setup/dependencies.mjs';
import { exitWith } from '../scripts/setup/failure.mjs';
import { toolingEnvironment, toolingNode } from '../scripts/setup/node.mjs';
import { root } from '../scripts/setup/paths.mjs';

await exitWith(async () => {
  await ensureDependencies();
  await resolveElectron({ virtualScreen: true });
  await ensureBuilt(['wasm', 'app']);
  const command = [toolingNode(), join(root, 'bench/data.mjs'), ...process.argv.slice(2)];
  const [program, ...args] = process.platform === 'linux' ? ['xvfb-run', '--auto-servernum', '--server-args=-screen 0 1600x1000x24 -nolisten tcp', ...command] : command;
  const env = toolingEnvironment();
  delete env.WAYLAND_DISPLAY;
  return spawnSync(program, args, { stdio: 'inherit', env }).status ?? 1;
});
