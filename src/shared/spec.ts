import { z } from 'zod';
import { inputError, type AppError } from './errors.ts';
import { limits, limitSentence, type LimitedField } from './limits.ts';
import { emptyRecipe, recipeSchema } from './recipe.ts';
import { rolesProblem, rolesSchema } from './roles.ts';

export { noExtras, rolesOf, rolesSchema, type Roles } from './roles.ts';

/** Version of the stored spec; a change of shape raises it and converts older ones on reading. */
export const SPEC_VERSION = 3;

/** What is learnt: the next values of a series, the next character of a text, or the class of a whole sequence. */
export const tasks = ['forecast', 'char', 'classify'] as const;
export type Task = (typeof tasks)[number];

export const cellKinds = ['rnn_tanh', 'rnn_relu', 'handwritten', 'lstm', 'gru'] as const;
export const lossKinds = ['mse', 'mae', 'huber'] as const;
export const optimizerKinds = ['sgd', 'rmsprop', 'adam', 'adamw'] as const;
export const initializationKinds = ['pytorch', 'orthogonal'] as const;
export const scheduleKinds = ['constant', 'step', 'cosine', 'plateau'] as const;
/** Unicode normalisation of a text before its characters are counted. */
export const normalizationKinds = ['none', 'NFC', 'NFKC'] as const;
/** What a labelled sequence is made of: characters, or numbers in one cell. */
export const sequenceKinds = ['text', 'numbers'] as const;
/** robust: median and quartiles. Each is fitted on the training part alone. */
export const scalingKinds = ['none', 'standard', 'minmax', 'robust'] as const;
/** Which steps have a target: the last alone, y [N, horizon], or every one, y [N, T, horizon]. */
export const targetKinds = ['last', 'every'] as const;
export const splitOrders = ['stratified', 'chronological'] as const;
export const backendChoices = ['auto', 'wasm', 'tensorflow', 'webgpu', 'reference'] as const;

function limited(field: LimitedField) {
  const { min, max, integer } = limits[field];
  return integer ? z.int().min(min).max(max) : z.number().min(min).max(max);
}

export const windowSchema = z.strictObject({
  /** T: rows that go in. */
  sequenceLength: limited('sequenceLength'),
  /** Rows that come out, from the one after the window on. */
  horizon: limited('horizon'),
  /** Rows between the starts of two training windows. */
  stride: limited('stride'),
  targets: z.enum(targetKinds),
});

/** Chronological shares of the rows; they add up to 1. */
export const splitSchema = z.strictObject({
  train: limited('trainShare'),
  validation: limited('share'),
  test: limited('share'),
});
export type SplitShares = z.infer<typeof splitSchema>;

/** By shares of the rows, or at places of the time axis. */
export const splitKinds = ['share', 'date'] as const;
/** The longest place of the time axis that a person may write. */
const placeInTime = z.string().trim().min(1).max(64);
/**
 * How a series is cut: by shares of its rows, or at places of its time axis (a date, or a value of the time column), each the
 * first time of its part. null: there is no such part.
 */
export const seriesSplitSchema = z.discriminatedUnion('by', [
  splitSchema.extend({ by: z.literal('share') }),
  z.strictObject({ by: z.literal('date'), validationFrom: placeInTime.nullable(), testFrom: placeInTime.nullable() }),
]);
export type SeriesSplit = z.infer<typeof seriesSplitSchema>;

export const architectureSchema = z.strictObject({
  cell: z.enum(cellKinds),
  hiddenSize: limited('hiddenSize'),
  layers: limited('layers'),
  bidirectional: z.boolean(),
  dropout: limited('dropout'),
  initialization: z.enum(initializationKinds),
});
export type Architecture = z.infer<typeof architectureSchema>;

