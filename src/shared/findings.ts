import { z } from 'zod';
import { stepSchema } from './recipe.ts';

/** What the data doctor may find. */
export const findingCodes = [
  'ambiguousDates', 'unreadTimes', 'unsortedTime', 'duplicatedTimes', 'gaps', 'missing', 'words', 'outliers', 'constant', 'levelShift', 'tooFewRows', 'repeatedNames', 'columnsLeftOut',
] as const;
export type FindingCode = (typeof findingCodes)[number];

/** Where something was found: the line of the file and the row of the table, the first from 1, the second from 0; `text` is what stands there. */
export const findingPlaceSchema = z.object({ line: z.int(), row: z.int(), text: z.string() });
export type FindingPlace = z.infer<typeof findingPlaceSchema>;

/** One way to mend it: steps that are added to the recipe. */
export const remedySchema = z.object({ id: z.string(), steps: z.array(stepSchema) });
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
