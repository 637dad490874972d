import type { TableFacts } from '../data/index.ts';
import type { Column } from '../shared/dataset.ts';
import { AppError, inputError } from '../shared/errors.ts';
import { calendarKinds, encodingKinds, rolesProblem, type CalendarKind, type Encoding, type Roles } from '../shared/roles.ts';
import { proposedInputs, withProposed } from '../shared/proposed.ts';
import type { Options } from './options.ts';

/**
 * The roles asked for on the command line, over those proposed from the file.
 * @throws inputError naming the option, and the columns there are where one is not among them
 */
export function rolesFrom(values: Options['values'], facts: TableFacts): Roles {
  const text = (option: string) => (typeof values[option] === 'string' ? values[option] : undefined);
  if (text('input') !== undefined && text('inputs') !== undefined) throw inputError('cli.usage', '--input and --inputs mean the same.', { field: '--input', hint: 'Use one of them.' });
  const columns = (option: string) => { const given = text(option); return given === undefined ? undefined : listOf(given, facts).map((name) => known(name, option, facts).name); };
  const asked = columns('target');
  if (asked === undefined && facts.roles === null) throw problemOf(facts);
  const targets = asked ?? facts.roles!.targets;
  const option = text('input') === undefined ? 'inputs' : 'input';
  const wanted = text(option)?.trim().toLowerCase() === 'proposed' && !facts.columns.some(({ name }) => name.toLowerCase() === 'proposed');
  const inputs = wanted ? [...targets] : columns(option) ?? [...targets];
  const chosen = text('time');
  const proposed = facts.roles?.time ?? null;
  const time = chosen === undefined ? (proposed !== null && targets.includes(proposed) ? null : proposed) : chosen === 'none' ? null : known(chosen, 'time', facts).name;
  if (time !== null && targets.includes(time)) throw inputError('cli.usage', `The column "${time}" cannot be both time and target.`, { field: '--time', hint: 'Choose another time, or "none" for row numbers.' });
  const encodings = encodingsOf(inputs.filter((name) => !targets.includes(name)), text('encoding'), facts, option);
  const roles: Roles = { time, targets, inputs, encodings, calendar: calendarOf(text('calendar')), known: columns('known') ?? [] };
  const all = wanted ? withProposed(roles, proposedInputs(facts.columns, roles, facts.secondsPerRow)) : roles;
  const wrong = rolesProblem(all);
  if (wrong !== null) throw named(wrong, option);
  return all;
}

/** "a,b" as a list; a column whose name has commas is one where the whole text names it. */
function listOf(given: string, facts: TableFacts): string[] {
  if (facts.columns.some(({ name }) => name === given)) return [given];
  return given.split(',').map((name) => name.trim());
}

function known(name: string, option: string, facts: TableFacts): Column {
  const column = facts.columns.find((one) => one.name === name);
  if (column !== undefined) return column;
  const names = facts.columns.map((one) => one.name);
  throw inputError('data.unknown-column', `The file has no column "${name}" (--${option}).`, { field: `--${option}`, hint: `It has: ${names.slice(0, 20).join(', ')}${names.length > 20 ? ', ...' : ''}.`, details: { column: name } });
}

function calendarOf(given: string | undefined): CalendarKind[] {
  if (given === undefined) return [];
  return given.split(',').map((word) => {
    const kind = calendarKinds.find((one) => one.toLowerCase() === word.trim().toLowerCase());
    if (kind !== undefined) return kind;
    throw inputError('cli.usage', `--calendar knows no "${word.trim()}".`, { field: '--calendar', hint: `It knows: ${calendarKinds.join(', ')}.` });
  });
}

/** Inputs of words go in as proposed, or as `--encoding NAME=KIND` says. */
function encodingsOf(inputs: readonly string[], given: string | undefined, facts: TableFacts, option: string): Record<string, Encoding> {
  const encodings: Record<string, Encoding> = {};
  for (const name of inputs) {
    const column = known(name, option, facts);
    if (column.type !== 'text') continue;
    if (column.encoding !== null) encodings[name] = column.encoding;
    else if (column.numberProblem !== null) {
      throw inputError('data.many-words', `Column "${name}" holds words, and too many different ones to be categories (--${option}).`, { field: `--${option}`, hint: 'Choose a column of numbers or of at most 50 different words.', details: { column: name } });
    }
  }
  for (const part of given === undefined ? [] : given.split(',')) {
    const at = part.lastIndexOf('=');
    const name = part.slice(0, Math.max(0, at)).trim();
    const kind = part.slice(at + 1).trim();
    const wrong = (why: string, hint: string) => inputError('cli.usage', why, { field: '--encoding', hint });
    if (at < 0 || !(kind === 'number' || (encodingKinds as readonly string[]).includes(kind))) throw wrong(`--encoding cannot read "${part.trim()}".`, `Write NAME=KIND with number, ${encodingKinds.join(', ')}, for example weather=onehot.`);
    const column = known(name, 'encoding', facts);
    if (!inputs.includes(name)) throw wrong(`--encoding: "${name}" is no input${facts.roles?.targets.includes(name) === true ? ' beside the targets' : ''}.`, `Name it in --${option} too.`);
    if (kind === 'number') { delete encodings[name]; continue; }
    if (column.categories === null) throw wrong(`--encoding: the column "${name}" has no few categories.`, 'Only columns of few different words or whole numbers have them.');
    if (kind !== 'boolean') encodings[name] = { kind: kind as 'onehot' | 'code', categories: column.categories };
    else if (column.encoding?.kind === 'boolean') encodings[name] = column.encoding;
    else if (column.categories.length === 2) encodings[name] = { kind: 'boolean', false: [column.categories[0]!], true: [column.categories[1]!] };
    else throw wrong(`--encoding: the column "${name}" has ${column.categories.length} different values, and a boolean has two.`, 'Choose onehot or code.');
  }
  return encodings;
}

function named(error: AppError, inputs: string): AppError {
  const role = (error.data.field ?? '').replace('roles.', '');
  const option = { targets: 'target', inputs, encodings: 'encoding' }[role] ?? role;
  return new AppError(error.data.fault, error.data.code, error.data.message, { ...error.data, field: `--${option}` });
}

function problemOf(facts: TableFacts): AppError {
  const problem = facts.problem;
  return problem === null ? inputError('data.no-numeric-column', 'The file has no numeric column to predict.') : new AppError(problem.fault, problem.code, problem.message, problem);
}
