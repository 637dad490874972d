import { z } from 'zod';
import { inputError, type AppError } from './errors.ts';
import { limits, limitSentence, type LimitedField } from './limits.ts';

/** Version of the stored spec; a change of shape raises it and converts older ones on reading. */
export const SPEC_VERSION = 1;

export const cellKinds = ['rnn_tanh', 'rnn_relu', 'handwritten', 'lstm', 'gru'] as const;
export const lossKinds = ['mse', 'mae', 'huber'] as const;
export const optimizerKinds = ['sgd', 'rmsprop', 'adam', 'adamw'] as const;
export const initializationKinds = ['pytorch', 'orthogonal'] as const;
export const scheduleKinds = ['constant', 'step', 'cosine', 'plateau'] as const;
export const scalingKinds = ['none', 'standard', 'minmax'] as const;
/** Which steps have a target: the last alone, y [N, horizon], or every one, y [N, T, horizon]. */
export const targetKinds = ['last', 'every'] as const;
export const backendChoices = ['auto', 'wasm', 'reference'] as const;

function limited(field: LimitedField) {
  const { min, max, integer } = limits[field];
  return integer ? z.int().min(min).max(max) : z.number().min(min).max(max);
}

/** Which column plays which part. `inputs` are the features of X, in order; the target's own past is one of them by default. */
export const rolesSchema = z.strictObject({
  time: z.string().nullable(),
  target: z.string(),
  inputs: z.array(z.string()).min(1),
});
export type Roles = z.infer<typeof rolesSchema>;

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

/** Everything that decides a run, apart from the data itself: frozen when the run starts and stored with it. */
export const runSpecSchema = z.strictObject({
  version: z.literal(SPEC_VERSION),
  roles: rolesSchema,
  window: windowSchema,
  split: splitSchema,
  scaling: z.enum(scalingKinds),
  model: architectureSchema,
  training: trainingSchema,
  backend: z.enum(backendChoices),
});
export type RunSpec = z.infer<typeof runSpecSchema>;

/** Where each limited field of the spec stands, so that a failed parse names the setting and its range. */
const limitOfPath: Record<string, LimitedField> = {
  'window.sequenceLength': 'sequenceLength', 'window.horizon': 'horizon', 'window.stride': 'stride',
  'split.train': 'trainShare', 'split.validation': 'share', 'split.test': 'share',
  'model.hiddenSize': 'hiddenSize', 'model.layers': 'layers', 'model.dropout': 'dropout',
  'training.epochs': 'epochs', 'training.batchSize': 'batchSize', 'training.learningRate': 'learningRate',
  'training.momentum': 'momentum', 'training.weightDecay': 'weightDecay', 'training.clipNorm': 'clipNorm',
  'training.huberDelta': 'huberDelta', 'training.patience': 'patience', 'training.seed': 'seed',
};

const wordsOfField: Partial<Record<LimitedField, string>> = {
  sequenceLength: 'Sequence length', hiddenSize: 'Hidden size', batchSize: 'Batch size', learningRate: 'Learning rate',
  weightDecay: 'Weight decay', clipNorm: 'Clipping norm', huberDelta: 'Huber delta', share: 'Share of the split', trainShare: 'Share of the training part',
};

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((v, key) => (v !== null && typeof v === 'object' ? (v as Record<PropertyKey, unknown>)[key] : undefined), value);
}

/** "a, b or c" */
function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} or ${names.at(-1)!}`;
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
  const { inputs } = parsed.data.roles;
  const twice = inputs.find((name, i) => inputs.indexOf(name) !== i);
  if (twice !== undefined) {
    return { ok: false, errors: [inputError('spec.invalid', `The column "${twice}" stands among the inputs twice.`, { field: 'roles.inputs', details: { reason: `"${twice}" stands there twice` } })] };
  }
  const { train, validation, test } = parsed.data.split;
  const sum = Number((train + validation + test).toFixed(10));
  if (Math.abs(sum - 1) > 1e-9) {
    return { ok: false, errors: [inputError('split.sum', `The shares of the split must add up to 1 (they add up to ${sum}).`, {
      field: 'split', details: { sum },
    })] };
  }
  return { ok: true, spec: parsed.data };
}
