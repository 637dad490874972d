import { gunzipSync } from 'node:zlib';
import type { Table } from '../data/index.ts';
import type { Sampling } from '../shared/dataset.ts';
import { environmentError } from '../shared/errors.ts';
import { keptTable } from './kept.ts';
import { openSource, tableOf } from './open.ts';

/** What is known of a dataset whose table is wanted again. */
export interface StoredSource {
  /** Hash of the source. */
  key: string;
  name: string;
  /** The file, gzip'd; null where its table is kept as a file of its own. */
  content: Uint8Array | null;
  path: string | null;
  sampling: Sampling | null;
}

/**
 * The table of a stored dataset: from its copy, else from its source where that is still the same.
 * @param folder of the tables of large files
 * @throws environmentError 'dataset.copy-gone'
 */
export async function restoreTable(folder: string, { key, name, content, path, sampling }: StoredSource): Promise<Table> {
  if (content !== null) return tableOf(new Uint8Array(gunzipSync(content)), name);
  const table = keptTable(folder, key, name);
  if (table !== null) return table;
  const again = path === null ? null : await openSource(path, sampling).catch(() => null);
  if (again?.sha256 === key) return again.table;
  throw environmentError('dataset.copy-gone', `The stored copy of "${name}" is not there, and its file is no longer the same.`, { hint: 'Open the file again.', details: { name } });
}
