import { z } from 'zod';
import { cellKinds } from './spec.ts';

/** What the lessons ask of the backends, each with numbers that a person may change, and what comes back. */

const small = (max: number) => z.int().min(1).max(max);
const seed = z.int().min(0).max(2 ** 32 - 1);

export const lessonRequestSchema = z.discriminatedUnion('lesson', [
  /** Memory and time steps: h_t = x_t + recurrent * h_(t-1). */
  z.object({ lesson: z.literal('memory'), recurrent: z.number().min(-1.5).max(1.5), sequenceLength: small(60) }),
  /** One unit, unrolled: h_t = f(w x_t + u h_(t-1) + b), o_t = v h_t + c. */
  z.object({
    lesson: z.literal('unrolled'), activation: z.enum(['rnn_tanh', 'rnn_relu', 'handwritten']), x: z.array(z.number().min(-1000).max(1000)).min(1).max(12),
    w: z.number().min(-10).max(10), u: z.number().min(-10).max(10), b: z.number().min(-10).max(10), v: z.number().min(-10).max(10), c: z.number().min(-10).max(10),
  }),
  /** The hand-written cell beside nn.RNN. */
  z.object({ lesson: z.literal('handwritten'), features: small(6), hiddenSize: small(6), steps: small(8), seed }),
  /** The next character, from scratch. */
  z.object({
    lesson: z.literal('hello'), text: z.string().max(2000), sequence: small(20), hiddenSize: small(64), epochs: small(2000), learningRate: z.number().min(1e-5).max(0.1),
    prompt: z.string().max(200), length: small(200), seed,
  }),
  /** Shapes and targets; `batch` null is one unbatched sequence. */
  z.object({
    lesson: z.literal('shapes'), batch: small(64).nullable(), time: small(64), features: small(64), hiddenSize: small(128), layers: small(4), bidirectional: z.boolean(),
    cell: z.enum(cellKinds), head: z.enum(['last', 'every']), target: z.enum(['last', 'every']), outputs: small(16), seed,
  }),
  /** Recall a symbol after so many distractions; trains from scratch. */
  z.object({ lesson: z.literal('recall'), cell: z.enum(cellKinds), distance: small(200), hiddenSize: small(64), epochs: small(200), learningRate: z.number().min(1e-5).max(0.1), seed }),
]);
export type LessonRequest = z.infer<typeof lessonRequestSchema>;

/** A tensor with its first numbers. */
export const tensorSchema = z.object({ name: z.string(), shape: z.array(z.int()), values: z.array(z.number()) });
export type LessonTensor = z.infer<typeof tensorSchema>;

export const lessonResultSchema = z.discriminatedUnion('lesson', [
  z.object({ lesson: z.literal('memory'), relative: z.array(z.number()), halfLife: z.number().nullable() }),
  z.object({ lesson: z.literal('unrolled'), steps: z.array(z.object({ x: z.number(), before: z.number(), sum: z.number(), h: z.number(), o: z.number() })) }),
  z.object({
    lesson: z.literal('handwritten'),
    i2hWeight: tensorSchema, i2hBias: tensorSchema, i2oWeight: tensorSchema, i2oBias: tensorSchema,
    steps: z.array(z.object({ combined: z.array(z.number()), hidden: z.array(z.number()), output: z.array(z.number()), rnnHidden: z.array(z.number()), rnnOutput: z.array(z.number()) })),
    /** Between the two ways, over all steps. */
    largestDifference: z.number(),
  }),
  z.object({
    lesson: z.literal('hello'), vocabulary: z.array(z.string()), losses: z.array(z.number()), generated: z.string(),
    steps: z.array(z.object({ seen: z.string(), next: z.string(), probabilities: z.array(z.number()) })),
    shapes: z.object({ X: z.array(z.int()), output: z.array(z.int()), y: z.array(z.int()) }),
  }),
  z.object({ lesson: z.literal('shapes'), tensors: z.array(tensorSchema), loss: z.number().nullable(), mismatch: z.object({ output: z.array(z.int()), target: z.array(z.int()) }).nullable() }),
  z.object({ lesson: z.literal('recall'), accuracy: z.number(), chance: z.number(), epochs: z.int(), losses: z.array(z.number()), memory: z.array(z.number()) }),
]);
export type LessonResult = z.infer<typeof lessonResultSchema>;
