import { z } from 'zod';
import { float64Array } from './arrays.ts';
import { memorySchema, windowTraceSchema } from './insight.ts';
import { splitNames } from './plan.ts';

/** What a network that learnt a text or classes remembers: there is no forecast to judge, its scores stand on its own page. */
export const sequenceInsightSchema = z.object({
  task: z.enum(['char', 'classify']),
  /** Slopes of the outputs below; of the occlusion `error` and `changes` are mean cross-entropies in nats. */
  memory: memorySchema,
  /** The outputs whose slopes are averaged: the most frequent characters, or classes. */
  outputs: z.array(z.string()),
  /** The part that the curves were measured on. */
  part: z.enum(splitNames),
  /** Windows that can be looked into, 0 .. windows - 1: of a text one from each character on, of sequences one each. */
  windows: z.int(),
});
export type SequenceInsight = z.infer<typeof sequenceInsightSchema>;

/** What the network holds at each step of one window of a text, or of one sequence. */
export const sequenceTraceSchema = windowTraceSchema.omit({ inputs: true, predicted: true, truth: true }).extend({
  /** What goes in at each step, [T]: characters, '' where the sequence is padded; null for numbers. */
  symbols: z.array(z.string()).nullable(),
  /** Numbers that go in, [T], in the data's unit, NaN where the sequence is padded; null for characters. */
  values: float64Array.nullable(),
  /** The likeliest outputs, and what came. */
  said: z.array(z.object({ name: z.string(), probability: z.number() })),
  truth: z.string().nullable(),
});
export type SequenceTrace = z.infer<typeof sequenceTraceSchema>;
