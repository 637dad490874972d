import { z } from 'zod';

/** Most classes, and the numbers that the padded sequences may have together. */
export const MAX_CLASSES = 200;
export const MAX_STEPS = 2 ** 26;
/** Wrongly classified examples that are kept, and the characters of each that are shown. */
export const MISTAKES = 100;
export const PREVIEW = 200;

/** Labelled sequences, end to end: sequence i takes numbers offsets[i] .. offsets[i + 1] - 1 of `values`. */
export interface LabelledSequences {
  kind: 'text' | 'numbers';
  /** Code points of a text, or the numbers. */
  values: Float64Array;
  offsets: Int32Array;
  /** Class of each sequence, and the labels by class, in the order of the alphabet. */
  labels: Int32Array;
  classes: string[];
  /** Line of the file on which each stands. */
  lines: Int32Array;
}

const share = z.number().min(0).max(1);
/** Of one class: null where it cannot be told (never predicted, no example). */
export const classScoreSchema = z.object({ precision: share.nullable(), recall: share.nullable(), f1: share.nullable(), support: z.int() });
export type ClassScore = z.infer<typeof classScoreSchema>;

/** What lists need of one part. */
const briefSchema = z.object({
  /** Mean softmax cross-entropy in nats. */
  loss: z.number(),
  accuracy: share,
  /** Accuracy of always guessing the class that is most frequent in the training part. */
  baseline: share,
  /** Means over the classes that occur or are predicted; a score that cannot be told counts 0. */
  precision: share, recall: share, f1: share,
  count: z.int(),
});
export const partScoreSchema = briefSchema.extend({
  /** [truth][predicted] */
  confusion: z.array(z.array(z.int())),
  classes: z.array(classScoreSchema),
});
export type PartScore = z.infer<typeof partScoreSchema>;
const parts = <S extends z.ZodType>(of: S) => z.object({ train: of.nullable(), validation: of.nullable(), test: of.nullable() });

/** null for a part without examples. */
export const classMetricsSchema = parts(partScoreSchema);
export type ClassMetrics = z.infer<typeof classMetricsSchema>;
export const classBriefSchema = parts(briefSchema);
export type ClassBrief = z.infer<typeof classBriefSchema>;

const judged = z.object({ epoch: z.int(), metrics: classMetricsSchema });
/** An example that was taken for another class, of the last part that has examples. */
export const mistakeSchema = z.object({ line: z.int(), sequence: z.string(), truth: z.int(), predicted: z.int(), probability: share });
export type Mistake = z.infer<typeof mistakeSchema>;

/** What a network needs to read a sequence, beside its weights. */
export const readingSchema = z.object({
  classes: z.array(z.string()),
  /** Characters of the sequences by token, for a text. One more token stands for all others, and the last one for the padding. */
  characters: z.array(z.string()),
  /** scaled = (value - offset) / scale, for numbers. */
  offset: z.number(), scale: z.number(),
});
export type Reading = z.infer<typeof readingSchema>;

/** What a run leaves behind beside its weights; null until it is done. */
export const classResultSchema = readingSchema.extend({
  /** Examples of each class in each part. */
  counts: z.object({ train: z.array(z.int()), validation: z.array(z.int()), test: z.array(z.int()) }),
  metrics: classMetricsSchema.nullable(),
  evaluations: z.object({ best: judged, last: judged }).nullable(),
  /** The likeliest mistakes first: those that the network was surest of. */
  mistakes: z.array(mistakeSchema),
  mistakesPart: z.enum(['train', 'validation', 'test']).nullable(),
});
export type ClassResult = z.infer<typeof classResultSchema>;

/** What the columns of a table offer for classification, and what the chosen two hold. */
export const sequenceFactsSchema = z.object({
  sequences: z.array(z.string()), labels: z.array(z.string()),
  sequence: z.string(), label: z.string(), kind: z.enum(['text', 'numbers']),
  /** Whether the columns themselves suggest it; otherwise it is only possible. */
  proposed: z.boolean(),
  examples: z.int(), classes: z.array(z.object({ name: z.string(), count: z.int() })),
  shortest: z.int(), median: z.int(), longest: z.int(),
  /** Distinct characters of a text. */
  characters: z.int(),
});
export type SequenceFacts = z.infer<typeof sequenceFactsSchema>;

/** Probability of each class for one sequence, the likeliest first. */
export const classifiedSchema = z.object({
  classes: z.array(z.object({ name: z.string(), probability: share })),
  /** Steps that were read, of all; the last ones where there are more than the network reads. */
  read: z.int(), steps: z.int(),
  /** Characters that the network never saw while it learnt. */
  unknown: z.array(z.string()),
});
export type Classified = z.infer<typeof classifiedSchema>;
