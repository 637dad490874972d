import { join, resolve } from 'node:path';
import type { Table } from '../data/index.ts';
import { inputError, toErrorData, type AppErrorData } from '../shared/errors.ts';
import { isProcessAlive, openStorage, type Storage } from '../storage/index.ts';
import { defaultDataFolder } from '../storage/location.ts';
import { restoreTable } from '../sources/index.ts';

/** Opens the studio's own database, or the file of --db. Notices (a damaged database set aside) go to standard error. */
export function openStore(db: string | boolean | undefined): Storage {
  const chosen = typeof db === 'string';
  if (db === '') throw inputError('cli.usage', '--db needs the path of a file.', { field: '--db' });
  // A path that a person typed may be any file of theirs: it is refused when it is no database, not set aside.
  const { storage, notices } = openStorage({ file: chosen ? resolve(db) : join(defaultDataFolder(), 'unroll.db'), replaceDamaged: !chosen });
  const say = ({ message, hint }: AppErrorData) => process.stderr.write(`unroll: ${[message, hint].filter(Boolean).join(' ')}\n`);
  notices.forEach(say);
  try {
    storage.runs.markInterrupted(isProcessAlive, 60);
  } catch (error) {
    // What cannot be written now (disk full, say) is said; reading goes on.
    say(toErrorData(error));
  }
  return storage;
}

/** The table of a stored dataset. @throws AppError when it is not known, or neither its copy nor its source is there */
export function tableOfDataset(storage: Storage, id: string): Promise<Table> {
  const { sha256: key, name, sourcePath: path, sampling } = storage.datasets.get(id);
  return restoreTable(storage.tablesFolder, { key, name, content: storage.datasets.content(id), path, sampling });
}
