import { secondsPerRow, seriesTable, splitOf, type TableFacts } from '../data/index.ts';
import type { Sampling, SeriesTable } from '../shared/dataset.ts';
import { AppError, inputError } from '../shared/errors.ts';
import { makePlan, type Plan } from '../shared/plan.ts';
import type { ForecastSpec } from '../shared/spec.ts';
import { openSource, type Opened } from '../sources/index.ts';
import type { Recipe, StepChange } from '../shared/recipe.ts';
import { numberOr, type Options } from './options.ts';
import { prepared } from './recipe-file.ts';
import { rolesFrom } from './train-roles.ts';
import { named, namedErrors, specFrom } from './train-spec.ts';

/** A file and what is asked of it, checked; the facts are those after the recipe. */
export interface Job { path: string; source: Opened; facts: TableFacts; table: SeriesTable; spec: ForecastSpec; plan: Plan; recipe: Recipe; changes: StepChange[] }

/** Reads the file of a command and the settings that its options ask for. @throws the first problem, naming its option or line */
export async function readJob(command: string, options: Options): Promise<Job> {
  const { path, source } = await readFileOf(command, `unroll ${command} FILE --target NAME`, options);
  const { table: made, facts, recipe, changes } = prepared(source.table, options.values['recipe']);
  const roles = rolesFrom(options.values, facts);
  const table = seriesTable(made, roles);
  const spec = specFrom(options.values, roles, table.rows, secondsPerRow(made, roles.time), recipe);
  const { plan, problem } = makePlan(namedErrors(() => splitOf(spec.split, table.time)), spec);
  if (problem !== null) throw named(problem);
  return { path, source, facts, table, spec, plan, recipe, changes };
}

/** Reads the one file of a command, or the rows of it that --first or --every names. */
export async function readFileOf(command: string, example: string, { values, positionals: [path, ...more] }: Options): Promise<{ path: string; source: Opened }> {
  if (path === undefined) throw inputError('cli.usage', `unroll ${command} needs a file.`, { hint: example });
  if (more.length > 0) throw inputError('cli.usage', `unroll ${command} takes one file (got also "${more.join('", "')}").`);
  try {
    return { path, source: await openSource(path, samplingFrom(values)) };
  } catch (error) {
    if (!(error instanceof AppError) || error.data.code !== 'file.choose-sample') throw error;
    const { first, every } = error.data.details!;
    throw inputError(error.data.code, error.data.message, { ...error.data, hint: `Read its first rows (--first ${first}) or every n-th row (--every ${every}).` });
  }
}

function samplingFrom({ first, every }: Options['values']): Sampling | null {
  if (first !== undefined && every !== undefined) throw inputError('cli.usage', '--first and --every cannot be used together.', { field: '--every' });
  const count = (option: string, given: string | boolean, least: number) => {
    const number = numberOr(String(given));
    if (typeof number === 'number' && Number.isInteger(number) && number >= least && number <= 100_000_000) return number;
    throw inputError('cli.usage', `${option} must be a whole number from ${least} to 100000000 (got ${String(given)}).`, { field: option });
  };
  if (first !== undefined) return { first: count('--first', first, 1) };
  return every === undefined ? null : { every: count('--every', every, 2) };
}
