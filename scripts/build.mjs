// npm run build: everything that the studio and the command line run from.
import { ensureBuilt } from './setup/build.mjs';
import { ensureDependencies } from './setup/dependencies.mjs';
import { exitWith } from './setup/failure.mjs';
import { say } from './setup/say.mjs';

await exitWith(async () => {
  await ensureDependencies();
  await ensureBuilt(['wasm', 'app', 'cli']);
  say('Built: out/ is up to date');
  return 0;
});
