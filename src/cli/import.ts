import { inputError } from '../shared/errors.ts';
import { importUnroll } from '../importer/index.ts';
import type { Options } from './options.ts';
import { openStore } from './store.ts';

/** `unroll import FILE`: a .unroll file becomes a run here. @returns the exit code */
export async function importRun({ values, positionals: [path, ...more] }: Options): Promise<number> {
  if (path === undefined || more.length > 0) throw inputError('cli.usage', 'unroll import needs one .unroll file.', { hint: 'unroll export ID --format unroll --out FILE.unroll makes one.' });
  const storage = openStore(values['db']);
  try {
    const { id, name, epochs, data, wanted } = await importUnroll(storage, path, values['again'] === true);
    if (values['json'] === true) process.stdout.write(`${JSON.stringify({ event: 'imported', runId: id, name, epochs, data, wanted })}\n`);
    else process.stdout.write(`Imported ${name} as ${id} (${epochs} epochs).\n${data || wanted === null ? '' : `Its data is not here: open ${wanted.name} (SHA-256 ${wanted.sha256}), then import with --again to go on training.\n`}`);
    return 0;
  } finally {
    storage.close();
  }
}
