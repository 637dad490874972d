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

/** The metrics of each part; null for a part without windows. */
export const textMetricsSchema = z.object({ train: characterMetricsSchema.nullable(), validation: characterMetricsSchema.nullable(), test: characterMetricsSchema.nullable() });
export type TextMetrics = z.infer<typeof textMetricsSchema>;

/** What the baselines reach on the part that is watched while it learns, in bits a character. */
export const textBaselinesSchema = z.object({ part: z.enum(['train', 'validation']), unigramBits: z.number(), bigramBits: z.number() });
export type TextBaselines = z.infer<typeof textBaselinesSchema>;

const judgedSchema = z.object({ epoch: z.int(), metrics: textMetricsSchema });
/** Of the epoch with the lowest validation loss (training loss without a validation part) and of the last one. */
export const textEvaluationsSchema = z.object({ best: judgedSchema, last: judgedSchema });
export type TextEvaluations = z.infer<typeof textEvaluationsSchema>;

/** What a run on a text leaves behind beside its weights; metrics are null until it is done, and of a part without windows. */
export const textResultSchema = z.object({
  /** By token; `unknown` is the token that stands for every character too rare, null without one. */
  characters: z.array(z.string()), unknown: z.int().nullable(),
  metrics: textMetricsSchema.nullable(),
  /** null for a run of an older version. */
  baselines: textBaselinesSchema.nullable().default(null),
  evaluations: textEvaluationsSchema.nullable().default(null),
});
export type TextResult = z.infer<typeof textResultSchema>;

/** What the network wrote after an epoch, without the prompt. */
export const textSampleSchema = z.object({ epoch: z.int(), prompt: z.string(), text: z.string() });
export type TextSample = z.infer<typeof textSampleSchema>;

/** Share of the characters of the watched part whose likeliest guess was right after an epoch. */
export const textAccuracySchema = z.object({ epoch: z.int(), accuracy: z.number() });
export type TextAccuracy = z.infer<typeof textAccuracySchema>;

/** The characters of a text under a choice of normalisation and of the least count. */
export const vocabularySchema = z.object({
  /** Characters of the text, and distinct ones. */
  length: z.int(), distinct: z.int(),
  /** Tokens: distinct characters that are kept, and the unknown symbol where there is one. */
  size: z.int(),
  /** What becomes the unknown symbol: kinds of characters, and how often they come together; null for nothing. */
  rare: z.object({ kinds: z.int(), characters: z.int() }).nullable(),
  /** The most frequent first, at most 20,000. */
  entries: z.array(z.object({ character: z.string(), count: z.int() })),
});
export type Vocabulary = z.infer<typeof vocabularySchema>;

/** A text as tokens, one a code point, and the characters that they stand for; `unknown` stands for every character too rare. */
export interface TokenText { ids: Int32Array; characters: string[]; unknown: number | null; counts: number[] }
