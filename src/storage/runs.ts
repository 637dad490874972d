import type Database from 'better-sqlite3';
import { z } from 'zod';
import { appErrorSchema, environmentError, inputError, type AppErrorData } from '../shared/errors.ts';
import type { Plan } from '../shared/plan.ts';
import {
  deviceSchema, evaluationsSchema, metricsSchema, planSchema, resumableStatuses, runDetailSchema, targetMetricsSchema,
  type DeviceChoice, type EpochRecord, type Evaluations, type Metrics, type Predictions, type RunDetail, type RunStatus, type RunSummary, type TargetMetrics,
} from '../shared/run.ts';
import { runSpecSchema, type RunSpec } from '../shared/spec.ts';
import { unitsSchema, type Units } from '../shared/units.ts';
import type { Connection } from './connection.ts';
import { Epochs } from './epochs.ts';
import { PredictionRows } from './predictions.ts';
import { RunLogRows } from './run-log.ts';
import { RUN_FIELDS, toRunSummary, type RunRow } from './run-rows.ts';
import { fromJson, readRow, readRows, toJson } from './stored.ts';

export interface NewRun {
  id: string; name: string; datasetId: string | null; datasetName: string; unit: string; spec: RunSpec;
  /** Of each target that has one; `unit` is the first one's. */
  units?: Units | undefined;
  /** Process that trains it, or that watches over the one that does. */
  ownerPid: number;
  groupId?: string | null;
  /** What waited in the queue and has its turn now: it is taken out, or no run begins where it is gone already. */
  queueItem?: string;
}

/** What a run leaves behind at its end; what is left out is not known. */
export interface RunResult { metrics?: Metrics; persistence?: Metrics; evaluations?: Evaluations; targets?: TargetMetrics[] | null; seconds?: number; error?: AppErrorData; predictions?: Predictions }

/** Colors that runs take turns with; a run keeps its own for life. */
const COLORS = 12;
/** Runs that are named when a short id fits several. */
const NAMED = 5;

type Owned = RunRow & { owner_pid: number; owner_session: string; heartbeat_at: string };

