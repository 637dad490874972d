import { writeFileSync } from 'node:fs';
import { applyRecipe, csvPieces, describeTable, examine, secondsPerRow, type Table } from '../data/index.ts';
import { inputError } from '../shared/errors.ts';
import type { Examination, Finding } from '../shared/findings.ts';
import { MAX_STEPS, type Recipe } from '../shared/recipe.ts';
import { guarded } from '../sources/file.ts';
import { readFileOf } from './job.ts';
import type { Options } from './options.ts';
import { changeLines, prepared } from './recipe-file.ts';
import { specFrom } from './train-spec.ts';
import { rolesFrom } from './train-roles.ts';

/** Options that say what the data is for: without them the doctor takes what it would propose. */
const asking = ['target', 'time', 'inputs', 'sequence', 'horizon', 'stride', 'targets', 'split', 'split-date'] as const;

/** `unroll data doctor FILE`: what is wrong with a file, where, and which steps mend it. Nothing of the file is changed. */
export async function doctorCommand(options: Options): Promise<number> {
  const { values } = options;
  const { source } = await readFileOf('data doctor', 'unroll data doctor FILE', options);
  const { table, facts, recipe } = prepared(source.table, values['recipe']);
  const question = asking.some((name) => values[name] !== undefined) ? questionOf(values, table) : null;
  const findings = examine(table, question, facts);
  if (typeof values['save'] === 'string') {
    const proposed = proposedRecipe(source.table, recipe, question);
    const path = values['save'];
    guarded(path, () => writeFileSync(path, `${JSON.stringify(proposed, null, 2)}\n`));
  }
  if (values['json'] === true) {
    process.stdout.write(`${JSON.stringify({ file: source.file.name, rows: table.rows, recipe, findings })}\n`);
    return 0;
  }
  const lines = findings.length === 0 ? [`${source.file.name}: nothing to mend in ${table.rows} rows and ${table.names.length} columns.`] : findings.flatMap(findingLines);
  if (typeof values['save'] === 'string') lines.push('', `The first remedies are in ${values['save']}: unroll data apply FILE --recipe ${values['save']} --out OUT.csv`);
  process.stdout.write(`${lines.join('\n')}\n`);
  return 0;
}

function questionOf(values: Options['values'], table: Table): Examination {
  const facts = describeTable(table);
  const { roles, split, window } = specFrom(values, rolesFrom(values, facts), table.rows, secondsPerRow(table, rolesFrom(values, facts).time));
  return { time: roles.time, targets: roles.targets, inputs: roles.inputs, split, window };
}

/** "error: sentence", then each place and each remedy. */
export function findingLines({ severity, message, places, remedies }: Finding): string[] {
  return [
    `${severity}: ${message}`,
    ...places.filter(({ text }) => text !== '').map(({ line, text }) => `    line ${line}: ${text}`),
    ...remedies.map(({ id, steps, settings }) => `  - ${id}: ${settings === undefined ? steps.map((step) => JSON.stringify(step)).join(' ') : Object.entries(settings).map(([path, value]) => `${path} = ${value}`).join(', ')}`),
  ];
}

/** The recipe with the first remedy of each finding, the most pressing first, as long as one is left that steps mend. */
export function proposedRecipe(file: Table, given: Recipe, question: Examination | null): Recipe {
  let recipe = given;
  const done = new Set<string>();
  while (recipe.steps.length < MAX_STEPS) {
    const { table } = applyRecipe(file, recipe);
    // A level shift is a matter of judgement: a difference changes what is predicted.
    const next = examine(table, question).find(({ code, column, severity, remedies }) => severity !== 'info' && code !== 'levelShift' && (remedies[0]?.steps.length ?? 0) > 0 && !done.has(`${code} ${column}`));
    if (next === undefined) return recipe;
    done.add(`${next.code} ${next.column}`);
    recipe = { ...recipe, steps: [...recipe.steps, ...next.remedies[0]!.steps] };
  }
  return recipe;
}

/** `unroll data apply FILE --recipe R --out OUT`: replays a recipe on a file and writes what comes of it. */
export async function applyCommand(options: Options): Promise<number> {
  const { values } = options;
  const example = 'unroll data apply FILE --recipe recipe.json --out OUT.csv';
  const { recipe: path, out } = values;
  if (path === undefined) throw inputError('cli.usage', 'unroll data apply needs --recipe.', { field: '--recipe', hint: example });
  if (typeof out !== 'string' || out === '') throw inputError('cli.usage', 'unroll data apply needs --out.', { field: '--out', hint: example });
  const { source } = await readFileOf('data apply', example, options);
  const { table, changes } = prepared(source.table, path);
  writeTable(table, out);
  if (values['json'] === true) process.stdout.write(`${JSON.stringify({ file: source.file.name, out, rows: table.rows, columns: table.names, changes })}\n`);
  else process.stdout.write(`${[...changeLines(changes), `${table.rows} rows and ${table.names.length} columns in ${out}.`].join('\n')}\n`);
  return 0;
}

function writeTable(table: Table, path: string): void {
  guarded(path, () => writeFileSync(path, ''));
  guarded(path, () => { for (const piece of csvPieces(table)) writeFileSync(path, piece, { flag: 'a' }); });
}
