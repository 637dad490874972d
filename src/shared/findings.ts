import { z } from 'zod';
import { stepSchema } from './recipe.ts';
import { seriesSplitSchema } from './spec.ts';

/** What the data doctor may find. */
export const findingCodes = [
  'ambiguousDates', 'unreadTimes', 'unsortedTime', 'duplicatedTimes', 'gaps', 'irregularTime', 'missing', 'words', 'outliers', 'constant', 'levelShift', 'tooFewRows', 'repeatedNames', 'columnsLeftOut',
] as const;
export type FindingCode = (typeof findingCodes)[number];

/** Where something was found: the line of the file and the row of the table, the first from 1, the second from 0; `text` is what stands there. */
export const findingPlaceSchema = z.object({ line: z.int(), row: z.int(), text: z.string() });
export type FindingPlace = z.infer<typeof findingPlaceSchema>;

/** One way to mend it: steps that are added to the recipe, or settings of what is trained by their path in the spec. */
export const remedySchema = z.object({ id: z.string(), steps: z.array(stepSchema), settings: z.record(z.string(), z.number()).optional() });
export type Remedy = z.infer<typeof remedySchema>;

/** error: it cannot be trained like this; warning: it can, and the result may mislead; info: it is good to know. */
export const severities = ['error', 'warning', 'info'] as const;

export const findingSchema = z.object({
  code: z.enum(findingCodes), severity: z.enum(severities),
  /** null: of the table as a whole. */
  column: z.string().nullable(),
  /** Cells, rows or columns that it is about. */
  count: z.int(),
  /** The first few. */
  places: z.array(findingPlaceSchema),
  /** In English; the window says it by `code` and `details`. */
  message: z.string(),
  details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  /** The first one is what is proposed. */
  remedies: z.array(remedySchema),
});
export type Finding = z.infer<typeof findingSchema>;

/** What the doctor is told of what the data is for: the columns in use, the split and the window. */
export const examinationSchema = z.object({
  time: z.string().nullable(), targets: z.array(z.string()), inputs: z.array(z.string()),
  split: seriesSplitSchema,
  window: z.object({ sequenceLength: z.int().min(1), horizon: z.int().min(1), stride: z.int().min(1), targets: z.enum(['last', 'every']) }),
});
export type Examination = z.infer<typeof examinationSchema>;