/** Runs with their epochs and predictions. */
export class Runs {
  readonly #connection: Connection;
  readonly #epochs: Epochs;
  readonly #predictions: PredictionRows;
  readonly #log: RunLogRows;
  readonly #sql: ReturnType<typeof prepare>;

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#epochs = new Epochs(connection);
    this.#predictions = new PredictionRows(connection);
    this.#log = new RunLogRows(connection);
    this.#sql = prepare(connection.db);
  }

  create(run: NewRun): RunSummary {
    return this.#connection.write(() => {
      if (run.queueItem !== undefined && this.#sql.dequeue.run(run.queueItem).changes === 0) throw inputError('queue.unknown', 'This run does not wait in the queue any more.', { details: { id: run.queueItem } });
      const last = this.#sql.lastColor.get();
      this.#sql.insert.run({
        id: run.id, name: run.name, color: last === undefined ? 0 : (last + 1) % COLORS,
        datasetId: run.datasetId, datasetName: run.datasetName, unit: run.unit, units: run.units === undefined ? null : toJson(unitsSchema, run.units), spec: toJson(runSpecSchema, run.spec),
        now: this.#connection.now(), pid: run.ownerPid, session: this.#connection.session, groupId: run.groupId ?? null,
      });
      return this.summary(run.id);
    });
  }

  /** From now on another engine trains it. */
  changeEngine(id: string, device: DeviceChoice): void {
    this.#connection.write(() => this.#touched(id, this.#sql.changeEngine.run(toJson(deviceSchema, device), id)));
  }

  /** The trainer has begun: on which device, with which shapes. */
  started(id: string, device: DeviceChoice, plan: Plan): void {
    this.#connection.write(() => this.#touched(id, this.#sql.started.run(toJson(deviceSchema, device), toJson(planSchema, plan), this.#connection.now(), id)));
  }

  /**
   * A run that ended early is training again, by this process. Of two that try at once the second finds it running.
   * @throws inputError 'run.not-resumable'
   */
  resume(id: string, ownerPid: number): RunSummary {
    return this.#connection.write(() => {
      const run = this.#row(id);
      if (!resumableStatuses.includes(run.status)) {
        throw inputError('run.not-resumable', `The run "${run.name}" cannot go on: it is ${run.status === 'running' ? 'training' : run.status}.`, {
          hint: run.status === 'running' ? 'Stop it first.' : 'Train again with the same settings.', details: { name: run.name, status: run.status },
        });
      }
      this.#sql.resume.run({ id, pid: ownerPid, session: this.#connection.session, now: this.#connection.now() });
      return this.summary(id);
    });
  }

  /**
   * Whether this process still may write what the run's trainer says.
   * @throws environmentError 'run.taken-over' when another process goes on with it: this one slept, say
   */
  assertOwned(id: string): void {
    const owner = this.#connection.read(() => this.#sql.session.get(id));
    if (owner === undefined) throw unknown(id);
    if (owner !== this.#connection.session) {
      throw environmentError('run.taken-over', 'Another Unroll goes on with this run, because nothing was heard of this one for a minute.', { hint: 'What it learnt here since then is not kept.', details: { id } });
    }
  }

  appendEpochs(id: string, records: readonly EpochRecord[]): void {
    if (records.length === 0) return;
    this.#connection.write(() => {
      const last = Math.max(...records.map((record) => record.epoch));
      this.#touched(id, this.#sql.progressed.run(last, this.#connection.now(), id));
      this.#epochs.put(id, records);
    });
  }

  /** Its owner is alive. */
  heartbeat(id: string): void {
    this.#connection.write(() => this.#touched(id, this.#sql.heartbeat.run(this.#connection.now(), id)));
  }

  /**
   * The run's end. A run that was taken for interrupted (its machine slept, say) may still end properly.
   * @throws Error when it has ended otherwise already
   */
  finish(id: string, status: Exclude<RunStatus, 'running'>, result: RunResult): void {
    this.#connection.write(() => {
      const run = this.#row(id);
      if (run.status !== 'running' && run.status !== 'interrupted') throw new Error(`Run ${id} has ended already (${run.status}).`);
      this.#end(run, status, result, this.#connection.now());
      if (result.predictions !== undefined) this.#predictions.put(id, result.predictions);
    });
  }

  /** Those that were not removed, the newest first. */
  list(): RunSummary[] {
    return this.#connection.read(() => readRows(this.#connection, this.#sql.list.all(), (row) => this.#summaryOf(row)));
  }

  /**
   * Some of the runs, the newest first: a person with thousands of them waits for none of main's other work.
   * @param before runs older than this one; null: from the newest on
   * @returns `next`: what to give as `before` for those that follow, null when there are none
   */
  page(before: string | null, limit: number, removed: boolean): { runs: RunSummary[]; next: string | null } {
    return this.#connection.read(() => {
      const rows = before === null ? this.#sql.firstPage.all(removed ? 1 : 0, limit) : this.#sql.nextPage.all(removed ? 1 : 0, before, limit);
      return { runs: readRows(this.#connection, rows, (row) => this.#summaryOf(row)), next: rows.length < limit ? null : rows.at(-1)!.id };
    });
  }

  /** @throws inputError 'run.unknown' */
  summary(id: string): RunSummary {
    return this.#connection.read(() => this.#summaryOf(this.#row(id)));
  }

  /** @throws inputError 'run.unknown' */
  get(id: string): RunDetail {
    return this.#connection.read(() => {
      const summary = this.summary(id);
      return readRow(runDetailSchema, 'run', id, () => ({
        ...summary, plan: fromJson(this.#sql.plan.get(id) ?? null), epochs: this.#epochs.all(id), hasPredictions: this.#predictions.has(id),
      }));
    });
  }

  /**
   * The run whose id begins so, with or without "run-".
   * @throws inputError 'run.unknown' or 'run.ambiguous', which names the candidates
   */
  find(prefix: string): RunSummary {
    const ids = this.#connection.read(() => this.#sql.find.all({ prefix, limit: NAMED + 1 }));
    const [only] = ids;
    if (only === undefined || prefix === '') throw unknown(prefix);
    if (ids.length === 1 || ids.includes(prefix)) return this.summary(ids.length === 1 ? only : prefix);
    const named = ids.slice(0, NAMED).join(', ') + (ids.length > NAMED ? ', ...' : '');
    throw inputError('run.ambiguous', `Several runs begin with "${prefix}": ${named}.`, { hint: 'Give more of the id.', details: { id: prefix, candidates: named } });
  }

  rename(id: string, name: string): RunSummary {
    return this.#connection.write(() => {
      this.#touched(id, this.#sql.rename.run(name, id));
      return this.summary(id);
    });
  }

  /** It is only marked: `restore` brings it back with everything that belongs to it. */
  remove(id: string): void {
    this.#connection.write(() => this.#touched(id, this.#sql.setRemoved.run(this.#connection.now(), id)));
  }

  restore(id: string): void {
    this.#connection.write(() => this.#touched(id, this.#sql.setRemoved.run(null, id)));
  }

  /** null for a run that has none. @throws inputError 'run.unknown' */
  predictions(id: string): Predictions | null {
    return this.#connection.read(() => {
      this.#row(id);
      return this.#predictions.get(id);
    });
  }

  /**
   * Finds the runs that nobody trains any more, and ends them as interrupted with the reason.
   *
   * @param isAlive whether a process of this id exists
   * @param staleSeconds after so long without a heartbeat a run is given up, whoever has its owner's id by now
   * @returns the runs that were ended
   */
  markInterrupted(isAlive: (pid: number) => boolean, staleSeconds: number): RunSummary[] {
    return this.#connection.write(() => readRows(this.#connection, this.#sql.running.all(), (run) => {
      const error = this.#whyAbandoned(run, isAlive, staleSeconds);
      if (error === null) return null;
      // It ended when it was last heard of, not now that somebody looks.
      this.#end(run, 'interrupted', { error }, run.heartbeat_at);
      this.#log.add(run.id, 'interrupted', { epoch: run.epochs_done }, error, run.heartbeat_at);
      return this.summary(run.id);
    })).filter((run) => run !== null);
  }

  #whyAbandoned(run: Owned, isAlive: (pid: number) => boolean, staleSeconds: number): AppErrorData | null {
    const hint = 'The epochs so far are kept, and it can go on from its last checkpoint.';
    // This very process has the id, but the run was begun by an earlier one that had it.
    const reused = run.owner_pid === process.pid && run.owner_session !== this.#connection.session;
    if (reused || !isAlive(run.owner_pid)) {
      return environmentError('run.owner-gone', 'The program that trained this run ended before the run did.', { hint, details: { pid: run.owner_pid } }).data;
    }
    const seconds = Math.round((this.#connection.milliseconds() - Date.parse(run.heartbeat_at)) / 1000);
    // The clock was set back: counted from now on, so that a dead owner is found out all the same.
    if (seconds < 0) this.#sql.heartbeat.run(this.#connection.now(), run.id);
    if (seconds <= staleSeconds) return null;
    return environmentError('run.heartbeat-lost', `Nothing was heard of this run for ${seconds} seconds.`, { hint, details: { seconds } }).data;
  }

  #end(run: RunRow, status: RunStatus, result: RunResult, at: string): void {
    this.#sql.end.run({
      id: run.id, status,
      // A clock that was set back must not end a run before it began.
      at: at < run.created_at ? run.created_at : at,
      seconds: result.seconds ?? null,
      metrics: result.metrics === undefined ? null : toJson(metricsSchema, result.metrics),
      persistence: result.persistence === undefined ? null : toJson(metricsSchema, result.persistence),
      evaluations: result.evaluations === undefined ? null : toJson(evaluationsSchema, result.evaluations),
      targets: result.targets === undefined || result.targets === null ? null : toJson(z.array(targetMetricsSchema), result.targets),
      error: result.error === undefined ? null : toJson(appErrorSchema, result.error),
      curve: JSON.stringify(this.#epochs.curve(run.id, run.epochs_done)),
    });
  }

  #summaryOf(row: RunRow): RunSummary {
    return toRunSummary(row, () => this.#epochs.curve(row.id, row.epochs_done));
  }

  #row(id: string): RunRow {
    const row = this.#sql.get.get(id);
    if (row === undefined) throw unknown(id);
    return row;
  }

  #touched(id: string, { changes }: Database.RunResult): void {
    if (changes === 0) throw unknown(id);
  }
}

