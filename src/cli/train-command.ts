import type { SeriesTable } from '../shared/dataset.ts';
import { AppError } from '../shared/errors.ts';
import type { RunEvent, RunSummary } from '../shared/run.ts';
import type { TrainerCommand, TrainerEvent } from '../shared/trainer-protocol.ts';
import { RunRecorder, type Storage } from '../storage/index.ts';
import { serveTrainer } from '../trainer/host.ts';
import { engines } from './engines.ts';
import { clock, ProgressLine } from './progress.ts';
import { classTable, figure, runMetrics, textTable, verdict } from './tables.ts';

/** What ends a run early, and keeps what it has learnt: Ctrl+C, a kill, a terminal that is closed. */
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** What a trainer is told first. */
export type StartCommand = Extract<TrainerCommand, { type: 'start' | 'startText' | 'startClasses' }>;

/** What a signal ends now; null between runs. */
let cancelCurrent: (() => void) | null = null;
/** A signal came, perhaps between two runs: no further run begins. */
let cancelled = false;

/** The signals stay heard from the first run on: a second one must not break off the last words of the first. */
function hearSignals(): void {
  if (process.listeners('SIGINT').includes(onSignal)) return;
  for (const signal of signals) process.on(signal, onSignal);
  // Nobody reads the events any more (| head -1): a run that nobody waits for is cancelled.
  process.stdout.on('error', onSignal);
}

function onSignal(): void {
  cancelled = true;
  cancelCurrent?.();
}

/** Whether a person has asked to stop. */
export const isCancelled = () => cancelled;

/** Trains one run in this process and tells of it, as text or as JSON lines. */
export class TrainCommand {
  readonly #storage: Storage;
  readonly #run: RunSummary;
  readonly #json: boolean;
  readonly #recorder: RunRecorder;
  readonly #line = new ProgressLine(process.stderr);
  #lastLoss = '';

  /** @param recorder of a run that is taken up again; left out: it begins */
  constructor(storage: Storage, run: RunSummary, table: SeriesTable, json: boolean, recorder = new RunRecorder(storage, run.id, table)) {
    this.#storage = storage;
    this.#run = run;
    this.#json = json;
    this.#recorder = recorder;
  }

  /** @param start what the trainer is told first */
  run(start: StartCommand): Promise<number> {
    let command: (command: TrainerCommand) => void = () => undefined;
    const cancel = () => command({ type: 'cancel' });
    const heartbeat = setInterval(() => this.#beat(), 5_000);
    hearSignals();
    cancelCurrent = cancel;
    return new Promise<number>((done, reject) => {
      serveTrainer({
        onCommand: (listener) => { command = listener; },
        post: (event) => {
          if (event.type === 'probed' || event.type === 'engineProbed' || event.type === 'measured' || event.type === 'rates' || event.type === 'answer' || event.type === 'answerPiece' || event.type === 'answerProgress') return;
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
      command(start);
      if (cancelled) cancel();
    }).finally(() => {
      cancelCurrent = null;
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
      else process.stderr.write(`Cancelled after ${run.epochsDone} epochs; the run ${run.id} keeps them. unroll resume ${run.id} goes on with it.\n`);
      return 130;
    }
    const text = this.#storage.texts.get(run.id);
    if (text !== null) {
      if (this.#json) print({ event: 'done', runId: run.id, metrics: text.metrics, seconds: run.seconds });
      else process.stdout.write(`\n${textTable(text)}\n\nTrained in ${run.seconds!.toFixed(1)} s on ${run.device?.device ?? 'an unknown device'}. Saved as ${run.id}.\nunroll generate ${run.id} --prompt TEXT writes on.\n`);
      return 0;
    }
    const classes = this.#storage.classResults.get(run.id);
    if (classes !== null) {
      if (this.#json) print({ event: 'done', runId: run.id, classes: classes.classes, metrics: classes.metrics, evaluations: classes.evaluations, seconds: run.seconds });
      else process.stdout.write(`\n${classTable(classes)}\n\nTrained in ${run.seconds!.toFixed(1)} s on ${run.device?.device ?? 'an unknown device'}. Saved as ${run.id}.\nunroll classify ${run.id} --text SEQUENCE tells the class of another.\n`);
      return 0;
    }
    if (this.#json) {
      print({ event: 'done', runId: run.id, metrics: run.metrics, baseline: { persistence: run.persistence }, ...(run.targets === null ? {} : { targets: run.targets }), seconds: run.seconds });
    } else {
      const { metrics, persistence } = run;
      process.stdout.write(`\n${runMetrics(run)}\n\n${verdict(metrics!, persistence!)}\nTrained in ${run.seconds!.toFixed(1)} s on ${run.device?.device ?? 'an unknown device'}. Saved as ${run.id}.\n`);
    }
    return 0;
  }

  #printJson(event: RunEvent): void {
    if (event.type === 'started') print({ event: 'started', runId: event.runId, device: event.device, plan: event.plan });
    else if (event.type === 'epochs') for (const record of event.records) print({ event: 'epoch', ...record });
    else if (event.type === 'sample') print({ event: 'sample', ...event.sample });
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

/** One JSON object a line. */
export function print(line: object): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}
