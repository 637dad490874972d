import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type Database from 'better-sqlite3';
import { z } from 'zod';
import { appErrorSchema, inputError } from '../shared/errors.ts';
import { runOriginSchema, type RunOrigin } from '../shared/origin.ts';
import type { RunParcel, StoredParcel } from '../shared/parcel.ts';
import { deviceSchema, evaluationsSchema, metricsSchema, planSchema, targetMetricsSchema, type RunSummary } from '../shared/run.ts';
import { runSpecSchema } from '../shared/spec.ts';
import { checkpointKinds } from './checkpoints.ts';
import type { Connection } from './connection.ts';
import { Epochs } from './epochs.ts';
import type { Storage } from './index.ts';
import { PredictionRows } from './predictions.ts';
import { RunLogRows } from './run-log.ts';
import { toJson } from './stored.ts';

/** What is decided about a parcel that comes in. */
export interface Incoming {
  id: string;
  datasetId: string;
  origin: RunOrigin;
  /** Where its data lies in a file of its own that has been written already: the hash that the file is named by. */
  keptAs: string | null;
}

/** Runs as a whole, with all that belongs to them: out of the database and into it. */
export class Parcels {
  readonly #connection: Connection;
  readonly #storage: Storage;
  readonly #epochs: Epochs;
  readonly #predictions: PredictionRows;
  readonly #log: RunLogRows;

