import { z } from 'zod';

/** Version of a stored recipe; a change of shape raises it and converts older ones on reading. */
export const RECIPE_VERSION = 1;

/** Steps of a recipe at most. */
export const MAX_STEPS = 100;

const column = z.string().min(1).max(400);
const columns = z.array(column).min(1).max(2_000);

/** Lengths of time: those from `month` on have no fixed number of seconds; `weekday` are the days from Monday to Friday. */
export const timeUnits = ['second', 'minute', 'hour', 'day', 'weekday', 'week', 'month', 'quarter', 'year'] as const;
export type TimeUnit = (typeof timeUnits)[number];

/** From one row to the next: `n` units of time, or `n` where the time is a plain number. */
export const frequencySchema = z.strictObject({ unit: z.enum([...timeUnits, 'number']), n: z.number().positive().max(1e12) });
export type Frequency = z.infer<typeof frequencySchema>;

export const fillMethods = ['drop', 'forward', 'interpolate'] as const;
export type FillMethod = (typeof fillMethods)[number];
/** What stands in the rows that `regularise` puts in. */
export const insertedFills = ['leave', 'forward', 'interpolate'] as const;
export const aggregates = ['mean', 'sum', 'min', 'max', 'first', 'last', 'median'] as const;
export type Aggregate = (typeof aggregates)[number];
export const resampleUnits = ['second', 'minute', 'hour', 'day', 'week', 'month', 'quarter', 'year'] as const;
export type ResampleUnit = (typeof resampleUnits)[number];
export const windowStatistics = ['mean', 'std', 'min', 'max'] as const;
export type WindowStatistic = (typeof windowStatistics)[number];

/** Which values are outliers; the rule stands in the recipe, its limits are worked out from the file that it is applied to. */
export const outlierRuleSchema = z.discriminatedUnion('by', [
  /** Below q1 - k (q3 - q1) or above q3 + k (q3 - q1), over the whole column. */
  z.strictObject({ by: z.literal('quartiles'), k: z.number().min(0.1).max(1000) }),
  /** Farther than k robust standard deviations (the larger of 1.4826 MAD and 0.608 of the ninth decile of all such distances) from the median of `rows` rows on each side (Hampel). */
  z.strictObject({ by: z.literal('neighbours'), k: z.number().min(0.1).max(1000), rows: z.int().min(1).max(100) }),
  /** Outside limits that a person states; null: none on that side. */
  z.strictObject({ by: z.literal('range'), min: z.number().nullable(), max: z.number().nullable() }),
  /** What a logger writes for a value that is none, -999 say. */
  z.strictObject({ by: z.literal('equals'), values: z.array(z.number()).min(1).max(100) }),
]);
export type OutlierRule = z.infer<typeof outlierRuleSchema>;

/** One step: a table in, a table out. Nothing but what it says is changed. */
export const stepSchema = z.discriminatedUnion('kind', [
  /** Rows in the order of their time; rows of one time keep theirs. */
  z.strictObject({ kind: z.literal('sort'), time: column }),
  /** One row for each time. `mean` is that of the columns of numbers; other columns keep the first. */
  z.strictObject({ kind: z.literal('dedupe'), time: column, keep: z.enum(['first', 'last', 'mean']) }),
  /** How dates such as 03/04/2024 are read. */
  z.strictObject({ kind: z.literal('dayMonth'), column, order: z.enum(['dayFirst', 'monthFirst']) }),
  /** Rows whose time cannot be read are left out: a line of totals below the table, say. */
  z.strictObject({ kind: z.literal('dropUnread'), time: column }),
  /** Words in columns of numbers become missing values. */
  z.strictObject({ kind: z.literal('words'), columns }),
  /** drop: rows that miss a value in one of the columns; forward: the last value before; interpolate: between the values on both sides, along `time` (null: by row). */
  z.strictObject({ kind: z.literal('fill'), columns, method: z.enum(fillMethods), time: column.nullable() }),
  /** Rows put in where one is missing at the frequency. */
  z.strictObject({ kind: z.literal('regularise'), time: column, every: frequencySchema, fill: z.enum(insertedFills) }),
  /** clip: to the limit of the rule, or to the nearest value of the rows around that is none; blank: to a missing value. */
  z.strictObject({ kind: z.literal('outliers'), columns, rule: outlierRuleSchema, action: z.enum(['clip', 'blank']) }),
  z.strictObject({ kind: z.literal('dropColumns'), columns }),
  /** One row for each length of time that has rows; `partial` says whether a first and last one that the data does not fill are kept. */
  z.strictObject({
    kind: z.literal('resample'), time: column, unit: z.enum(resampleUnits), n: z.int().min(1).max(10_000),
    aggregate: z.enum(aggregates), /** Columns that are aggregated in another way. */ per: z.record(column, z.enum(aggregates)), partial: z.enum(['keep', 'drop']),
  }),
  /** value - the value `lag` rows before; the first `lag` rows have none and are left out. */
  z.strictObject({ kind: z.literal('difference'), columns, lag: z.int().min(1).max(100_000) }),
  /** The natural logarithm; log1p is log(1 + x). */
  z.strictObject({ kind: z.literal('logarithm'), columns, of: z.enum(['log', 'log1p']) }),
  /** Over the last `rows` rows, the present one among them, never the future; the first rows take what there is. `into` may be the column itself. */
  z.strictObject({ kind: z.literal('window'), column, rows: z.int().min(2).max(100_000), statistic: z.enum(windowStatistics), into: column }),
]);
export type Step = z.infer<typeof stepSchema>;
export type StepKind = Step['kind'];

/** What is done to a file's table before it is trained on, in order: stored with the dataset and with every run, and replayed on a new file. */
export const recipeSchema = z.strictObject({ version: z.literal(RECIPE_VERSION), steps: z.array(stepSchema).max(MAX_STEPS) });
export type Recipe = z.infer<typeof recipeSchema>;

export const emptyRecipe: Recipe = { version: RECIPE_VERSION, steps: [] };

/** What a step did: rows or cells that it changed, and the rows that there were before and after. */
export const stepChangeSchema = z.object({ kind: z.string(), changed: z.int(), of: z.enum(['rows', 'cells', 'columns']), rowsBefore: z.int(), rowsAfter: z.int() });
export type StepChange = z.infer<typeof stepChangeSchema>;