export const trainingSchema = z.strictObject({
  epochs: limited('epochs'),
  batchSize: limited('batchSize'),
  loss: z.enum(lossKinds),
  huberDelta: limited('huberDelta'),
  optimizer: z.enum(optimizerKinds),
  learningRate: limited('learningRate'),
  momentum: limited('momentum'),
  weightDecay: limited('weightDecay'),
  clipNorm: limited('clipNorm').nullable(),
  schedule: z.enum(scheduleKinds),
  /** Epochs without a better validation loss before training stops and the best weights return; null: never. */
  patience: limited('patience').nullable(),
  seed: limited('seed'),
});
export type TrainingSettings = z.infer<typeof trainingSchema>;

const version = z.literal(SPEC_VERSION);
const backend = z.enum(backendChoices);
/** Of the tasks with classes: softmax cross-entropy is their only loss. */
const classTrainingSchema = trainingSchema.extend({ loss: z.literal('crossEntropy') });

export const forecastSpecSchema = z.strictObject({
  version, task: z.literal('forecast'),
  /** What is done to the file's table first; the roles are of the columns that it leaves. */
  recipe: recipeSchema,
  roles: rolesSchema, window: windowSchema, split: seriesSplitSchema, scaling: z.enum(scalingKinds),
  model: architectureSchema, training: trainingSchema, backend,
});
export type ForecastSpec = z.infer<typeof forecastSpecSchema>;

export const charSpecSchema = z.strictObject({
  version, task: z.literal('char'),
  text: z.strictObject({
    /** The column whose cells are the text, one a line; null: the whole file is. */
    column: z.string().nullable(),
    normalization: z.enum(normalizationKinds),
    /** Characters that come less often are one unknown symbol; 1: all are kept. */
    minCount: limited('minCount'),
    /** Numbers that stand for a character; null: its one-hot vector. */
    embedding: limited('embedding').nullable(),
  }),
  window: windowSchema.omit({ horizon: true }),
  split: splitSchema,
  model: architectureSchema,
  /** What is written while it learns, at chosen epochs: every `every`-th, null: the first, then ever more seldom. */
  samples: z.strictObject({ every: limited('epochs').nullable(), prompt: z.string().max(1000), length: limited('sampleLength'), temperature: limited('temperature') }),
  training: classTrainingSchema,
  backend,
});
export type CharSpec = z.infer<typeof charSpecSchema>;

export const classifySpecSchema = z.strictObject({
  version, task: z.literal('classify'),
  sequence: z.string(), label: z.string(), kind: z.enum(sequenceKinds), scaling: z.enum(scalingKinds),
  /** Numbers that stand for a character of a text; null: its one-hot vector. Without meaning for numbers. */
  embedding: limited('embedding').nullable(),
  /** T: shorter sequences are padded at their start (a text with a symbol of its own, numbers with zeros after scaling), of longer ones the last T steps are read. */
  window: windowSchema.pick({ sequenceLength: true }),
  /** stratified: each class is shared out by itself, drawn by lot; chronological: in the order of the file. */
  split: splitSchema.extend({ order: z.enum(splitOrders) }),
  model: architectureSchema,
  training: classTrainingSchema,
  backend,
});
export type ClassifySpec = z.infer<typeof classifySpecSchema>;

/** Version 1 knew one task, versions 1 and 2 one target, no recipe and shares alone. */
function converted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const { version: given } = value as { version?: unknown };
  if (given !== 1 && given !== 2) return value;
  const older = value as Record<string, unknown>;
  const task = given === 1 ? 'forecast' : older['task'];
  const current = { ...older, version: SPEC_VERSION, task };
  return task === 'forecast' ? { ...current, recipe: emptyRecipe, split: { by: 'share', ...(older['split'] as object) } } : current;
}

/** Everything that decides a run, apart from the data itself: frozen when the run starts and stored with it. Older ones are converted on reading. */
export const runSpecSchema = z.preprocess(converted, z.discriminatedUnion('task', [forecastSpecSchema, charSpecSchema, classifySpecSchema]));
export type RunSpec = z.infer<typeof runSpecSchema>;

/** What is predicted, as lists show it: the column, or several with commas between; '' where the whole file is the text. */
export function targetOf(spec: RunSpec): string {
  return spec.task === 'forecast' ? spec.roles.targets.join(', ') : spec.task === 'char' ? spec.text.column ?? '' : spec.label;
}

