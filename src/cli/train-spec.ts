import { defaultSpec } from '../shared/defaults.ts';
import { emptyRecipe, type Recipe } from '../shared/recipe.ts';
import { AppError, inputError } from '../shared/errors.ts';
import { checkSpec, forecastSpec, type Roles, type ForecastSpec } from '../shared/spec.ts';
import { numberOr, type Options } from './options.ts';

/** Options of `unroll train` and where each stands in the spec. */
export const fields = {
  sequence: ['window', 'sequenceLength', 'number'], horizon: ['window', 'horizon', 'number'], stride: ['window', 'stride', 'number'], targets: ['window', 'targets', 'text'],
  hidden: ['model', 'hiddenSize', 'number'], cell: ['model', 'cell', 'text'], layers: ['model', 'layers', 'number'], dropout: ['model', 'dropout', 'number'],
  init: ['model', 'initialization', 'text'],
  epochs: ['training', 'epochs', 'number'], batch: ['training', 'batchSize', 'number'], lr: ['training', 'learningRate', 'number'],
  optimizer: ['training', 'optimizer', 'text'], momentum: ['training', 'momentum', 'number'], 'weight-decay': ['training', 'weightDecay', 'number'],
  clip: ['training', 'clipNorm', 'number'], schedule: ['training', 'schedule', 'text'], patience: ['training', 'patience', 'number'],
  loss: ['training', 'loss', 'text'], seed: ['training', 'seed', 'number'],
} as const satisfies Record<string, readonly ['window' | 'model' | 'training', string, 'number' | 'text']>;

export const trainOptions = {
  ...Object.fromEntries(Object.keys(fields).map((name) => [name, { type: 'string' as const }])),
  target: { type: 'string' }, time: { type: 'string' }, inputs: { type: 'string' }, input: { type: 'string' }, encoding: { type: 'string' }, calendar: { type: 'string' }, known: { type: 'string' }, unit: { type: 'string' }, scaling: { type: 'string' },
  task: { type: 'string' }, 'sample-every': { type: 'string' }, normalization: { type: 'string' }, 'min-count': { type: 'string' }, embedding: { type: 'string' }, 'sequence-column': { type: 'string' }, label: { type: 'string' }, kind: { type: 'string' }, 'split-order': { type: 'string' }, column: { type: 'string' },
  split: { type: 'string' }, 'split-date': { type: 'string' }, backend: { type: 'string' }, name: { type: 'string' }, seeds: { type: 'string' }, first: { type: 'string' }, every: { type: 'string' }, db: { type: 'string' }, recipe: { type: 'string' },
  bidirectional: { type: 'boolean' }, estimate: { type: 'boolean' }, anyway: { type: 'boolean' }, json: { type: 'boolean' },
} as const;

/** The spec that the options ask for, over the defaults that the data suggests. @throws the first problem, naming its option */
export function specFrom(values: Options['values'], roles: Roles, rows: number, secondsPerRow: number | null, recipe: Recipe = emptyRecipe): ForecastSpec {
  const spec = defaultSpec(roles, rows, secondsPerRow, recipe) as unknown as Record<string, Record<string, unknown>>;
  for (const [option, [group, key, kind]] of Object.entries(fields)) {
    const given = values[option];
    if (typeof given === 'string') spec[group]![key] = kind === 'number' ? numberOr(given) : given;
  }
  if (values['bidirectional'] === true) spec['model']!['bidirectional'] = true;
  const split = splitFrom(values);
  if (split !== null) (spec as Record<string, unknown>)['split'] = split;
  const checked = checkSpec({
    ...spec,
    ...(typeof values['scaling'] === 'string' ? { scaling: values['scaling'] } : {}),
    ...(typeof values['backend'] === 'string' ? { backend: values['backend'] } : {}),
  });
  if (checked.ok) return forecastSpec(checked.spec);
  throw named(checked.errors[0]!);
}

/** @returns null where neither --split nor --split-date is given. @throws inputError 'split.form' */
export function splitFrom(values: Options['values']): unknown {
  const { split, 'split-date': dates } = values;
  if (split !== undefined && dates !== undefined) throw inputError('cli.usage', '--split and --split-date cannot be used together.', { field: '--split-date' });
  if (typeof split === 'string') {
    const [train, validation, test, ...rest] = split.split(',').map(numberOr);
    if (test === undefined || rest.length > 0) throw inputError('split.form', `--split takes three shares, for example 0.7,0.15,0.15 (got "${split}").`, { field: '--split' });
    return { by: 'share', train, validation, test };
  }
  if (typeof dates !== 'string') return null;
  const places = dates.split(',').map((place) => place.trim());
  if (places.length > 2 || places.every((place) => place === '')) {
    throw inputError('split.form', `--split-date takes the first time of the validation part and that of the test part, or the latter alone, for example 2019-01-01,2021-01-01 (got "${dates}").`, { field: '--split-date' });
  }
  const [validationFrom, testFrom] = places.length === 2 ? places : ['', places[0]!];
  return { by: 'date', validationFrom: validationFrom === '' ? null : validationFrom, testFrom: testFrom === '' ? null : testFrom };
}

/** What a part of the work throws, with the option as its field. */
export function namedErrors<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw error instanceof AppError ? named(error) : error;
  }
}

/** The same error with the option's name as its field: that is where the person can mend it. */
export function named(error: AppError): AppError {
  const { data } = error;
  const path = data.field ?? '';
  const option = Object.entries(fields).find(([, [group, key]]) => `${group}.${key}` === path)?.[0]
    ?? (path === 'split.validationFrom' || path === 'split.testFrom' ? 'split-date' : path === 'roles.targets' ? 'target' : undefined)
    ?? (path === 'text.embedding' || path === 'embedding' ? 'embedding' : path === 'split.order' ? 'split-order' : path === 'sequence' ? 'sequence-column' : path === 'label' ? 'label' : path === 'text.minCount' ? 'min-count' : undefined)
    ?? ['split', 'scaling', 'backend', 'inputs', 'calendar', 'known', 'time'].find((name) => path === name || path.startsWith(`${name}.`) || path === `roles.${name}`);
  if (option === undefined) return error;
  // "training.loss: it must be ..." speaks of the spec; a person wrote --loss.
  const message = data.message.startsWith(`${path}: `) ? `--${option}: ${data.message.slice(path.length + 2)}` : data.message;
  const changed = { ...data, message, field: `--${option}` };
  return new AppError(data.fault, data.code, message, changed);
}
