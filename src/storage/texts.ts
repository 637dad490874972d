import type Database from 'better-sqlite3';
import { textResultSchema, type TextAccuracy, type TextResult, type TextSample } from '../shared/text.ts';
import type { Connection } from './connection.ts';
import { fromJson, readRow, toJson } from './stored.ts';

/** Characters, metrics and samples of runs on a text. */
export class Texts {
  readonly #connection: Connection;
  readonly #put: Database.Statement<[string, string]>;
  readonly #get: Database.Statement<[string], { result: string }>;
  readonly #addSample: Database.Statement<[string, number, string, string, Uint8Array | null]>;
  readonly #weights: Database.Statement<[string, number], Uint8Array | null>;
  readonly #weighed: Database.Statement<[string], number>;
  readonly #addAccuracy: Database.Statement<[string, number, number]>;
  readonly #accuracies: Database.Statement<[string], TextAccuracy>;
  readonly #samples: Database.Statement<[string], TextSample>;

  constructor(connection: Connection) {
    this.#connection = connection;
    const { db } = connection;
    this.#put = db.prepare('INSERT INTO text_results (run_id, result) VALUES (?, ?) ON CONFLICT (run_id) DO UPDATE SET result = excluded.result');
    this.#get = db.prepare('SELECT result FROM text_results WHERE run_id = ?');
    this.#addSample = db.prepare('INSERT INTO text_samples (run_id, epoch, prompt, text, weights) VALUES (?, ?, ?, ?, ?) ON CONFLICT (run_id, epoch) DO UPDATE SET prompt = excluded.prompt, text = excluded.text, weights = excluded.weights');
    this.#weights = db.prepare<[string, number], Uint8Array | null>('SELECT weights FROM text_samples WHERE run_id = ? AND epoch = ?').pluck() as Database.Statement<[string, number], Uint8Array | null>;
    this.#weighed = db.prepare<[string], number>('SELECT epoch FROM text_samples WHERE run_id = ? AND weights IS NOT NULL ORDER BY epoch').pluck() as Database.Statement<[string], number>;
    this.#addAccuracy = db.prepare('INSERT INTO text_accuracies (run_id, epoch, accuracy) VALUES (?, ?, ?) ON CONFLICT (run_id, epoch) DO UPDATE SET accuracy = excluded.accuracy');
    this.#accuracies = db.prepare('SELECT epoch, accuracy FROM text_accuracies WHERE run_id = ? ORDER BY epoch');
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

  /** @param weights that wrote it, as the bytes of a checkpoint; null where they are too large to be kept */
  addSample(runId: string, { epoch, prompt, text }: TextSample, weights: Uint8Array | null = null): void {
    this.#connection.write(() => this.#addSample.run(runId, epoch, prompt, text, weights));
  }

  /** The weights that wrote the sample of an epoch; null where there are none. */
  weights(runId: string, epoch: number): Uint8Array | null {
    return this.#connection.read(() => this.#weights.get(runId, epoch) ?? null);
  }

  /** Epochs whose weights are kept with their sample. */
  weighed(runId: string): number[] {
    return this.#connection.read(() => this.#weighed.all(runId));
  }

  addAccuracy(runId: string, { epoch, accuracy }: TextAccuracy): void {
    this.#connection.write(() => this.#addAccuracy.run(runId, epoch, accuracy));
  }

  accuracies(runId: string): TextAccuracy[] {
    return this.#connection.read(() => this.#accuracies.all(runId));
  }

  samples(runId: string): TextSample[] {
    return this.#connection.read(() => this.#samples.all(runId));
  }
}
