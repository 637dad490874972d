import type Database from 'better-sqlite3';
import type { z } from 'zod';
import type { Connection } from './connection.ts';

/** JSON values by key: what the person chose, and where the window lay. */
export class Settings {
  readonly #connection: Connection;
  readonly #get: Database.Statement<[string], string>;
  readonly #put: Database.Statement<[string, string]>;

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#get = connection.db.prepare<[string], string>('SELECT value FROM settings WHERE key = ?').pluck() as Database.Statement<[string], string>;
    this.#put = connection.db.prepare('INSERT INTO settings (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value');
  }

  /** A value that is missing, or that does not have the shape any more, reads as the fallback: settings never keep the app from starting. */
  get<T>(key: string, schema: z.ZodType<T>, fallback: T): T {
    const text = this.#connection.read(() => this.#get.get(key));
    if (text === undefined) return fallback;
    try {
      return schema.parse(JSON.parse(text));
    } catch {
      return fallback;
    }
  }

  set(key: string, value: unknown): void {
    this.#connection.write(() => this.#put.run(key, JSON.stringify(value)));
  }
}
