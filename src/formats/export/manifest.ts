import { z } from 'zod';
import { recipeSchema } from '../../shared/recipe.ts';
import { cellKinds, runSpecSchema, tasks } from '../../shared/spec.ts';

/** Version of an exported manifest; a change of shape raises it. */
export const MANIFEST_VERSION = 1;

const size = z.int().min(1);
/** scaled = (value - offset) / scale. */
const scaling = { offset: z.number(), scale: z.number() };

/** One number of each row that goes in, in the order of the last axis of X. */
export const exportedFeatureSchema = z.discriminatedUnion('kind', [
  /** A column of the table, `lead` rows ahead (0: the row itself); `category`: 1 where the cell is this word, else 0; null: the number. */
  z.strictObject({ kind: z.literal('column'), name: z.string(), column: z.string(), lead: z.int().min(0), category: z.string().nullable(), /** Words that stand for numbers, where the cells are words. */ words: z.record(z.string(), z.number()).nullable(), ...scaling }),
  /** Sine or cosine of the place of the time in its month, week, day, ... */
  z.strictObject({ kind: z.literal('calendar'), name: z.string(), of: z.string(), wave: z.enum(['sin', 'cos']), ...scaling }),
]);
export type ExportedFeature = z.infer<typeof exportedFeatureSchema>;

/** Everything that somebody needs to use the weights: written beside them as manifest.json. */
export const manifestSchema = z.strictObject({
  format: z.literal('unroll-model'), version: z.literal(MANIFEST_VERSION),
  madeBy: z.string(), madeAt: z.string(),
  run: z.strictObject({ id: z.string(), name: z.string(), dataset: z.string() }),
  task: z.enum(tasks),
  architecture: z.strictObject({
    cell: z.enum(cellKinds), /** F, the last axis of X; of a text the number of its characters. */ inputSize: size, /** Width of the learnt vectors that characters become first; null: there are none. */ embedding: size.nullable(), hiddenSize: size, layers: size, bidirectional: z.boolean(), outputSize: size,
    /** The head reads the last step, or every one. */
    headSteps: z.enum(['last', 'every']),
  }),
  /** T rows go in, `horizon` rows come out. */
  window: z.strictObject({ sequenceLength: size, horizon: size }),
  /** Column of the time; null: rows are numbered. */
  time: z.string().nullable(),
  features: z.array(exportedFeatureSchema),
  /** Columns that are predicted; the head says [horizon][targets]. */
  targets: z.array(z.strictObject({ name: z.string(), unit: z.string(), ...scaling })),
  /** Of a text: the character of each token (null: the one for unknown ones) and how a text is normalised. */
  vocabulary: z.strictObject({ characters: z.array(z.string().nullable()), normalization: z.string() }).nullable(),
  /** Of labelled sequences: the label of each output, and how a sequence is read; null (or left out by older exports): another task. */
  classes: z.strictObject({
    labels: z.array(z.string()), /** Column of the sequences. */ sequence: z.string(), kind: z.enum(['text', 'numbers']),
    /** By token, of a text; `unknown` stands for all others. */ characters: z.array(z.string()), unknown: z.int().nullable(),
    /** The last T steps are read; a shorter sequence gets `pad` before its first step: a token, or a scaled number. */ padding: z.literal('start'), pad: z.int(),
  }).nullable().default(null),
  /** What is done to a file's table before. */
  recipe: recipeSchema,
  tensors: z.array(z.strictObject({ name: z.string(), shape: z.array(size) })),
  spec: runSpecSchema,
});
export type Manifest = z.infer<typeof manifestSchema>;
