#!/usr/bin/env node
// The command "unroll" in a clone: sees that it is set up, saying so on stderr alone, then runs the built command line.
import { join } from 'node:path';
import { ensureBuilt } from './setup/build.mjs';
import { ensureDependencies } from './setup/dependencies.mjs';
import { exitWith } from './setup/failure.mjs';
import { toolingNode } from './setup/node.mjs';
import { root } from './setup/paths.mjs';
import { passThrough } from './setup/run.mjs';

await exitWith(async () => {
  await ensureDependencies();
  await ensureBuilt(['wasm', 'cli']);
  return passThrough(toolingNode(), [join(root, 'out/cli/unroll.js'), ...process.argv.slice(2)], { interrupt: true });
});
