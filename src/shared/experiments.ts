import { z } from 'zod';
import { float64Array } from './arrays.ts';
import { limits } from './limits.ts';

/** Short runs on the spot that tell what one run cannot: a backtest from several origins, and the error against the sequence length. */

/** Share of the rows that the first fold of a backtest knows at least. */
export const KNOWN_SHARE = 0.5;

/** A step of the recipe that looks at later rows, and what a backtest does instead: the value before, limits of the rows known at the first origin, or nothing. */
export const replacedSchema = z.object({ step: z.int(), kind: z.string(), by: z.enum(['before', 'known', 'nothing']) });
export type Replaced = z.infer<typeof replacedSchema>;

const epochs = z.int().min(1).max(limits.epochs.max);

export const backtestRequestSchema = z.object({
  folds: z.int().min(2).max(20),
  /** Of each fold; null: those of the run. */
  epochs: epochs.nullable(),
});
export type BacktestRequest = z.infer<typeof backtestRequestSchema>;

/** One origin: a network of its own is trained on the rows before it and judged on the rows of the fold. Errors in the data's unit. */
export const foldSchema = z.object({
  /** Rows 0 .. from - 1 are known, from .. to - 1 are predicted; of the known ones the last, from `trainEnd` on, only watch (early stopping). */
  trainEnd: z.int(), from: z.int(), to: z.int(),
  /** Of each column that goes in or comes out, fitted on rows 0 .. trainEnd - 1 alone: scaled = (value - offset) / scale. */
  scalers: z.array(z.object({ column: z.string(), offset: z.number(), scale: z.number() })),
  epochs: z.int(),
  model: z.object({ mae: z.number(), rmse: z.number() }),
  persistence: z.object({ mae: z.number(), rmse: z.number() }),
  /** First step of the horizon of the first target, [to - from]; NaN where no window ends before the row. */
  predicted: float64Array,
});
export type Fold = z.infer<typeof foldSchema>;

export const backtestSchema = z.object({
  target: z.string(),
  time: z.object({ kind: z.enum(['date', 'number', 'row']), name: z.string(), values: float64Array }),
  /** Of the first target, [rows]. */
  truth: float64Array,
  folds: z.array(foldSchema),
  /** Over the folds. */
  mean: z.number(), deviation: z.number(), persistence: z.number(),
  /** Folds in which the network's RMSE is lower than persistence's. */
  better: z.int(),
  /** Steps of the recipe that would have looked into the future, from 1. */
  replaced: z.array(replacedSchema),
});
export type Backtest = z.infer<typeof backtestSchema>;

export const sweepRequestSchema = z.object({
  /** null: as proposed. */
  lengths: z.array(z.int().min(1).max(limits.sequenceLength.max)).min(1).max(20).nullable(),
  epochs: epochs.nullable(),
});
export type SweepRequest = z.infer<typeof sweepRequestSchema>;

export const sweepSchema = z.object({
  /** The part whose error is compared: validation, or train where there is none. */
  part: z.enum(['train', 'validation']),
  epochs: z.int(),
  points: z.array(z.object({ length: z.int(), rmse: z.number(), train: z.number(), seconds: z.number() })),
  /** Lengths for which the data has too few rows. */
  skipped: z.array(z.int()),
  /** The shortest length whose error is within 2 % of the lowest. */
  suggestion: z.int(),
});
export type Sweep = z.infer<typeof sweepSchema>;

export const experimentProgressSchema = z.object({
  /** Runs done, and of how many. */
  done: z.int(), of: z.int(),
  /** 0 to 1. */
  share: z.number(),
  secondsLeft: z.number().nullable(),
});
export type ExperimentProgress = z.infer<typeof experimentProgressSchema>;
