import { accessSync, constants, mkdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import Database from 'better-sqlite3';
import { inputError } from '../shared/errors.ts';
import { backupBefore } from './backup.ts';
import { Connection, type Clock } from './connection.ts';
import { explained, saysBusy, saysDamaged } from './failures.ts';
import { assertOurs, migrate, versionOf, type Migration } from './migrate.ts';
import { identityOf, setAside } from './set-aside.ts';

export interface OpenOptions {
  /** Path of the database; its folder is made. */
  file: string;
  /** Path of better-sqlite3's addon, where it does not lie beside its package (inside a packaged app). */
  nativeBinding?: string;
  clock?: Clock;
  /**
   * A damaged database is set aside and a new one begun; false refuses it instead, for a path that a person typed
   * and that may be any file of theirs.
   */
  replaceDamaged?: boolean;
}

/** Milliseconds that a query waits for another process. */
const BUSY_TIMEOUT = 5000;
/** A database up to this size is checked whole at every start (about a second for each GB); a larger one after an unclean end or before a migration. */
const ALWAYS_CHECKED = 256 * 1024 * 1024;

/** @throws AppError; nothing is changed then, except that a damaged file may have been set aside */
export function openConnection(options: OpenOptions, migrations: readonly Migration[]): Connection {
  const file = resolve(options.file);
  const clock = options.clock ?? (() => new Date());
  try {
    mkdirSync(dirname(file), { recursive: true });
    return attempt({ ...options, file }, clock, migrations);
  } catch (error) {
    throw explained(error, file);
  }
}

function attempt(options: OpenOptions, clock: Clock, migrations: readonly Migration[]): Connection {
  const { file } = options;
  const identity = identityOf(file);
  try {
    if (lostItsMainFile(file)) throw new Damage('the main file is empty and its log is not');
    return opened(options, clock, migrations);
  } catch (error) {
    if (!(error instanceof Damage) && !saysDamaged(error)) throw error;
    if (options.replaceDamaged === false) {
      throw inputError('storage.not-a-database', `"${file}" is not a readable database of Unroll.`, { hint: 'Choose another path for the database.', details: { file } });
    }
    const notice = setAside(file, identity, clock());
    const connection = opened(options, clock, migrations);
    if (notice !== null) connection.notice(notice);
    return connection;
  }
}

class Damage extends Error {}

/**
 * SQLite would silently delete the log of an empty main file. The log is looked at first: a main file always gets
 * its first page before its log begins, also while another process creates the two.
 */
function lostItsMainFile(file: string): boolean {
  return sizeOf(`${file}-wal`) > 0 && sizeOf(file) === 0;
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

function opened(options: OpenOptions, clock: Clock, migrations: readonly Migration[]): Connection {
  const { file } = options;
  const connect = (readonly: boolean) => new Database(file, {
    timeout: BUSY_TIMEOUT, readonly, ...(options.nativeBinding === undefined ? {} : { nativeBinding: options.nativeBinding }),
  });
  const unclean = sizeOf(`${file}-wal`) > 0;
  const db = connect(false);
  try {
    const newest = migrations.at(-1)?.version ?? 0;
    assertOurs(db, file, newest);
    if (unclean || sizeOf(file) <= ALWAYS_CHECKED || versionOf(db) < newest) assertWhole(db);
    useLog(db);
    db.pragma('synchronous = NORMAL');
    db.pragma('journal_size_limit = 67108864');
    migrate(db, file, migrations, (version) => backupBefore(file, version, clock(), () => connect(true)));
    assertWritable(db, file);
    return new Connection(db, file, clock);
  } catch (error) {
    db.close();
    throw error;
  }
}

/** A read-only file or folder would otherwise be found out only by the first run. */
function assertWritable(db: Database.Database, file: string): void {
  accessSync(file, constants.W_OK);
  accessSync(dirname(file), constants.W_OK);
  // What the permissions do not tell (on Windows, say), taking the write lock does.
  db.transaction(() => undefined).immediate();
}

function assertWhole(db: Database.Database): void {
  const found = db.pragma('quick_check(1)', { simple: true }) as string;
  if (found !== 'ok') throw new Damage(found);
}

/** Switches to write-ahead logging. SQLite does not wait for its lock while another process switches too, so this does. */
function useLog(db: Database.Database): void {
  const until = Date.now() + BUSY_TIMEOUT;
  for (;;) {
    try {
      db.pragma('journal_mode = WAL');
      return;
    } catch (error) {
      if (!saysBusy(error) || Date.now() > until) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
    }
  }
}
