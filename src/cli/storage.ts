import { join, resolve } from 'node:path';
import { keepPolicies, type KeepPolicy } from '../shared/care.ts';
import { inputError } from '../shared/errors.ts';
import { care, type Storage } from '../storage/index.ts';
import { defaultDataFolder } from '../storage/location.ts';
import type { Options } from './options.ts';
import { openStore } from './store.ts';
import { table } from './tables.ts';

const what = ['info', 'check', 'compact', 'export', 'import', 'trim'] as const;

/** Opens the database first: an older one is migrated, a damaged one is told, before work on the whole of it begins. */
function withStorage(values: Options['values'], use: (storage: Storage, file: string) => number): number {
  const storage = openStore(values['db']);
  const { db } = values;
  try {
    return use(storage, typeof db === 'string' ? resolve(db) : join(defaultDataFolder(), 'unroll.db'));
  } finally {
    storage.close();
  }
}

const size = (bytes: number) => (bytes < 1024 ? `${bytes} B` : bytes < 1024 ** 2 ? `${(bytes / 1024).toFixed(1)} kB` : bytes < 1024 ** 3 ? `${(bytes / 1024 ** 2).toFixed(1)} MB` : `${(bytes / 1024 ** 3).toFixed(2)} GB`);

function tell(json: boolean, event: string, result: object, words: string): void {
  process.stdout.write(json ? `${JSON.stringify({ event, ...result })}\n` : `${words}\n`);
}

/** `unroll backup [FILE]`: a copy of the database while it stays in use; without a file into the folder "backups" beside it. */
export function backupCommand({ values, positionals: [path, ...more] }: Options): number {
  if (more.length > 0) throw inputError('cli.usage', 'unroll backup takes one file.', { hint: 'unroll backup copy.db' });
  return withStorage(values, (_storage, file) => {
    const done = care.backUp({ file }, path ?? null);
    tell(values['json'] === true, 'backup', done, `Backed up to ${done.path} (${size(done.bytes)}, ${done.runs} runs).`);
    return 0;
  });
}

/** `unroll storage info|check|compact|export|import|trim`: looks after the database. @returns the exit code: 2 when a check finds damage */
export function storageCommand({ values, positionals: [command, path, ...more] }: Options): number {
  const chosen = what.find((name) => name === command);
  const takesFile = chosen === 'export' || chosen === 'import';
  if (chosen === undefined || more.length > 0 || (path !== undefined) !== takesFile) {
    throw inputError('cli.usage', takesFile ? `unroll storage ${chosen} needs one file.` : chosen === undefined ? `unroll storage takes ${what.join(', ')}${command === undefined ? '' : ` (got "${command}")`}.` : `unroll storage ${chosen} takes no file.`, { hint: 'For example: unroll storage export all.unroll-data' });
  }
  const json = values['json'] === true;
  return withStorage(values, (storage, file) => {
    const progress = (share: number) => { if (!json && process.stderr.isTTY) process.stderr.write(`\r${Math.round(share * 100)} %${share >= 1 ? '\n' : ''}`); };
    switch (chosen) {
      case 'info': {
        const facts = storage.facts();
        const rows = (['database', 'checkpoints', 'predictions', 'contents', 'free', 'tables', 'backups', 'trimmable'] as const).map((name) => [name, size(facts[name])]);
        tell(json, 'info', { file, ...facts }, `${file}\n${table(['what', 'size'], rows)}\n${facts.runs} runs, ${facts.trash} in the trash, ${facts.datasets} datasets; weights kept of runs that are done: ${facts.keep}`);
        return 0;
      }
      case 'check': {
        const done = care.checkDatabase({ file });
        tell(json, 'check', done, done.problems.length === 0 ? 'The database is whole.' : `The database is damaged:\n${done.problems.join('\n')}`);
        return done.problems.length === 0 ? 0 : 2;
      }
      case 'compact': {
        const done = care.compactDatabase({ file });
        tell(json, 'compact', done, `Compacted: ${size(Math.max(0, done.before - done.after))} given back, ${size(done.after)} left.`);
        return 0;
      }
      case 'export': {
        const done = care.exportEverything({ file }, path!, progress);
        tell(json, 'export', done, `${done.runs} runs and ${done.datasets} datasets exported to ${done.path} (${size(done.bytes)}).`);
        return 0;
      }
      case 'import': {
        const done = care.importEverything({ file }, path!, progress);
        tell(json, 'import', done, `${done.runs} runs, ${done.datasets} datasets and ${done.comparisons} comparisons came in; ${done.known} runs were here already.`);
        return 0;
      }
      case 'trim': {
        if (values['keep'] !== undefined) storage.keep = policyOf(values['keep']);
        const done = storage.trim(null);
        tell(json, 'trim', { keep: storage.keep, ...done }, `Weights of ${done.runs} runs removed: ${size(done.bytes)}. unroll storage compact gives the space back to the disk.`);
        return 0;
      }
    }
  });
}

function policyOf(given: string | boolean): KeepPolicy {
  const found = keepPolicies.find((name) => name === given);
  if (found === undefined) throw inputError('cli.usage', `--keep must be ${keepPolicies.join(', ')} (got ${String(given)}).`, { field: '--keep' });
  return found;
}
