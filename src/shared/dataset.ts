import { z } from 'zod';
import { float64Array, int32Array } from './arrays.ts';
import { appErrorSchema } from './errors.ts';
import type { TargetInverse } from './inverse.ts';
import { emptyRecipe, recipeSchema, stepChangeSchema } from './recipe.ts';
import { encodingSchema, rolesSchema } from './roles.ts';
import { unitsSchema } from './units.ts';

export const columnTypes = ['number', 'time', 'text', 'empty'] as const;

/** A problem of one column: why it cannot be used as it is, with the line of the file (1 is the first). */
export const columnSchema = z.object({
  name: z.string(),
  type: z.enum(columnTypes),
  /** Empty cells. */
  missing: z.int(),
  min: z.number().nullable(),
  max: z.number().nullable(),
  mean: z.number().nullable(),
  /** At most 120 values for a sparkline, evenly spaced; empty where the column is no number. */
  sparkline: z.array(z.number().nullable()),
  /** Why the column cannot be a target or an input; null when it can. */
  numberProblem: appErrorSchema.nullable(),
  /** Why the column cannot be the time; null when it can. */
  timeProblem: appErrorSchema.nullable(),
  /** Its cells, each once, where they are few (words, or whole numbers); null for another column. */
  categories: z.array(z.string()).nullable().default(null),
  /** How a column of few words could go in; null for numbers and for many words. */
  encoding: encodingSchema.nullable().default(null),
});
export type Column = z.infer<typeof columnSchema>;

export const fileFormats = ['text', 'parquet', 'json', 'excel'] as const;

/** How the file was read, shown to the person. */
export const dialectSchema = z.object({
  delimiter: z.enum([',', ';', '\t', '|']),
  decimal: z.enum(['.', ',']),
  header: z.boolean(),
  encoding: z.enum(['utf-8', 'utf-16le', 'utf-16be', 'windows-1252', 'gb18030']),
  /** What the file is; all but text are read as a table of texts too. */
  format: z.enum(fileFormats).default('text'),
  /** Title and comment lines above the header that are no part of the table. */
  skippedLines: z.int().default(0),
});
export type Dialect = z.infer<typeof dialectSchema>;

/** Which rows of a file that is too large were read: its first ones, or every n-th. */
export const samplingSchema = z.union([
  z.strictObject({ first: z.int().min(1).max(100_000_000) }),
  z.strictObject({ every: z.int().min(2).max(1_000_000_000) }),
]);
export type Sampling = z.infer<typeof samplingSchema>;

/** What the time column means: its values are epoch milliseconds (UTC) or plain numbers. */
export const timeKinds = ['date', 'number', 'row'] as const;

/** Of a dataset that is a text, not a table: its characters are the rows. */
export const textFactsSchema = z.object({
  /** Code points, distinct ones, lines. */
  characters: z.int(), distinct: z.int(), lines: z.int(),
  /** The column of a table whose cells the text is, one a line; null: the whole file is the text. */
  column: z.string().nullable(),
  /** Places where the bytes were no character of their encoding, or half of a surrogate pair stood alone: each reads U+FFFD. */
  replaced: z.int(),
  /** The first characters, for lists. */
  beginning: z.string(),
});
export type TextFacts = z.infer<typeof textFactsSchema>;

export const datasetSummarySchema = z.object({
  id: z.string(),
  name: z.string(),
  /** Where the file lay; null for a shipped sample. */
  sourcePath: z.string().nullable(),
  sample: z.string().nullable(),
  /** Of the file; of the rows that were read where it was sampled. */
  sha256: z.string(),
  /** Bytes of the file and when it was last changed, ISO 8601, as it was read; null where nobody noted them. */
  sourceSize: z.int().nullable().default(null),
  sourceModifiedAt: z.string().nullable().default(null),
  /** null: all rows. */
  sampling: samplingSchema.nullable().default(null),
  /** Rows, columns, roles and what follows are those after the recipe; a text has none. */
  recipe: recipeSchema.default(emptyRecipe),
  /** What each step of the recipe changed. */
  changes: z.array(stepChangeSchema).default([]),
  /** Rows of a table; characters of a text. */
  rows: z.int(),
  /** null for a table; a text has no columns and no roles. */
  text: textFactsSchema.nullable().default(null),
  columns: z.array(columnSchema),
  dialect: dialectSchema,
  roles: rolesSchema.nullable(),
  /** Why no roles could be proposed (no numeric column, say); null when they could. */
  problem: appErrorSchema.nullable(),
  /** Median seconds between two rows of the chosen time column; null without one. */
  secondsPerRow: z.number().nullable(),
  /** Unit of the first target, as the person or the sample tells it; '' when unknown. */
  unit: z.string(),
  /** Of every column that has one, the first target's too; see `unitOf`. */
  units: unitsSchema.optional(),
  openedAt: z.string(),
});
export type DatasetSummary = z.infer<typeof datasetSummarySchema>;

/** Part of a column over time with about as many points as were asked for; every peak stays. */
export const seriesViewSchema = z.object({
  kind: z.enum(timeKinds),
  /** Rows of the whole series, and its first and last time. */
  rows: z.int(), start: z.number(), end: z.number(),
  /** [points]: the row of the data, its time, its value (NaN in a gap). */
  row: int32Array, time: float64Array, values: float64Array,
  /** Whether every row of the stretch is there. */
  whole: z.boolean(),
});
export type SeriesView = z.infer<typeof seriesViewSchema>;

/** The series that a run is trained on: the only thing of a dataset that reaches the trainer. */
export interface SeriesTable {
  rows: number;
  /** Time of each row: epoch milliseconds, plain numbers, or the row number from 0. */
  time: { kind: (typeof timeKinds)[number]; name: string; values: Float64Array };
  /** Numeric columns by name, each [rows], no missing values. `inverse`: of a target that the recipe differenced or took the logarithm of, the way back to the file's unit. */
  columns: { name: string; values: Float64Array; inverse?: TargetInverse }[];
}

export const sampleSchema = z.object({
  id: z.string(), file: z.string(), time: z.string(), target: z.string(), unit: z.string(),
  sparkline: z.array(z.number().nullable()), rows: z.int(),
  /** How a text begins; null for a series. */
  beginning: z.string().nullable().default(null),
});
export type Sample = z.infer<typeof sampleSchema>;

/** What became of a source file since it was read; 'unreadable': it is there and cannot be looked into. */
export const sourceStates = ['same', 'changed', 'missing', 'unreadable'] as const;

/** What the page of saved datasets tells beyond their summaries. */
export const savedDatasetSchema = z.object({
  id: z.string(),
  /** The newest first. */
  runs: z.array(z.object({ id: z.string(), name: z.string(), status: z.string() })),
  /** Bytes of its copy in the database; 0 where the table lies in a file of its own. */
  storedBytes: z.int(),
  /** null for a sample and what was pasted. */
  source: z.enum(sourceStates).nullable(),
});
export type SavedDataset = z.infer<typeof savedDatasetSchema>;