  constructor(connection: Connection, storage: Storage) {
    [this.#connection, this.#storage] = [connection, storage];
    this.#epochs = new Epochs(connection);
    this.#predictions = new PredictionRows(connection);
    this.#log = new RunLogRows(connection);
  }

  /** Everything of a run. @throws inputError 'run.unknown' */
  get(id: string): StoredParcel {
    const { runs, log, checkpoints, texts, classResults, gradients, datasets, tablesFolder } = this.#storage;
    const run = runs.get(id);
    const result = texts.get(id);
    const dataset = run.datasetId === null ? null : datasets.get(run.datasetId);
    const content = dataset === null ? null : datasets.content(dataset.id);
    const kept = dataset === null ? [] : (['table', 'text'] as const).map((kind) => ({ kind, path: join(tablesFolder, `${dataset.sha256}.${kind}`) }));
    return {
      run, log: log.history(id).entries, predictions: runs.predictions(id), classes: classResults.get(id), accuracies: texts.accuracies(id), gradients: gradients.all(id), dataset,
      // Those that were trimmed are stored once, under their other name.
      checkpoints: checkpointKinds.map((kind) => checkpoints.get(id, kind)).filter((one, i) => one !== null && one.kind === checkpointKinds[i]) as StoredParcel['checkpoints'],
      text: result === null ? null : { result, samples: texts.samples(id).map((sample) => ({ ...sample, weights: texts.weights(id, sample.epoch) })) },
      data: content !== null ? { kind: 'gzip', bytes: content } : kept.find(({ path }) => existsSync(path)) ?? null,
    };
  }

  /** Runs that came out of a file with this id, or have it, the newest first; without those in the trash. */
  known(id: string): RunSummary[] {
    const ids = this.#connection.read(() => this.#connection.db.prepare<[string, string], string>(`
      SELECT id FROM runs WHERE removed_at IS NULL AND (id = ? OR (json_extract(origin, '$.kind') = 'unroll' AND json_extract(origin, '$.id') = ?)) ORDER BY created_at DESC`).pluck().all(id, id) as string[]);
    return ids.map((one) => this.#storage.runs.summary(one));
  }

  /** The run whose file had these bytes, without those in the trash. */
  fromFile(sha256: string): RunSummary | null {
    const id = this.#connection.read(() => this.#connection.db.prepare<[string], string>("SELECT id FROM runs WHERE removed_at IS NULL AND json_extract(origin, '$.sha256') = ? LIMIT 1").pluck().get(sha256) as string | undefined);
    return id === undefined ? null : this.#storage.runs.summary(id);
  }

  /**
   * A run from elsewhere becomes one of ours, with its data: all of it or nothing.
   * @returns the stored run; it belongs to data that is here already where that is the same
   */
  add(parcel: RunParcel, { id, datasetId, origin, keptAs }: Incoming): RunSummary {
    const { run } = parcel;
    return this.#connection.write(() => {
      const { texts, classResults, gradients, checkpoints, runs } = this.#storage;
      this.#insert(parcel, id, this.#data(parcel, datasetId, keptAs), origin);
      this.#epochs.put(id, run.epochs);
      this.#connection.db.prepare('UPDATE runs SET curve = ? WHERE id = ?').run(JSON.stringify(this.#epochs.curve(id, run.epochsDone)), id);
      if (parcel.predictions !== null) this.#predictions.put(id, parcel.predictions);
      for (const { kind, epoch, bytes } of parcel.checkpoints) checkpoints.save(id, kind, epoch, bytes);
      if (parcel.text !== null) {
        texts.put(id, parcel.text.result);
        for (const { weights, ...sample } of parcel.text.samples) texts.addSample(id, sample, weights);
      }
      if (parcel.classes !== null) classResults.put(id, parcel.classes);
      for (const accuracy of parcel.accuracies) texts.addAccuracy(id, accuracy);
      gradients.put(id, parcel.gradients);
      for (const { kind, details, error, at } of parcel.log) this.#log.add(id, kind, details, error, at);
      this.#log.add(id, 'imported', 'file' in origin ? { file: origin.file } : {});
      return runs.summary(id);
    });
  }

  /** @returns the dataset that the run belongs to; null where its data is not there */
  #data({ dataset, data }: RunParcel, id: string, keptAs: string | null): string | null {
    if (dataset === null) return null;
    const { db } = this.#connection;
    const { datasets } = this.#storage;
    const here = db.prepare<[string, number], string>('SELECT id FROM datasets WHERE sha256 = ? AND (text IS NOT NULL) = ? ORDER BY removed_at IS NOT NULL, opened_at DESC LIMIT 1').pluck()
      .get(keptAs ?? dataset.sha256, dataset.text === null ? 0 : 1) as string | undefined;
    if (here !== undefined) {
      datasets.restore(here);
      return here;
    }
    if (data === null) return null;
    // A path on another machine says nothing here, and must not be read.
    return datasets.save({ ...dataset, id, sourcePath: null, sample: null, sourceSize: null, sourceModifiedAt: null, sha256: keptAs ?? dataset.sha256, openedAt: this.#connection.now() }, data.kind === 'source' ? gzipSync(data.bytes, { level: 1 }) : null).id;
  }

  #insert({ run }: RunParcel, id: string, datasetId: string | null, origin: RunOrigin): void {
    const { db } = this.#connection;
    const last = db.prepare<[], number>('SELECT color FROM runs ORDER BY rowid DESC LIMIT 1').pluck().get() as number | undefined;
    const json = <T>(schema: z.ZodType<T>, value: T | null) => (value === null ? null : toJson(schema, value));
    const row = {
      id, name: run.name, status: run.status === 'running' ? 'interrupted' : run.status, color: last === undefined ? 0 : (last + 1) % 12,
      dataset_id: datasetId, dataset_name: run.datasetName, unit: run.unit, spec: toJson(runSpecSchema, run.spec), device: json(deviceSchema, run.device), plan: json(planSchema, run.plan),
      created_at: run.createdAt, heartbeat_at: this.#connection.now(), finished_at: run.finishedAt, seconds: run.seconds, epochs_done: run.epochsDone,
      metrics: json(metricsSchema, run.metrics), persistence: json(metricsSchema, run.persistence), evaluations: json(evaluationsSchema, run.evaluations), targets: json(z.array(targetMetricsSchema), run.targets),
      error: json(appErrorSchema, run.error), owner_pid: 0, owner_session: '', tags: JSON.stringify(run.tags), starred: Number(run.starred), note: run.note, origin: toJson(runOriginSchema, origin),
    } satisfies Record<string, string | number | null>;
    const names = Object.keys(row);
    (db.prepare(`INSERT INTO runs (${names.join(', ')}) VALUES (${names.map((name) => `:${name}`).join(', ')})`) as Database.Statement<[typeof row]>).run(row);
  }
}

/** @throws inputError 'import.known' where a run of a file is here already */
export function assertUnknown(parcels: Parcels, id: string, file: string): void {
  const [here] = parcels.known(id);
  if (here === undefined) return;
  throw inputError('import.known', `The run of ${file} is here already: "${here.name}" (${here.id}).`, { hint: 'Import it again as a run of its own with --again.', details: { file, id: here.id, name: here.name } });
}
