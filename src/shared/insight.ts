import { z } from 'zod';
import { float32Array, float64Array } from './arrays.ts';
import { appErrorSchema } from './errors.ts';
import { splitNames, type SplitName } from './plan.ts';

/** What a trained network remembers, and whether its forecast is worth anything. */

const curve = {
  /** Against the largest, by lag: index 0 is lag 1, the last row that goes in. */
  relative: z.array(z.number()),
  /** Steps until it has halved; null where it does not within the window. */
  halfLife: z.number().nullable(),
  /** Windows that it is a mean over. */
  windows: z.int(),
};

export const memorySchema = z.object({
  /** Mean norm of d prediction / d input, in scaled units. */
  slopes: z.object({ ...curve, norms: z.array(z.number()) }),
  /** Change of the RMSE (scaled units) where that lag is hidden; null where it cannot be measured, with the reason. */
  occlusion: z.object({ ...curve, error: z.number(), changes: z.array(z.number()) }).nullable(),
});
export type Memory = z.infer<typeof memorySchema>;

/** Forecasts that the network's is held against. */
export const forecasterNames = ['model', 'persistence', 'seasonal', 'drift', 'movingAverage'] as const;
export type ForecasterName = (typeof forecasterNames)[number];

/** Errors in the data's unit (sMAPE in percent); null fields where the definition has no value for these numbers. */
export const scoresSchema = z.object({
  mae: z.number(), rmse: z.number(), smape: z.number(), mase: z.number().nullable(), r2: z.number().nullable(), count: z.int(),
});
export type Scores = z.infer<typeof scoresSchema>;
const scoresOfAll = z.record(z.enum(forecasterNames), scoresSchema.nullable());
export type ScoresOfAll = z.infer<typeof scoresOfAll>;

/** How the network's forecast does against the best naive one, by RMSE on the judged part. */
export const verdictOutcomes = ['nothing', 'alone', 'better', 'worse', 'equal', 'exact'] as const;
export const insightVerdictSchema = z.object({
  /** exact: a naive forecast makes no error at all, so that no share can be told; alone: there is none; nothing: no window to judge on. */
  outcome: z.enum(verdictOutcomes),
  part: z.enum(splitNames).nullable(),
  rmse: z.number().nullable(),
  best: z.object({ forecaster: z.enum(forecasterNames), rmse: z.number() }).nullable(),
  /** Share by which the RMSE is lower than the best naive one's; below 0: higher. */
  gain: z.number().nullable(),
});
export type InsightVerdict = z.infer<typeof insightVerdictSchema>;

/** Shares nearer than this are called equal. */
const EQUAL = 0.005;

export function verdictOf(judged: SplitName | null, scores: Partial<Record<SplitName, ScoresOfAll | null>>): InsightVerdict {
  const all = judged === null ? null : scores[judged];
  if (!all?.model) return { outcome: 'nothing', part: judged, rmse: null, best: null, gain: null };
  const { rmse } = all.model;
  const [best] = forecasterNames.flatMap((forecaster) => (forecaster === 'model' || all[forecaster] === null ? [] : [{ forecaster, rmse: all[forecaster].rmse }])).sort((a, b) => a.rmse - b.rmse);
  if (best === undefined) return { outcome: 'alone', part: judged, rmse, best: null, gain: null };
  if (best.rmse === 0) return { outcome: rmse === 0 ? 'equal' : 'exact', part: judged, rmse, best, gain: null };
  const gain = 1 - rmse / best.rmse;
  return { outcome: Math.abs(gain) < EQUAL ? 'equal' : gain > 0 ? 'better' : 'worse', part: judged, rmse, best, gain };
}

export const intervalsSchema = z.object({
  level: z.number(),
  /** For each step of the horizon; null where there are too few residuals. */
  halfWidths: z.array(z.number().nullable()),
  coverage: z.array(z.number().nullable()),
  calibration: z.int(), tested: z.int(),
});
export type Intervals = z.infer<typeof intervalsSchema>;

export const forecastSchema = z.object({
  /** direct: the network's own horizon; recursive: its predictions go in again. */
  method: z.enum(['direct', 'recursive']),
  time: float64Array,
  values: float64Array,
  /** Half-widths by level, [steps] each; NaN where there are too few residuals for that step. */
  bands: z.array(z.object({ level: z.number(), halfWidths: float64Array })),
});
export type Forecast = z.infer<typeof forecastSchema>;

