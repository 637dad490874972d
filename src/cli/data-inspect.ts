import { describeTable, examine, sequenceFacts, type Table, type TableFacts } from '../data/index.ts';
import type { SequenceFacts } from '../shared/classify.ts';
import { proposals, proposedInputs } from '../shared/proposed.ts';
import { categoriesOf, proposeCalendar, type CalendarKind } from '../shared/roles.ts';
import { AppError, inputError } from '../shared/errors.ts';
import { applyCommand, doctorCommand } from './data-doctor.ts';
import { readFileOf } from './job.ts';
import type { Options } from './options.ts';
import { figure, table } from './tables.ts';

/** `unroll data inspect|doctor|apply FILE`; inspect tells how a file is read, its columns and the roles that it suggests. Nothing is stored. */
export async function dataCommand({ values, positionals: [what, ...files] }: Options): Promise<number> {
  if (what === 'doctor') return doctorCommand({ values, positionals: files });
  if (what === 'apply') return applyCommand({ values, positionals: files });
  if (what !== 'inspect') throw inputError('cli.usage', what === undefined ? 'unroll data needs a command.' : `unroll data has no command "${what}".`, { hint: 'unroll data inspect FILE' });
  const { source: { file, sha256, sampling, table: read } } = await readFileOf('data inspect', 'unroll data inspect FILE', { values, positionals: files });
  const facts = describeTable(read);
  const findings = examine(read, null, facts);
  const offered = facts.roles === null ? null : proposedInputs(facts.columns, facts.roles, facts.secondsPerRow);
  const classes = facts.columns.some(({ type }) => type === 'text') ? classesOf(read) : null;
  if (values['json'] === true) {
    const columns = facts.columns.map(({ sparkline: _sparkline, ...column }) => column);
    process.stdout.write(`${JSON.stringify({ file: file.name, path: file.path, bytes: file.size, modifiedAt: file.modifiedAt, sha256, sampling, ...facts, columns, findings, proposed: { encodings: Object.fromEntries(facts.columns.flatMap(({ name, encoding }) => (encoding === null ? [] : [[name, encoding]]))), calendar: calendarFor(facts), inputs: offered === null ? null : { numbers: offered.numbers, words: offered.words.map(({ name }) => name), calendar: offered.calendar } }, classification: classes === null ? null : { sequence: classes.sequence, label: classes.label, kind: classes.kind, proposed: classes.proposed, examples: classes.examples, classes: classes.classes } })}\n`);
    return 0;
  }
  const { dialect, roles, problem } = facts;
  const how = dialect.format === 'text'
    ? `${dialect.encoding}, delimiter ${JSON.stringify(dialect.delimiter)}, decimal mark "${dialect.decimal}", ${dialect.header ? 'with' : 'without'} a header${dialect.skippedLines === 0 ? '' : `, ${dialect.skippedLines} ${dialect.skippedLines === 1 ? 'line' : 'lines'} above it left out`}`
    : dialect.format;
  const roleOf = (name: string) => (roles === null ? '' : name === roles.time ? 'time' : roles.targets.includes(name) ? 'target' : roles.inputs.includes(name) ? 'input' : '');
  const words = facts.columns.flatMap(({ name, encoding }) => (encoding === null ? [] : [`${name} (${encoding.kind}: ${categoriesOf(encoding).slice(0, 12).join(', ')})`]));
  const lines = [
    `${file.name}: ${facts.rows} rows, ${facts.columns.length} columns (${how})`, '',
    table(['column', 'type', 'role', 'empty', 'min', 'mean', 'max'], facts.columns.map((column) => [column.name, column.type, roleOf(column.name), String(column.missing), figure(column.min), figure(column.mean), figure(column.max)]), 3),
  ];
  if (words.length > 0) lines.push('', `Words that can go in (--inputs): ${words.join('; ')}.`);
  if (calendarFor(facts).length > 0) lines.push('', `Calendar inputs that suit these times: --calendar ${calendarFor(facts).join(',')}.`);
  if (offered !== null && proposals(offered) > 0) lines.push('', `Proposed beside the target's own past (--inputs proposed): ${[...offered.numbers, ...offered.words.map(({ name }) => `${name} (words)`), ...offered.calendar.map((kind) => `${kind} (from the time)`)].join(', ')}.`);
  for (const column of facts.columns) {
    const why = column.type === 'time' ? column.timeProblem : column.type === 'number' ? column.numberProblem : null;
    if (why !== null) lines.push('', `${why.message} ${why.hint ?? ''}`.trim());
  }
  // What a column has said already is not said again.
  const last = problem === null ? '' : `${problem.message} ${problem.hint ?? ''}`.trim();
  if (classes !== null && (classes.proposed || roles === null)) lines.push('', `Labelled sequences: ${classes.sequence} -> ${classes.label}, ${classes.examples} sequences of ${classes.classes.length} classes. unroll train FILE --task classify learns them.`);
  // A table for classification needs no column of numbers.
  if (last !== '' && !lines.includes(last) && (classes === null || roles !== null)) lines.push('', last);
  if (findings.length > 0) lines.push('', ...findings.map(({ severity, message }) => `${severity}: ${message}`), 'unroll data doctor FILE says how they are mended.');
  process.stdout.write(`${lines.join('\n')}\n`);
  return 0;
}

/** A step in seconds is known where the time is a date. */
function calendarFor({ roles, secondsPerRow }: TableFacts): CalendarKind[] {
  return roles?.time === null ? [] : proposeCalendar(secondsPerRow);
}

/** What the table offers for classification; null where its columns are no labelled sequences. */
function classesOf(table: Table): SequenceFacts | null {
  try {
    return sequenceFacts(table, { sequence: null, label: null, kind: null });
  } catch (error) {
    if (error instanceof AppError && error.data.fault === 'input') return null;
    throw error;
  }
}
