import type { TableFacts } from '../data/index.ts';
import { defaultSpec } from '../shared/defaults.ts';
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
  target: { type: 'string' }, time: { type: 'string' }, inputs: { type: 'string' }, unit: { type: 'string' }, scaling: { type: 'string' },
  task: { type: 'string' }, 'sample-every': { type: 'string' }, normalization: { type: 'string' }, 'min-count': { type: 'string' }, column: { type: 'string' },
  split: { type: 'string' }, backend: { type: 'string' }, name: { type: 'string' }, first: { type: 'string' }, every: { type: 'string' }, db: { type: 'string' }, recipe: { type: 'string' },
  bidirectional: { type: 'boolean' }, json: { type: 'boolean' },
} as const;

/** The roles asked for on the command line, over those proposed from the file. @throws inputError naming the columns there are */
export function rolesFrom(values: Options['values'], facts: TableFacts): Roles {
  const names = facts.columns.map((column) => column.name);
  const known = (name: string, option: string) => {
    if (names.includes(name)) return name;
    throw inputError('data.unknown-column', `The file has no column "${name}" (--${option}).`, { field: `--${option}`, hint: `It has: ${names.join(', ')}.`, details: { column: name } });
  };
  const text = (option: string) => (typeof values[option] === 'string' ? values[option] : undefined);
  const target = text('target');
  if (target === undefined && facts.roles === null) throw problemOf(facts);
  const chosen = target === undefined ? facts.roles!.target : known(target, 'target');
  const time = text('time');
  const inputs = text('inputs');
  const proposed = facts.roles?.time ?? null;
  if (time !== undefined && time === chosen && time !== 'none') {
    throw inputError('cli.usage', `The column "${time}" cannot be both time and target.`, { field: '--time', hint: 'Choose another time, or "none" for row numbers.' });
  }
  return {
    time: time === undefined ? (proposed === chosen ? null : proposed) : time === 'none' ? null : known(time, 'time'),
    target: chosen,
    inputs: inputs === undefined ? [chosen] : inputs.split(',').map((name) => known(name.trim(), 'inputs')),
  };
}

function problemOf(facts: TableFacts): AppError {
  const problem = facts.problem;
  return problem === null ? inputError('data.no-numeric-column', 'The file has no numeric column to predict.') : new AppError(problem.fault, problem.code, problem.message, problem);
}

/** The spec that the options ask for, over the defaults that the data suggests. @throws the first problem, naming its option */
export function specFrom(values: Options['values'], roles: Roles, rows: number, secondsPerRow: number | null): ForecastSpec {
  const spec = defaultSpec(roles, rows, secondsPerRow) as unknown as Record<string, Record<string, unknown>>;
  for (const [option, [group, key, kind]] of Object.entries(fields)) {
    const given = values[option];
    if (typeof given === 'string') spec[group]![key] = kind === 'number' ? numberOr(given) : given;
  }
  if (values['bidirectional'] === true) spec['model']!['bidirectional'] = true;
  if (typeof values['split'] === 'string') {
    const [train, validation, test, ...rest] = values['split'].split(',').map(numberOr);
    if (test === undefined || rest.length > 0) throw inputError('split.form', `--split takes three shares, for example 0.7,0.15,0.15 (got "${values['split']}").`, { field: '--split' });
    spec['split'] = { train, validation, test };
  }
  const checked = checkSpec({
    ...spec,
    ...(typeof values['scaling'] === 'string' ? { scaling: values['scaling'] } : {}),
    ...(typeof values['backend'] === 'string' ? { backend: values['backend'] } : {}),
  });
  if (checked.ok) return forecastSpec(checked.spec);
  throw named(checked.errors[0]!);
}

/** The same error with the option's name as its field: that is where the person can mend it. */
export function named(error: AppError): AppError {
  const { data } = error;
  const path = data.field ?? '';
  const option = Object.entries(fields).find(([, [group, key]]) => `${group}.${key}` === path)?.[0]
    ?? ['split', 'scaling', 'backend', 'inputs'].find((name) => path === name || path.startsWith(`${name}.`) || path === `roles.${name}`);
  if (option === undefined) return error;
  // "training.loss: it must be ..." speaks of the spec; a person wrote --loss.
  const message = data.message.startsWith(`${path}: `) ? `--${option}: ${data.message.slice(path.length + 2)}` : data.message;
  const changed = { ...data, message, field: `--${option}` };
  return new AppError(data.fault, data.code, message, changed);
}