export const suspicionsSchema = z.object({
  lag: z.object({ nearness: z.number(), skill: z.number(), fires: z.boolean() }).nullable(),
  flat: z.object({ spread: z.number(), fires: z.boolean() }).nullable(),
});

export const insightSchema = z.object({
  /** null where the data or the weights are gone. */
  memory: memorySchema.nullable(),
  /** Why memory, states and forecast are not there, and all else is of the first step of the horizon alone; null: they are. */
  lacking: appErrorSchema.nullable(),
  /** Seconds from row to row (median); null without a time that is a date. */
  secondsPerStep: z.number().nullable(),
  season: z.object({ used: z.int(), detected: z.int().nullable() }),
  /** Rows of the moving average. */
  averaged: z.int(),
  /** The part that the verdict, the suspicions and the residuals are about: test, or what there is; null without any window. */
  judged: z.enum(splitNames).nullable(),
  /** The target that all of this but the memory is about. */
  target: z.string(),
  scores: z.record(z.enum(splitNames), scoresOfAll.nullable()),
  /** By step of the horizon. */
  bySteps: z.record(z.enum(splitNames), z.array(scoresOfAll).nullable()),
  verdict: insightVerdictSchema,
  suspicions: suspicionsSchema,
  residuals: z.object({
    /** Truth less prediction of the first step of the horizon. */
    time: float64Array, values: float64Array,
    histogram: z.object({ edges: z.array(z.number()), counts: z.array(z.int()) }),
    /** Autocorrelation at lags 1, 2, ...; beyond +-band it is no chance (white noise, 95 %). */
    autocorrelation: z.array(z.number()), band: z.number(),
  }).nullable(),
  intervals: z.array(intervalsSchema),
  /** null: with a reason in `forecastProblem`. */
  forecast: forecastSchema.nullable(),
  forecastProblem: z.string().nullable(),
  /** Inputs whose values at those steps are asked for, with their categories (null: numbers); empty where none is known in the future. */
  forecastNeeds: z.array(z.object({ column: z.string(), categories: z.array(z.string()).nullable() })),
});
export type Insight = z.infer<typeof insightSchema>;

/** Measures and views that have no value for this run, each with its reason in words elsewhere. */
export type Lack = 'season' | 'mase' | 'r2' | 'validation' | 'test' | 'intervals';
export function lacksOf({ scores, judged, intervals }: Pick<Insight, 'scores' | 'judged' | 'intervals'>, part: SplitName | null = judged): Lack[] {
  const all = part === null ? null : scores[part] ?? null;
  return [
    ...(all !== null && all.seasonal === null ? ['season' as const] : []), ...(all?.model?.mase === null ? ['mase' as const] : []), ...(all?.model?.r2 === null ? ['r2' as const] : []),
    ...(scores.validation === null ? ['validation' as const] : []), ...(scores.test === null ? ['test' as const] : []),
    ...(scores.validation !== null && intervals.some(({ halfWidths }) => halfWidths.includes(null)) ? ['intervals' as const] : []),
  ];
}

export const insightRequestSchema = z.object({
  /** Rows of a season; null: as detected. */
  season: z.int().min(1).max(100_000).nullable(),
  /** Rows of the moving average; left out or null: the sequence length. */
  averaged: z.int().min(1).max(100_000).nullable().optional(),
  /** Steps to forecast beyond the end. */
  steps: z.int().min(1).max(10_000),
  /** Which of the targets, from 0; left out: the first. */
  target: z.int().min(0).optional(),
  /** Values of the inputs known in the future at the steps beyond the end, as a file would hold them, by column. */
  known: z.record(z.string(), z.array(z.string().max(400)).max(10_000)).optional(),
});
export type InsightRequest = z.infer<typeof insightRequestSchema>;

/** What a network holds at each step of one window; rows = layers * directions, T steps, H units. */
export const windowTraceSchema = z.object({
  start: z.int(), rows: z.int(), steps: z.int(), hiddenSize: z.int(),
  /** [rows, T, H] */
  hidden: float32Array,
  /** Gates (and cell state c) by name, each [rows, T, H]; {} for plain RNNs. */
  gates: z.record(z.string(), float32Array),
  /** Norm of d output / d h_t, [rows, T]. */
  gradientNorms: float32Array,
  /** Norm of d output / d x_t, [T]. */
  sensitivity: float32Array,
  /** The target over the window, [T], and what comes out beside the truth, [horizon] (NaN beyond the end), in the data's unit. */
  inputs: float64Array, predicted: float64Array, truth: float64Array,
});
export type WindowTrace = z.infer<typeof windowTraceSchema>;
