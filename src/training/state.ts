import type { EpochPosition, OptimizerState } from '../engine/backend.ts';
import type { Parameters } from '../engine/parameters.ts';
import type { EpochRecord } from '../shared/run.ts';

/** Everything that a run needs to go on exactly as if it had never stopped, or to predict. */
export interface TrainingState {
  /** Epochs done. */
  epoch: number;
  parameters: Parameters;
  optimizer: OptimizerState;
  /** State of the generator that shuffles the windows, before the epoch that comes or is on its way. */
  generator: number[];
  /** How far the epoch after `epoch` has come; null: only to predict with. */
  position: EpochPosition | null;
  /** Seconds trained. */
  seconds: number;
  /** The best epoch so far and its weights. */
  best: { epoch: number; parameters: Parameters } | null;
}

/** Where a run goes on: a state, and the records of its epochs up to there, from which schedule and early stopping are made again. */
export interface Resumption { state: TrainingState; records: readonly EpochRecord[] }
