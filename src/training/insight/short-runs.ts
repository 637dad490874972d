import type { SeriesTable } from '../../shared/dataset.ts';
import type { ExperimentProgress } from '../../shared/experiments.ts';
import type { ForecastSpec } from '../../shared/spec.ts';
import type { TrainerEvent } from '../../shared/trainer-protocol.ts';
import type { CancelSignal } from '../../engine/backend.ts';
import type { Engines } from '../choose.ts';
import { trainRun } from '../session.ts';

export interface ExperimentHost {
  engines: Engines;
  signal: CancelSignal;
  breathe(): Promise<void>;
  onProgress(progress: ExperimentProgress): void;
  /** Milliseconds, from any origin. */
  now(): number;
}

export interface ShortRun { finished: Extract<TrainerEvent, { type: 'finished' }>; started: Extract<TrainerEvent, { type: 'started' }> }
export interface Job { spec: ForecastSpec; table: SeriesTable }

/** Milliseconds between two words on the progress. */
const TOLD_EVERY = 100;

/** "auto" would time every engine before each of the runs. */
export function quick(spec: ForecastSpec): ForecastSpec {
  return { ...spec, backend: spec.backend === 'auto' ? 'wasm' : spec.backend };
}

/**
 * Trains one after the other without storing anything.
 * @returns null when it was cancelled
 * @throws what cannot be trained
 */
export async function shortRuns(jobs: readonly Job[], { engines, signal, breathe, onProgress, now }: ExperimentHost): Promise<ShortRun[] | null> {
  const began = now();
  let told = Number.NEGATIVE_INFINITY;
  const tell = (done: number, within: number) => {
    const share = (done + within) / jobs.length;
    if (now() - told < TOLD_EVERY) return;
    told = now();
    onProgress({ done, of: jobs.length, share, secondsLeft: share < 0.02 ? null : ((now() - began) / 1000) * (1 / share - 1) });
  };
  const runs: ShortRun[] = [];
  for (const [done, { spec, table }] of jobs.entries()) {
    tell(done, 0);
    let started: ShortRun['started'] | null = null;
    const end = await trainRun(spec, table, {
      // Nothing is kept: no checkpoint is made into bytes.
      engines, signal, breathe, now, encode: () => new Uint8Array(0),
      emit: (event) => {
        if (event.type === 'started') started = event;
        if (event.type === 'progress') tell(done, (event.epoch - 1 + event.batch / event.batches) / event.epochs);
      },
    });
    if (end.type !== 'finished' || started === null) return null;
    runs.push({ finished: end, started });
  }
  onProgress({ done: jobs.length, of: jobs.length, share: 1, secondsLeft: 0 });
  return runs;
}
