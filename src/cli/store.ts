import { basename, dirname, join, resolve } from 'node:path';
import { defaultDataFolder, isProcessAlive, openStorage, type Storage } from '../storage/index.ts';

/** Opens the studio's own database, or the file of --db. Notices (a damaged database set aside) go to standard error. */
export function openStore(db: string | boolean | undefined): Storage {
  const file = typeof db === 'string' ? join(dirname(resolve(db)), basename(db)) : join(defaultDataFolder(), 'unroll.db');
  const { storage, notices } = openStorage({ file });
  for (const { message, hint } of notices) process.stderr.write(`unroll: ${[message, hint].filter(Boolean).join(' ')}\n`);
  storage.runs.markInterrupted(isProcessAlive, 60);
  return storage;
}
