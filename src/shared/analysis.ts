import { z } from 'zod';
import { float64Array } from './arrays.ts';

/** What a column of numbers holds; null where there is nothing to tell it from. */
export const numberSummarySchema = z.object({
  count: z.int(), missing: z.int(), distinct: z.int(),
  min: z.number().nullable(), q1: z.number().nullable(), median: z.number().nullable(), q3: z.number().nullable(), max: z.number().nullable(),
  mean: z.number().nullable(), sd: z.number().nullable(),
  first: z.number().nullable(), last: z.number().nullable(),
  /** How many are exactly 0. */
  zeros: z.int(),
});
export type NumberSummary = z.infer<typeof numberSummarySchema>;

/** Bin i holds the values from `from + i * width` on, up to but not with the next bin's first (the last bin takes its end too). */
export const histogramSchema = z.object({ from: z.number(), width: z.number(), counts: z.array(z.int()) });
export type Histogram = z.infer<typeof histogramSchema>;

/** Rounds of the calendar and the clock that a season may be. */
export const cycles = ['year', 'quarter', 'month', 'week', 'day', 'hour', 'minute'] as const;
export type Cycle = (typeof cycles)[number];

/** A season that stands out of the noise. */
export const seasonSchema = z.object({
  /** Rows from one peak to the next; not always whole. */
  period: z.number(),
  /** The round of calendar or clock that it is; null where it is none or the time is no date. */
  cycle: z.enum(cycles).nullable(),
  /** Share of the variance around the moving mean of one period that the season explains, 0 to 1. */
  strength: z.number(),
  /** How likely noise would make such a peak anywhere in the spectrum. */
  chance: z.number(),
});
export type Season = z.infer<typeof seasonSchema>;

/** A sequence length that this series itself suggests, and why; null where no lag tells anything. */
export const lengthSuggestionSchema = z.discriminatedUnion('reason', [
  z.object({ length: z.int(), reason: z.literal('season'), season: seasonSchema }),
  z.object({ length: z.int(), reason: z.literal('partial'), lag: z.int() }),
]).nullable();
export type LengthSuggestion = z.infer<typeof lengthSuggestionSchema>;

/** Everything that the Data page shows of one column beside its course. */
export const analysisSchema = z.object({
  rows: z.int(),
  summary: numberSummarySchema,
  histogram: histogramSchema,
  /** Lags from 0 on; `band` is the limit that 95 % of white noise stays within. null where the column does not vary. */
  correlation: z.object({ auto: float64Array, partial: float64Array, band: z.number() }).nullable(),
  /** Strongest first, at most three. `spectrum` is power against period, for the chart. */
  seasons: z.array(seasonSchema),
  spectrum: z.object({ periods: float64Array, power: float64Array, limit: float64Array }),
  /** Mean of each place in the strongest season, [round(period)], as deviation from the level; empty without a season. */
  profile: z.array(z.number()),
  secondsPerRow: z.number().nullable(),
  suggestion: lengthSuggestionSchema,
});
export type Analysis = z.infer<typeof analysisSchema>;

/** One column for the table of all: numbers as numbers, anything else by its cells. */
export const columnSummarySchema = z.object({
  name: z.string(),
  /** Cells that differ, as written. */
  distinct: z.int(), empty: z.int(), rows: z.int(),
  firstCell: z.string(), lastCell: z.string(),
  /** null where the column is no number. */
  numbers: numberSummarySchema.nullable(),
});
export type ColumnSummary = z.infer<typeof columnSummarySchema>;

/** A row of the data and where it stands on the time axis; null in a series without rows. */
export const pointSchema = z.object({ row: z.int(), x: z.number(), value: z.number() }).nullable();
export type Point = z.infer<typeof pointSchema>;
