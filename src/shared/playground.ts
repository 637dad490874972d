import { z } from 'zod';
import { float32Array } from './arrays.ts';
import { limits } from './limits.ts';

/** Which weights write: those that the run ended with, of its best or its last checkpoint, or of the epoch of a sample. */
export const checkpointChoiceSchema = z.union([z.enum(['final', 'best', 'last']), z.int().min(1)]);
export type CheckpointChoice = z.infer<typeof checkpointChoiceSchema>;
export const textSourceSchema = z.strictObject({ run: z.string().min(1).max(100), checkpoint: checkpointChoiceSchema });
export type TextSource = z.infer<typeof textSourceSchema>;

/** How the next character is drawn: as `SamplingRule` of the engine. */
export const ruleSchema = z.strictObject({
  temperature: z.number().min(limits.temperature.min).max(limits.temperature.max), topK: z.int().min(1).max(1_000_000).nullable(), topP: z.number().gt(0).max(1).nullable(),
});
export type WritingRule = z.infer<typeof ruleSchema>;

/** What is done with characters that the model does not know: the person is asked, they are left out, or what is nearest is read. */
export const strangeSchema = z.enum(['refuse', 'drop', 'map']);
export type Strange = z.infer<typeof strangeSchema>;

export const MOST_WRITTEN = 20_000;
export const writeRequestSchema = z.strictObject({
  source: textSourceSchema, prompt: z.string().max(100_000), strange: strangeSchema, length: z.int().min(1).max(MOST_WRITTEN), rule: ruleSchema,
  seed: z.int().min(0).max(limits.seed.max), stop: z.string().max(1000),
  /** Names the request, so that its pieces are known and it can be cancelled. */
  ask: z.string().min(1).max(100),
});
export type WriteRequest = z.infer<typeof writeRequestSchema>;

export const writtenSchema = z.object({
  /** The prompt as it was read, and what was written after it. */
  read: z.string(), text: z.string(), ended: z.enum(['length', 'stop', 'cancelled']), drawn: z.int(), seconds: z.number(), epoch: z.int(),
});
export type Written = z.infer<typeof writtenSchema>;

export const lookRequestSchema = z.strictObject({
  source: textSourceSchema, text: z.string().max(100_000), strange: strangeSchema, rule: ruleSchema,
  /** Characters whose state is shown, and candidates that are listed. */
  steps: z.int().min(1).max(200), candidates: z.int().min(1).max(200),
});
export type LookRequest = z.infer<typeof lookRequestSchema>;

export const lookedSchema = z.object({
  read: z.string(),
  /** The last characters of the text, and h of all layers side by side after each of them, [steps][width] flat. */
  characters: z.array(z.string()), hidden: float32Array, width: z.int(),
  /** The likeliest next characters: how likely the network holds them, and how likely the rule draws them. null before anything was read. */
  next: z.array(z.object({ character: z.string(), probability: z.number(), drawn: z.number(), unknown: z.boolean() })).nullable(),
  /** Of all that is not listed. */
  rest: z.number(), epoch: z.int(),
});
export type Looked = z.infer<typeof lookedSchema>;

/** What can be written with: a checkpoint and the epochs that it has learnt. */
export const checkpointsSchema = z.array(z.object({ checkpoint: checkpointChoiceSchema, epoch: z.int() }));