function unknown(id: string): Error {
  return inputError('run.unknown', `There is no run "${id}".`, { hint: 'List the runs to see their ids.', details: { id } });
}

type Named<P> = Database.Statement<[P]>;

function prepare(db: Database.Database) {
  return {
    lastColor: db.prepare<[], number>('SELECT color FROM runs ORDER BY rowid DESC LIMIT 1').pluck() as Database.Statement<[], number>,
    dequeue: db.prepare<[string]>('DELETE FROM queue WHERE id = ?'),
    insert: db.prepare(`
      INSERT INTO runs (id, name, status, color, dataset_id, dataset_name, unit, units, spec, created_at, heartbeat_at, owner_pid, owner_session, group_id)
      VALUES (:id, :name, 'running', :color, :datasetId, :datasetName, :unit, :units, :spec, :now, :now, :pid, :session, :groupId)`) as Named<{
        id: string; name: string; color: number; datasetId: string | null; datasetName: string; unit: string; units: string | null; spec: string; now: string; pid: number; session: string; groupId: string | null;
      }>,
    changeEngine: db.prepare<[string, string]>('UPDATE runs SET device = ? WHERE id = ?'),
    started: db.prepare<[string, string, string, string]>('UPDATE runs SET device = ifnull(device, ?), plan = ?, heartbeat_at = ? WHERE id = ?'),
    progressed: db.prepare<[number, string, string]>('UPDATE runs SET epochs_done = max(epochs_done, ?), heartbeat_at = ? WHERE id = ?'),
    resume: db.prepare(`
      UPDATE runs SET status = 'running', owner_pid = :pid, owner_session = :session, heartbeat_at = :now, finished_at = NULL, error = NULL, curve = NULL, removed_at = NULL
      WHERE id = :id`) as Named<{ id: string; pid: number; session: string; now: string }>,
    session: db.prepare<[string], string>('SELECT owner_session FROM runs WHERE id = ?').pluck() as Database.Statement<[string], string>,
    heartbeat: db.prepare<[string, string]>('UPDATE runs SET heartbeat_at = ? WHERE id = ?'),
    end: db.prepare(`
      UPDATE runs SET status = :status, finished_at = :at, metrics = :metrics, persistence = :persistence, evaluations = :evaluations, targets = :targets, error = :error, curve = :curve,
        seconds = ifnull(:seconds, (SELECT seconds FROM epochs WHERE run_id = :id ORDER BY epoch DESC LIMIT 1))
      WHERE id = :id`) as Named<{
        id: string; status: string; at: string; seconds: number | null; metrics: string | null; persistence: string | null; evaluations: string | null; targets: string | null; error: string | null; curve: string;
      }>,
    list: db.prepare<[], RunRow>(`SELECT ${RUN_FIELDS} FROM runs WHERE removed_at IS NULL ORDER BY created_at DESC, rowid DESC`),
    firstPage: db.prepare<[number, number], RunRow>(`SELECT ${RUN_FIELDS} FROM runs WHERE (removed_at IS NOT NULL) = ? ORDER BY created_at DESC, rowid DESC LIMIT ?`),
    nextPage: db.prepare<[number, string, number], RunRow>(`
      SELECT ${RUN_FIELDS} FROM runs WHERE (removed_at IS NOT NULL) = ? AND (created_at, rowid) < (SELECT created_at, rowid FROM runs WHERE id = ?)
      ORDER BY created_at DESC, rowid DESC LIMIT ?`),
    get: db.prepare<[string], RunRow>(`SELECT ${RUN_FIELDS} FROM runs WHERE id = ?`),
    plan: db.prepare<[string], string | null>('SELECT plan FROM runs WHERE id = ?').pluck() as Database.Statement<[string], string | null>,
    find: db.prepare(`
      SELECT id FROM runs WHERE removed_at IS NULL AND (substr(id, 1, length(:prefix)) = :prefix OR substr(id, 5, length(:prefix)) = :prefix)
      ORDER BY created_at DESC LIMIT :limit`).pluck() as Database.Statement<[{ prefix: string; limit: number }], string>,
    rename: db.prepare<[string, string]>('UPDATE runs SET name = ? WHERE id = ?'),
    setRemoved: db.prepare<[string | null, string]>('UPDATE runs SET removed_at = ? WHERE id = ?'),
    running: db.prepare<[], Owned>(`SELECT ${RUN_FIELDS}, owner_pid, owner_session, heartbeat_at FROM runs WHERE status = 'running'`),
  };
}
