import { z } from 'zod';

/** How well the next character is told on one part; bits are means over the characters, of base 2. */
export const characterMetricsSchema = z.object({
  /** Mean cross-entropy in nats, and what follows from it. */
  loss: z.number(), perplexity: z.number(), bitsPerCharacter: z.number(),
  /** Share of the characters whose likeliest guess was right. */
  accuracy: z.number(),
  /** Of the baselines: how often each character comes, and how often after the one before it, counted in the training part. */
  unigramBits: z.number(), bigramBits: z.number(),
  /** Characters that were told. */
  count: z.int(),
});
export type CharacterMetrics = z.infer<typeof characterMetricsSchema>;

/** What a run on a text leaves behind beside its weights; metrics are null until it is done, and of a part without windows. */
export const textResultSchema = z.object({
  /** By token; `unknown` is the token that stands for every character too rare, null without one. */
  characters: z.array(z.string()), unknown: z.int().nullable(),
  metrics: z.object({ train: characterMetricsSchema.nullable(), validation: characterMetricsSchema.nullable(), test: characterMetricsSchema.nullable() }).nullable(),
});
export type TextResult = z.infer<typeof textResultSchema>;

/** What the network wrote after an epoch, without the prompt. */
export const textSampleSchema = z.object({ epoch: z.int(), prompt: z.string(), text: z.string() });
export type TextSample = z.infer<typeof textSampleSchema>;
