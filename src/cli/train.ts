import { randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { SeriesTable } from '../shared/dataset.ts';
import { AppError, inputError, toErrorData } from '../shared/errors.ts';
import { makeId } from '../shared/ids.ts';
import type { RunEvent, RunSummary } from '../shared/run.ts';
import { runName } from '../shared/run-name.ts';
import type { ForecastSpec } from '../shared/spec.ts';
import type { TrainerCommand, TrainerEvent } from '../shared/trainer-protocol.ts';
import { RunRecorder, type Storage } from '../storage/index.ts';
import { keepTable, MAX_IN_DATABASE } from '../sources/index.ts';
import { serveTrainer } from '../trainer/host.ts';
import { engines } from './engines.ts';
import { readJob } from './job.ts';
import type { Options } from './options.ts';
import { clock, ProgressLine } from './progress.ts';
import { openStore } from './store.ts';
import { figure, metricsTable, verdict } from './tables.ts';

/** Characters, as in the window. */
const MAX_NAME = 200;
const MAX_UNIT = 40;
/** What ends a run early, and keeps what it has learnt: Ctrl+C, a kill, a terminal that is closed. */
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** `unroll train FILE`: the app's way of the data, without a window. @returns the exit code */
export async function train(options: Options): Promise<number> {
  const { values } = options;
  const { path, source, facts, table, spec } = await readJob('train', options);
  const { file: { name, size, modifiedAt }, sha256, sampling, bytes } = source;
  const storage = openStore(values['db']);
  const unused = values['time'] === undefined && spec.roles.time === null ? facts.columns.find(({ type, timeProblem }) => type === 'time' && timeProblem !== null) : undefined;
  if (unused !== undefined) process.stderr.write(`unroll: The rows are taken as they stand and numbered, for their times cannot be used. ${unused.timeProblem!.message}\n`);
  try {
    const unit = typeof values['unit'] === 'string' ? values['unit'].trim() : '';
    const given = typeof values['name'] === 'string' ? values['name'].trim() : '';
    if (given.length > MAX_NAME) throw inputError('cli.usage', `--name takes at most ${MAX_NAME} characters (got ${given.length}).`, { field: '--name' });
    if (unit.length > MAX_UNIT) throw inputError('cli.usage', `--unit takes at most ${MAX_UNIT} characters (got ${unit.length}).`, { field: '--unit' });
    const small = bytes !== null && bytes.length <= MAX_IN_DATABASE;
    const dataset = storage.datasets.save({
      ...facts, id: makeId('data', randomBytes(10)), name, sourcePath: resolve(path), sample: null, sha256, sourceSize: size, sourceModifiedAt: modifiedAt, sampling, roles: spec.roles, unit, openedAt: new Date().toISOString(),
    }, small ? gzipSync(bytes, { level: 1 }) : null);
    if (!small) await keepTable(storage.tablesFolder, sha256, source.table);
    const run = storage.runs.create({
      id: makeId('run', randomBytes(10)), name: given === '' ? runName(name, spec) : given,
      datasetId: dataset.id, datasetName: name, unit, spec, ownerPid: process.pid,
    });
    return await new TrainCommand(storage, run, table, values['json'] === true).run(spec);
  } finally {
    storage.close();
  }
}

class TrainCommand {
  readonly #storage: Storage;
  readonly #run: RunSummary;
  readonly #table: SeriesTable;
  readonly #json: boolean;
  readonly #recorder: RunRecorder;
  readonly #line = new ProgressLine(process.stderr);
  #lastLoss = '';

  constructor(storage: Storage, run: RunSummary, table: SeriesTable, json: boolean) {
    this.#storage = storage;
    this.#run = run;
    this.#table = table;
    this.#json = json;
    this.#recorder = new RunRecorder(storage, run.id, table);
  }

  run(spec: ForecastSpec): Promise<number> {
    let command: (command: TrainerCommand) => void = () => undefined;
    const cancel = () => command({ type: 'cancel' });
    const heartbeat = setInterval(() => this.#beat(), 5_000);
    for (const signal of signals) process.on(signal, cancel);
    // Nobody reads the events any more (| head -1): a run that nobody waits for is cancelled.
    process.stdout.on('error', cancel);
    return new Promise<number>((done, reject) => {
      serveTrainer({
        onCommand: (listener) => { command = listener; },
        post: (event) => {
          if (event.type === 'probed' || event.type === 'rates' || event.type === 'answer') return;
          try {
            const code = this.#heard(event);
            if (code !== null) done(code);
          } catch (error) {
            // The run failed, or cannot be stored any more (disk full, say): stop, and say why.
            cancel();
            reject(error);
          }
        },
      }, engines);
      command({ type: 'start', spec, table: this.#table });
    }).finally(() => {
      // The signals stay heard: a second one must not break off the last words of the first.
      clearInterval(heartbeat);
    });
  }

  #beat(): void {
    try {
      this.#storage.runs.heartbeat(this.#run.id);
    } catch {
      // A beat that cannot be written is no news: the next epoch that cannot be stored ends the run, with its reason.
    }
  }

  /** @returns the exit code with the last event */
  #heard(event: TrainerEvent): number | null {
    const told = this.#recorder.record(event);
    if (told === null) return null;
    if (told.type !== 'ended') {
      if (this.#json) this.#printJson(told);
      else this.#printText(told);
      return null;
    }
    this.#line.end();
    const { run } = told;
    if (run.error !== null) throw new AppError(run.error.fault, run.error.code, run.error.message, run.error);
    if (run.status === 'cancelled') {
      if (this.#json) print({ event: 'cancelled', runId: run.id, epochs: run.epochsDone });
      else process.stderr.write(`Cancelled after ${run.epochsDone} epochs; the run ${run.id} keeps them.\n`);
      return 130;
    }
    if (this.#json) {
      print({ event: 'done', runId: run.id, metrics: run.metrics, baseline: { persistence: run.persistence }, seconds: run.seconds });
    } else {
      const { metrics, persistence } = run;
      process.stdout.write(`\n${metricsTable(metrics!, persistence!, run.unit)}\n\n${verdict(metrics!, persistence!)}\nTrained in ${run.seconds!.toFixed(1)} s on ${run.device?.device ?? 'an unknown device'}. Saved as ${run.id}.\n`);
    }
    return 0;
  }

  #printJson(event: RunEvent): void {
    if (event.type === 'started') print({ event: 'started', runId: event.runId, device: event.device, plan: event.plan });
    else if (event.type === 'epochs') for (const record of event.records) print({ event: 'epoch', ...record });
  }

  #printText(event: RunEvent): void {
    if (event.type === 'started') {
      const { shapes, parameters, windows } = event.plan;
      process.stdout.write(`${this.#run.name} on ${event.device.device}\nX (${shapes.X.join(', ')}), output (${shapes.output.join(', ')}), h_n (${shapes.hN.join(', ')}), y (${shapes.y.join(', ')}); ${parameters} parameters; windows: ${windows.train} train, ${windows.validation} validation, ${windows.test} test\n`);
    } else if (event.type === 'epochs') {
      const last = event.records.at(-1)!;
      this.#lastLoss = `train loss ${figure(last.trainLoss)}, validation ${figure(last.validationLoss)}`;
      const { epochs } = this.#run.spec.training;
      this.#line.show(last.epoch / epochs, `epoch ${last.epoch}/${epochs}, ${this.#lastLoss}, ${clock((last.seconds / last.epoch) * (epochs - last.epoch))} left`);
    } else if (event.type === 'progress' && event.batch < event.batches) {
      this.#line.show((event.epoch - 1 + event.batch / event.batches) / event.epochs, `epoch ${event.epoch}/${event.epochs}, ${this.#lastLoss === '' ? '' : `${this.#lastLoss}, `}${clock(event.secondsLeft)} left`);
    }
  }
}

function print(line: object): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

/** What went wrong, as the last line of either form. @returns the exit code */
export function report(error: unknown, json: boolean): number {
  const data = toErrorData(error);
  if (json) print({ event: 'error', ...data });
  process.stderr.write(`unroll: ${data.message}${data.hint === undefined ? '' : ` ${data.hint}`}\n`);
  if (data.fault === 'ours' && error instanceof Error && error.stack !== undefined) process.stderr.write(`${error.stack}\n`);
  return data.fault === 'ours' ? 1 : 2;
}
