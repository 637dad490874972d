import { describeTable, readTable, secondsPerRow, seriesTable, type TableFacts } from '../data/index.ts';
import type { SeriesTable } from '../shared/dataset.ts';
import { inputError } from '../shared/errors.ts';
import { makePlan } from '../shared/plan.ts';
import type { RunSpec } from '../shared/spec.ts';
import { readSource, type Source } from '../storage/source-file.ts';
import type { Options } from './options.ts';
import { named, rolesFrom, specFrom } from './train-spec.ts';

/** A file and what is asked of it, checked. */
export interface Job { path: string; source: Source; facts: TableFacts; table: SeriesTable; spec: RunSpec }

/** Reads the file of a command and the settings that its options ask for. @throws the first problem, naming its option or line */
export function readJob(command: string, { values, positionals: [path, ...more] }: Options): Job {
  if (path === undefined) throw inputError('cli.usage', `unroll ${command} needs a file.`, { hint: `unroll ${command} FILE --target NAME` });
  if (more.length > 0) throw inputError('cli.usage', `unroll ${command} takes one file (got also "${more.join('", "')}").`);
  const source = readSource(path);
  const whole = readTable(source.bytes, source.name);
  const facts = describeTable(whole);
  const roles = rolesFrom(values, facts);
  const table = seriesTable(whole, roles);
  const spec = specFrom(values, roles, table.rows, secondsPerRow(whole, roles.time));
  const { problem } = makePlan(table.rows, spec);
  if (problem !== null) throw named(problem);
  return { path, source, facts, table, spec };
}
