import type { TrainingState } from '../engine/backend.ts';
import type { EpochRecord } from '../shared/run.ts';

/** Where a run goes on: a state, and the records of its epochs up to there, from which schedule and early stopping are made again. */
export interface Resumption { state: TrainingState; records: readonly EpochRecord[] }