/** Where each limited field of the spec stands, so that a failed parse names the setting and its range. */
const limitOfPath: Record<string, LimitedField> = {
  'window.sequenceLength': 'sequenceLength', 'window.horizon': 'horizon', 'window.stride': 'stride',
  'split.train': 'trainShare', 'split.validation': 'share', 'split.test': 'share',
  'model.hiddenSize': 'hiddenSize', 'model.layers': 'layers', 'model.dropout': 'dropout',
  'training.epochs': 'epochs', 'training.batchSize': 'batchSize', 'training.learningRate': 'learningRate',
  'training.momentum': 'momentum', 'training.weightDecay': 'weightDecay', 'training.clipNorm': 'clipNorm',
  'text.minCount': 'minCount', 'text.embedding': 'embedding', embedding: 'embedding', 'samples.every': 'epochs', 'samples.length': 'sampleLength', 'samples.temperature': 'temperature',
  'training.huberDelta': 'huberDelta', 'training.patience': 'patience', 'training.seed': 'seed',
};

const wordsOfField: Partial<Record<LimitedField, string>> = {
  sequenceLength: 'Sequence length', hiddenSize: 'Hidden size', batchSize: 'Batch size', learningRate: 'Learning rate',
  weightDecay: 'Weight decay', clipNorm: 'Clipping norm', huberDelta: 'Huber delta', minCount: 'Least count of a character', embedding: 'Embedding size', sampleLength: 'Length of a sample', share: 'Share of the split', trainShare: 'Share of the training part',
};

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((v, key) => (v !== null && typeof v === 'object' ? (v as Record<PropertyKey, unknown>)[key] : undefined), value);
}

/** "a, b or c" */
function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} or ${names.at(-1)!}`;
}

/** The spec of a forecast. @throws inputError 'spec.task' where what is asked for is made for series alone */
export function forecastSpec(spec: RunSpec): ForecastSpec {
  if (spec.task === 'forecast') return spec;
  throw inputError('spec.task', 'This is made for forecasts of a series; the run learnt a text or classes.', { field: 'task', details: { task: spec.task } });
}

export type SpecCheck = { ok: true; spec: RunSpec } | { ok: false; errors: AppError[] };

/** Checks a spec; every problem is one sentence at one field (`field` is the path, for example "model.hiddenSize"). */
export function checkSpec(value: unknown): SpecCheck {
  const parsed = runSpecSchema.safeParse(value);
  const errors = parsed.success ? [] : parsed.error.issues.map((issue) => {
    const field = issue.path.map(String).join('.');
    const limit = limitOfPath[field];
    const got = valueAt(value, issue.path);
    if (limit === undefined) {
      const reason = issue.code === 'invalid_value' ? `it must be ${listed(issue.values.map(String))} (got ${got === '' ? 'nothing' : String(got)})` : issue.message;
      return inputError('spec.invalid', `${field}: ${reason}.`, { field, details: { reason } });
    }
    const { min, max, integer } = limits[limit];
    const label = wordsOfField[limit] ?? limit.charAt(0).toUpperCase() + limit.slice(1);
    return inputError('spec.range', limitSentence(label, limit, got), {
      field, details: { field: limit, min, max, integer, got: String(got) },
    });
  });
  if (!parsed.success) return { ok: false, errors };
  const spec = parsed.data;
  const wrong = (spec.task === 'forecast' ? rolesProblem(spec.roles) : null) ?? sharesProblem(spec.split);
  return wrong === null ? { ok: true, spec } : { ok: false, errors: [wrong] };
}

function sharesProblem(split: RunSpec['split']): AppError | null {
  if ('by' in split && split.by === 'date') return null;
  const { train, validation, test } = split;
  const sum = Number((train + validation + test).toFixed(10));
  return Math.abs(sum - 1) > 1e-9 ? inputError('split.sum', `The shares of the split must add up to 1 (they add up to ${sum}).`, { field: 'split', details: { sum } }) : null;
}
