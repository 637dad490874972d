// Runs on the tooling's Node, started by official.mjs: fetches the pinned Electron as Electron's own installer does, into the
// cache that the installer reads, and tells on stdout how far it is, a JSON object a line.
import { createRequire } from 'node:module';
import { join } from 'node:path';

const fromElectron = createRequire(join(process.argv[2], 'package.json'));
const { downloadArtifact } = await import(fromElectron.resolve('@electron/get'));
const tell = (message) => process.stdout.write(`${JSON.stringify(message)}\n`);

try {
  await downloadArtifact({
    version: fromElectron('./package.json').version,
    artifactName: 'electron',
    checksums: fromElectron('./checksums.json'),
    platform: process.platform,
    arch: process.arch,
    cacheRoot: process.env.electron_config_cache,
    downloadOptions: { quiet: true, getProgressCallback: ({ transferred, total }) => tell({ transferred, total }) },
  });
} catch (error) {
  // fetch says only "fetch failed"; why is in its cause.
  tell({ error: error.cause?.message || error.cause?.code || error.message });
  process.exitCode = 1;
}
