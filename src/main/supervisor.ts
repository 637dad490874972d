import { powerSaveBlocker, type UtilityProcess } from 'electron';
import { environmentError, inputError, toErrorData, type AppErrorData } from '../shared/errors.ts';
import { inPieces } from '../shared/pieces.ts';
import { forkTrainer, type GpuWish } from './gpu-window.ts';
import { MemoryWatch } from './memory-watch.ts';
import type { RunEvent } from '../shared/run.ts';
import { deviceGone, type TrainerCommand, type TrainerEvent } from '../shared/trainer-protocol.ts';
import type { RunRecorder } from '../storage/index.ts';

/**
 * After this many milliseconds without an answer to a cancel the trainer is killed: one batch of a large model takes
 * longer, and nobody who pressed Cancel waits for it. The epochs so far and the last checkpoint are stored already.
 */
const CANCEL_PATIENCE = 2_000;
/** Whoever pauses wants to keep what was learnt: a long batch may end first. */
const PAUSE_PATIENCE = 30_000;
/** Whoever quits waits for the checkpoint, but not for long. */
const QUIT_PATIENCE = 8_000;
const HEARTBEAT_EVERY = 5_000;

/** What a trainer is told first. */
export type StartCommand = Extract<TrainerCommand, { type: 'start' | 'startText' | 'startClasses' }>;

interface Job {
  runId: string;
  process: UtilityProcess;
  recorder: RunRecorder;
  heartbeat: NodeJS.Timeout;
  killTimer: NodeJS.Timeout | null;
  blocker: number;
  memory: MemoryWatch;
  ended: boolean;
  /** What was asked of it. */
  ending: 'cancelled' | 'paused' | null;
  /** The app ends: whoever waits for the run to rest. */
  closing: (() => void) | null;
}

export interface SupervisorHost {
  /** Tells whoever watches runs. */
  tell(event: RunEvent): void;
  heartbeat(runId: string): void;
  /** Nothing trains any more. */
  idle(): void;
}

/** Starts, watches, stops and kills trainers: one utility process a run, so that one that dies takes nothing with it. */
export class Supervisor {
  readonly #entry: string;
  readonly #host: SupervisorHost;
  #job: Job | null = null;
  /** Ends that could not be stored, on a full disk say: tried again until they are, else their runs would read training. */
  readonly #owed = new Map<string, () => RunEvent | null>();

  /** @param entry path of the trainer's script */
  constructor(entry: string, host: SupervisorHost) {
    this.#entry = entry;
    this.#host = host;
  }

