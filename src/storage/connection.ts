import { randomUUID } from 'node:crypto';
import type Database from 'better-sqlite3';
import type { AppErrorData } from '../shared/errors.ts';
import { explained } from './failures.ts';

export type Clock = () => Date;

/** The open database with what every noun's queries share: the clock, the notices, and errors in one sentence. */
export class Connection {
  readonly db: Database.Database;
  /** Path of the database. */
  readonly file: string;
  /**
   * What the person must be told once. The array lives as long as the connection: a row that turns out unreadable
   * later is added to it.
   */
  readonly notices: AppErrorData[] = [];
  /** Tells the runs of this process from those of an earlier process that had the same process id. */
  readonly session = randomUUID();
  readonly #clock: Clock;

  constructor(db: Database.Database, file: string, clock: Clock) {
    this.db = db;
    this.file = file;
    this.#clock = clock;
  }

  /** The time as it is stored: ISO 8601 in UTC, which sorts as text. */
  now(): string { return this.#clock().toISOString(); }

  /** Milliseconds since the epoch. */
  milliseconds(): number { return this.#clock().getTime(); }

  /** @throws environmentError when the machine refuses */
  read<T>(query: () => T): T {
    try {
      return query();
    } catch (error) {
      throw explained(error, this.file);
    }
  }

  /** All of it or nothing. The write lock is taken at once, so that two processes wait for each other instead of failing half-way. */
  write<T>(change: () => T): T {
    return this.read(() => this.db.transaction(change).immediate());
  }

  /** Tells a notice once. */
  notice(notice: AppErrorData): void {
    if (!this.notices.some((told) => told.code === notice.code && told.message === notice.message)) this.notices.push(notice);
  }
}
