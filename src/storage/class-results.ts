import type Database from 'better-sqlite3';
import { z } from 'zod';
import { classBriefSchema, classResultSchema, type ClassResult } from '../shared/classify.ts';
import type { Connection } from './connection.ts';
import { fromJson, readRow, toJson } from './stored.ts';

const briefsSchema = z.object({ best: classBriefSchema, last: classBriefSchema, final: classBriefSchema });

/** What runs on labelled sequences leave behind. */
export class ClassResults {
  readonly #connection: Connection;
  readonly #put: Database.Statement<[string, string, string | null]>;
  readonly #get: Database.Statement<[string], { result: string }>;

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#put = connection.db.prepare('INSERT INTO class_results (run_id, result, brief) VALUES (?, ?, ?) ON CONFLICT (run_id) DO UPDATE SET result = excluded.result, brief = excluded.brief');
    this.#get = connection.db.prepare('SELECT result FROM class_results WHERE run_id = ?');
  }

  put(runId: string, result: ClassResult): void {
    const { metrics, evaluations } = result;
    // The schema leaves the tables out.
    const brief = metrics === null || evaluations === null ? null : JSON.stringify(briefsSchema.parse({ best: evaluations.best.metrics, last: evaluations.last.metrics, final: metrics }));
    this.#connection.write(() => this.#put.run(runId, toJson(classResultSchema, result), brief));
  }

  /** null for a run of another task. */
  get(runId: string): ClassResult | null {
    const row = this.#connection.read(() => this.#get.get(runId));
    return row === undefined ? null : readRow(classResultSchema, 'run', runId, () => fromJson(row.result));
  }
}