  get runningId(): string | null { return this.#job?.runId ?? null; }

  /** Why no run may begin now though none trains; null: one may. */
  blocked: () => Error | null = () => null;

  /** @throws inputError 'run.busy' while another run is training, or why none may begin */
  assertFree(): void {
    const why = this.blocked();
    if (why !== null) throw why;
    if (this.#job !== null) throw inputError('run.busy', 'A run is training already.', { hint: 'Stop it, or wait until it is done.' });
  }

  /** Stores the ends that could not be stored when they came. */
  settle(): void {
    for (const [runId, record] of this.#owed) {
      try {
        const told = record();
        this.#owed.delete(runId);
        if (told !== null) this.#host.tell(told);
      } catch {
        // Still no room: the next try comes.
      }
    }
  }

  /** @param command what the trainer is told first: a series or a text, with its settings */
  start(runId: string, command: StartCommand, recorder: RunRecorder): void {
    this.assertFree();
    const child = forkTrainer(this.#entry, { serviceName: 'Unroll trainer', stdio: 'pipe' });
    const job: Job = {
      runId, recorder, process: child, killTimer: null, ended: false, ending: null, closing: null,
      heartbeat: setInterval(() => this.#host.heartbeat(runId), HEARTBEAT_EVERY),
      blocker: powerSaveBlocker.start('prevent-app-suspension'),
      memory: new MemoryWatch(() => child.pid, (memory) => this.#host.tell({ type: 'memory', runId, memory })),
    };
    this.#job = job;
    let lastWords = '';
    child.stderr?.on('data', (chunk: Buffer) => { lastWords = (lastWords + chunk.toString()).slice(-2000); });
    child.on('message', (event: TrainerEvent | GpuWish) => { if (event.type !== 'needGpu') this.#heard(job, event); });
    child.on('exit', (code) => this.#exited(job, code, lastWords));
    void this.#sayLong(job, command);
  }

  cancel(runId: string): void {
    const job = this.#job;
    if (job === null || job.runId !== runId || job.ending === 'cancelled') return;
    this.#ask(job, 'cancelled', { type: 'cancel' }, CANCEL_PATIENCE);
  }

  /** The run keeps a checkpoint and ends; it can go on at any time. */
  pause(runId: string): void {
    const job = this.#job;
    if (job === null || job.runId !== runId || job.ending !== null) return;
    this.#ask(job, 'paused', { type: 'pause' }, PAUSE_PATIENCE);
  }

  #ask(job: Job, ending: 'cancelled' | 'paused', command: TrainerCommand, patience: number): void {
    job.ending = ending;
    if (job.killTimer !== null) clearTimeout(job.killTimer);
    this.#say(job, command);
    job.killTimer = setTimeout(() => job.process.kill(), patience);
  }

  /** The app is about to end: the run keeps a checkpoint of what it has learnt by now, if that is made within a few seconds, and reads interrupted. */
  rest(): Promise<void> {
    const job = this.#job;
    if (job === null) return Promise.resolve();
    return new Promise((resolve) => {
      job.closing = resolve;
      // A run that is being paused or cancelled ends as it was told.
      if (job.ending === null) this.#say(job, { type: 'pause' });
      if (job.killTimer !== null) clearTimeout(job.killTimer);
      job.killTimer = setTimeout(() => this.close(), QUIT_PATIENCE);
    });
  }

  /** The app ends now: the run reads interrupted, with the epochs that it has. */
  close(): void {
    const job = this.#job;
    if (job === null) return;
    this.#interrupt(job);
    job.process.kill();
  }

  #interrupt(job: Job): void {
    this.#end(job, () => job.recorder.interrupt(environmentError('run.app-closed', 'The app was closed while the run was training.').data));
  }

  #say(job: Job, command: TrainerCommand): void {
    job.process.postMessage(command);
  }

  /** The same for a long series: piece by piece, so that main comes round between them. */
  async #sayLong(job: Job, command: TrainerCommand): Promise<void> {
    const { pieces, message } = inPieces(command);
    for (const piece of pieces) {
      if (job.ended) return;
      job.process.postMessage({ ...piece, values: piece.values.slice() });
      await new Promise((resolve) => { setImmediate(resolve); });
    }
    if (!job.ended) job.process.postMessage(message);
  }

  #heard(job: Job, event: TrainerEvent): void {
    if (job.ended) return;
    if (event.type === 'started') job.memory.onDevice(event.device.backend);
    if (event.type === 'failed' && (deviceGone as readonly string[]).includes(event.error.code)) {
      this.#end(job, () => job.recorder.interrupt(event.error));
      job.process.kill();
      return;
    }
    if (event.type === 'finished' || event.type === 'finishedText' || event.type === 'finishedClasses' || event.type === 'cancelled' || event.type === 'paused' || event.type === 'failed') {
      if (event.type === 'paused' && job.ending === null) this.#interrupt(job);
      else this.#end(job, () => job.recorder.record(event));
      job.process.kill();
      return;
    }
    try {
      const told = job.recorder.record(event);
      if (told !== null) this.#host.tell(told);
    } catch (error) {
      // What cannot be stored must not go on: a full disk, say. What is stored already stays.
      const data = toErrorData(error);
      this.#end(job, () => job.recorder.interrupt(data), data);
      job.process.kill();
    }
  }

  #exited(job: Job, code: number, lastWords: string): void {
    if (job.ended) return;
    const { ending } = job;
    if (ending !== null) {
      this.#end(job, () => job.recorder.endHard(ending));
      return;
    }
    const error = environmentError('trainer.died', `The training process ended unexpectedly (exit code ${code}).`, {
      hint: 'The epochs so far are kept, and it can go on from its last checkpoint.',
      details: { code, output: lastWords.trim() },
    }).data;
    this.#end(job, () => job.recorder.interrupt(error));
  }

  #end(job: Job, record: () => RunEvent | null, cause?: AppErrorData): void {
    job.ended = true;
    clearInterval(job.heartbeat);
    if (job.killTimer !== null) clearTimeout(job.killTimer);
    powerSaveBlocker.stop(job.blocker);
    job.memory.stop();
    if (this.#job === job) this.#job = null;
    try {
      const told = record();
      if (told !== null) this.#host.tell(told);
    } catch (error) {
      this.#owed.set(job.runId, record);
      this.#host.tell({ type: 'unsaved', runId: job.runId, error: cause ?? toErrorData(error) });
    }
    this.#host.idle();
    job.closing?.();
  }
}
