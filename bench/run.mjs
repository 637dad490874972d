// npm run bench [-- --json] [-- --quick] [-- WORKLOAD ...]: sets up what is missing, then runs bench/main.mjs.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBuilt } from '../scripts/setup/build.mjs';
import { ensureDependencies } from '../scripts/setup/dependencies.mjs';
import { exitWith } from '../scripts/setup/failure.mjs';
import { toolingEnvironment, toolingNode } from '../scripts/setup/node.mjs';
import { root } from '../scripts/setup/paths.mjs';

await exitWith(async () => {
  await ensureDependencies();
  await ensureBuilt(['wasm']);
  const folder = join(root, 'bench');
  if (!existsSync(join(folder, 'node_modules'))) {
    // Without it the bench runs too, and says so.
    process.stderr.write('Fetching TensorFlow.js, to compare with (bench/node_modules) ...\n');
    spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'], shell: process.platform === 'win32' });
  }
  const { status } = spawnSync(toolingNode(), ['--expose-gc', '--no-warnings', join(folder, 'main.mjs'), ...process.argv.slice(2)], { stdio: 'inherit', env: toolingEnvironment() });
  return status ?? 1;
});
