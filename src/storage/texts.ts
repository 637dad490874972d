import type Database from 'better-sqlite3';
import { textResultSchema, type TextResult, type TextSample } from '../shared/text.ts';
import type { Connection } from './connection.ts';
import { fromJson, readRow, toJson } from './stored.ts';

/** Characters, metrics and samples of runs on a text. */
export class Texts {
  readonly #connection: Connection;
  readonly #put: Database.Statement<[string, string]>;
  readonly #get: Database.Statement<[string], { result: string }>;
  readonly #addSample: Database.Statement<[string, number, string, string]>;
  readonly #samples: Database.Statement<[string], TextSample>;

  constructor(connection: Connection) {
    this.#connection = connection;
    const { db } = connection;
    this.#put = db.prepare('INSERT INTO text_results (run_id, result) VALUES (?, ?) ON CONFLICT (run_id) DO UPDATE SET result = excluded.result');
    this.#get = db.prepare('SELECT result FROM text_results WHERE run_id = ?');
    this.#addSample = db.prepare('INSERT INTO text_samples (run_id, epoch, prompt, text) VALUES (?, ?, ?, ?) ON CONFLICT (run_id, epoch) DO UPDATE SET prompt = excluded.prompt, text = excluded.text');
    this.#samples = db.prepare('SELECT epoch, prompt, text FROM text_samples WHERE run_id = ? ORDER BY epoch');
  }

  put(runId: string, result: TextResult): void {
    this.#connection.write(() => this.#put.run(runId, toJson(textResultSchema, result)));
  }

  /** null for a run that learnt no text. */
  get(runId: string): TextResult | null {
    const row = this.#connection.read(() => this.#get.get(runId));
    return row === undefined ? null : readRow(textResultSchema, 'run', runId, () => fromJson(row.result));
  }

  addSample(runId: string, { epoch, prompt, text }: TextSample): void {
    this.#connection.write(() => this.#addSample.run(runId, epoch, prompt, text));
  }

  samples(runId: string): TextSample[] {
    return this.#connection.read(() => this.#samples.all(runId));
  }
}
