import { z } from 'zod';
import { float64Array, int32Array } from './arrays.ts';
import { partScoreSchema } from './classify.ts';
import { appErrorSchema } from './errors.ts';
import { findingSchema } from './findings.ts';
import { stepChangeSchema } from './recipe.ts';
import { splitMetricsSchema } from './run.ts';

/** Steps beyond the end of a new file at most. */
export const MOST_STEPS = 100_000;
/** Sequences of a new file whose beginning goes to the window. */
export const MOST_PREVIEWS = 20_000;

/** Columns of a run by what they are called in a new file. */
export const mappingSchema = z.record(z.string().max(400), z.string().max(400));
export type Mapping = z.infer<typeof mappingSchema>;

/** What a file that a run has not seen is to that run, before anything is predicted. */
export const newFileFactsSchema = z.object({
  name: z.string(), task: z.enum(['forecast', 'char', 'classify']),
  /** Rows of the file, and after the run's recipe (null where that cannot be told); of a text its characters. */
  fileRows: z.int(), rows: z.int().nullable(),
  columns: z.array(z.string()),
  /** Columns that the run needs and the file lacks, each with the one that it may be called now. */
  missing: z.array(z.object({ column: z.string(), proposed: z.string().nullable() })),
  /** Columns that the run does not look at. */
  extra: z.array(z.string()),
  /** As far as it was used. */
  mapping: mappingSchema,
  /** What each step of the recipe did to this file, and what the data doctor finds after it. */
  changes: z.array(stepChangeSchema), findings: z.array(findingSchema),
  /** Whether the file says what is to be predicted, so that it can be judged. */
  labelled: z.boolean(),
  /** What keeps it from being predicted. */
  problem: appErrorSchema.nullable(),
  /** Inputs that must be given to look beyond the end; `categories` null: numbers. */
  needs: z.array(z.object({ column: z.string(), categories: z.array(z.string()).nullable() })),
  /** Steps beyond the end at most: the horizon, where an input is not known any further. */
  mostSteps: z.int(),
  /** Of a text: characters that the run never learnt, how many of how many kinds, and the first of them. */
  unknown: z.object({ count: z.int(), kinds: z.int(), characters: z.array(z.string()) }).nullable(),
});
export type NewFileFacts = z.infer<typeof newFileFactsSchema>;

const bandSchema = z.object({ level: z.number() });
/** What a forecast says of a new file. Numbers in the unit of the file. */
export const predictedSeriesSchema = z.object({
  task: z.literal('forecast'), rows: z.int(),
  /** First row that a window predicts: the sequence length. */
  firstRow: z.int(),
  time: z.object({ kind: z.enum(['date', 'number', 'row']), name: z.string(), values: float64Array }),
  horizon: z.int(),
  targets: z.array(z.object({
    name: z.string(),
    /** [rows] */
    truth: float64Array,
    /** For each step of the horizon what was said of each row so many steps before, [steps][rows]; NaN where no window says anything. */
    ahead: z.array(float64Array),
    /** Of one step ahead, and of repeating the last value on the same rows; null without a row to judge. */
    errors: splitMetricsSchema.nullable(), persistence: splitMetricsSchema.nullable(),
    /** Half-width for each step of the horizon (NaN: too few residuals), from the run's own validation part; and the share of this file's truths within it, one step ahead. */
    bands: z.array(bandSchema.extend({ halfWidths: float64Array, coverage: z.number().nullable() })),
  })),
  beyond: z.object({
    method: z.enum(['direct', 'recursive']), time: float64Array,
    targets: z.array(z.object({ name: z.string(), values: float64Array, bands: z.array(bandSchema.extend({ halfWidths: float64Array })) })),
  }).nullable(),
});
export type PredictedSeries = z.infer<typeof predictedSeriesSchema>;

/** The class of each sequence of a new file. */
export const classifiedFileSchema = z.object({
  task: z.literal('classify'), classes: z.array(z.string()),
  /** Line of the file, class, and its probability, of each sequence. */
  lines: int32Array, predicted: int32Array, probability: float64Array,
  /** Class by the file's own label; -1: none, or one that was not learnt. null: the file has no labels. */
  truth: int32Array.nullable(),
  /** How the first sequences begin. */
  previews: z.array(z.string()),
  /** On the sequences with a label that was learnt; null without one. */
  score: partScoreSchema.nullable(),
  /** Labels that were not learnt, sequences of which only the last steps were read, and characters never seen (the first of them). */
  strange: z.array(z.string()), cut: z.int(), unknown: z.array(z.string()),
});
export type ClassifiedFile = z.infer<typeof classifiedFileSchema>;

/** How well a network tells the characters of a new text. Bits are means over the characters. */
export const judgedTextSchema = z.object({
  task: z.literal('char'), loss: z.number(), perplexity: z.number(), bitsPerCharacter: z.number(), accuracy: z.number(),
  /** Of counting this very text: how often each character comes in it, and how often after the one before. */
  unigramBits: z.number(), bigramBits: z.number(),
  /** Characters that were told, and characters of the text that the run never learnt. */
  count: z.int(), unknown: z.int(), characters: z.int(),
});
export type JudgedText = z.infer<typeof judgedTextSchema>;

export const predictedSchema = z.discriminatedUnion('task', [predictedSeriesSchema, classifiedFileSchema, judgedTextSchema]);
export type Predicted = z.infer<typeof predictedSchema>;

/** How far the steps beyond the end go, and the inputs known in the future from the first one on. */
export const beyondAskSchema = z.object({ steps: z.int().min(0).max(MOST_STEPS), known: z.record(z.string(), z.array(z.string()).max(MOST_STEPS)) });
export type BeyondAsk = z.infer<typeof beyondAskSchema>;

/** Sequences of a new file, end to end: sequence i takes numbers offsets[i] .. offsets[i + 1] - 1 of `values`. */
export interface NewSequences {
  values: Float64Array; offsets: Int32Array; lines: Int32Array;
  labels: Int32Array | null; strange: string[];
}

/** A new text as the tokens of a run; characters that it never learnt are its unknown token, or left out where it has none. */
export interface NewText { ids: Int32Array; characters: number; unknown: { count: number; kinds: number; characters: string[] } }
