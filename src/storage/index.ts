import { dirname, join } from 'node:path';
import type { AppErrorData } from '../shared/errors.ts';
import { z } from 'zod';
import { keepPolicies, type KeepPolicy, type StorageFacts, type TrimResult } from '../shared/care.ts';
import { backupTo } from './backup.ts';
import { storageFacts } from './care/space.ts';
import { trim } from './care/trim.ts';
import { Checkpoints } from './checkpoints.ts';
import { ClassResults } from './class-results.ts';
import { Comparisons } from './comparisons.ts';
import type { Connection } from './connection.ts';
import { Datasets } from './datasets.ts';
import { explained } from './failures.ts';
import { Marks } from './marks.ts';
import { Gradients } from './gradients.ts';
import { migrations } from './migrations/index.ts';
import { openConnection, type OpenOptions } from './open.ts';
import { Parcels } from './parcels.ts';
import { Queue } from './queue.ts';
import { RunLog } from './run-log.ts';
import { Runs } from './runs.ts';
import { Settings } from './settings.ts';
import { Texts } from './texts.ts';

export type { Checkpoint, CheckpointKind } from './checkpoints.ts';
export type { DatasetUse } from './datasets.ts';
export type { OpenOptions } from './open.ts';
export type { NewQueueItem } from './queue.ts';
export type { NewRun, RunResult } from './runs.ts';
export { defaultDataFolder } from './location.ts';
export { isProcessAlive } from './process.ts';
export * as care from './care/index.ts';
export { beginResume, type Resumed } from './resuming.ts';
export { RunRecorder } from './recorder.ts';
export { assertUnknown, type Incoming } from './parcels.ts';

/** The database: the only thing that opens it. Every write that the machine refuses is an environmentError, and nothing is half written. */
export class Storage {
  readonly datasets: Datasets;
  readonly runs: Runs;
  readonly log: RunLog;
  readonly queue: Queue;
  readonly checkpoints: Checkpoints;
  readonly marks: Marks;
  readonly comparisons: Comparisons;
  readonly settings: Settings;
  readonly texts: Texts;
  readonly gradients: Gradients;
  readonly classResults: ClassResults;
  readonly parcels: Parcels;
  /** Folder beside the database in which the tables of large files are kept (src/sources). */
  readonly tablesFolder: string;
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
    this.datasets = new Datasets(connection);
    this.runs = new Runs(connection);
    this.log = new RunLog(connection);
    this.queue = new Queue(connection);
    this.checkpoints = new Checkpoints(connection);
    this.marks = new Marks(connection);
    this.comparisons = new Comparisons(connection);
    this.settings = new Settings(connection);
    this.texts = new Texts(connection);
    this.gradients = new Gradients(connection);
    this.classResults = new ClassResults(connection);
    this.parcels = new Parcels(connection, this);
    this.tablesFolder = join(dirname(connection.file), 'tables');
  }

  /** Copies the database to a path while it stays in use; a file that lies there is replaced. */
  async backup(path: string): Promise<void> {
    try {
      await backupTo(this.#connection.db, path);
    } catch (error) {
      throw explained(error, path);
    }
  }

  /** What the data folder holds. */
  facts(): StorageFacts {
    return this.#connection.read(() => storageFacts(this.#connection.db, this.#connection.file, this.keep));
  }

  /** What is kept of the weights of runs that are done. */
  get keep(): KeepPolicy { return this.settings.get('checkpoints.keep', z.enum(keepPolicies), 'best-and-last'); }
  set keep(policy: KeepPolicy) { this.settings.set('checkpoints.keep', policy); }

  /** Removes the weights that the policy does not keep. @param runId of this run alone; null: of all */
  trim(runId: string | null): TrimResult {
    return this.#connection.write(() => trim(this.#connection.db, this.keep, runId, (id, bytes) => { this.log.add(id, 'trimmed', { bytes }); }));
  }

  close(): void {
    this.#connection.db.close();
  }
}

/**
 * Opens the database, makes or migrates it as needed, and sets a damaged one aside.
 *
 * @returns `notices`: what the person must be told; a live array, to which stored rows that turn out unreadable are added
 * @throws AppError 'storage.newer', 'storage.foreign', 'storage.not-a-database', 'storage.read-only', 'storage.full', 'storage.busy', 'storage.unavailable'
 */
export function openStorage(options: OpenOptions): { storage: Storage; notices: AppErrorData[] } {
  const connection = openConnection(options, migrations);
  return { storage: new Storage(connection), notices: connection.notices };
}
