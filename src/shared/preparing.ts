import { z } from 'zod';
import { appErrorSchema } from './errors.ts';
import { splitNames } from './plan.ts';
import { planSchema } from './run.ts';

/** One window with its real values: what goes in and what comes out. */
export const windowPictureSchema = z.object({
  /** Its first row, and the first row of the last window that has all its targets. */
  start: z.int(), last: z.int(),
  /** The part that its targets belong to; null where they cross a boundary. */
  part: z.enum(splitNames).nullable(),
  /** Input rows that are not listed, in front of the others: of a long window the last ones are shown. */
  omitted: z.int(),
  timeKind: z.enum(['date', 'number', 'row']),
  /** Time of each row that is listed, the inputs and then the outputs: [steps + horizon]. */
  times: z.array(z.number()),
  /** Names of the numbers that go in at each step, and these as they are before scaling: [steps][features]. */
  features: z.array(z.string()), inputs: z.array(z.array(z.number())),
  /** Each target at the listed inputs, [steps], and what the network is to say, [horizon], in its unit. */
  targets: z.array(z.object({ name: z.string(), past: z.array(z.number()), next: z.array(z.number()) })),
});
export type WindowPicture = z.infer<typeof windowPictureSchema>;

/** What settings make of a dataset. */
export const preparedSchema = z.object({
  /** With the fitted scalers; null where the data cannot be split or read as the settings say. */
  plan: planSchema.nullable(),
  problem: appErrorSchema.nullable(),
  window: windowPictureSchema.nullable(),
});
export type PreparedFacts = z.infer<typeof preparedSchema>;
