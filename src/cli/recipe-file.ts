import { readFileSync } from 'node:fs';
import { applyRecipe, describeTable, type Table, type TableFacts } from '../data/index.ts';
import { inputError } from '../shared/errors.ts';
import { emptyRecipe, recipeSchema, type Recipe, type StepChange } from '../shared/recipe.ts';
import { guarded } from '../sources/file.ts';

/** The recipe in a file; a list of steps alone is one too. @throws inputError 'recipe.file' that names the step and what is wrong with it */
export function readRecipe(path: string): Recipe {
  const text = guarded(path, () => readFileSync(path, 'utf8'));
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw inputError('recipe.file', `"${path}" is not valid JSON.`, { field: '--recipe', hint: 'unroll data doctor FILE --save recipe.json writes one.', details: { name: path } });
  }
  const parsed = recipeSchema.safeParse(Array.isArray(value) ? { ...emptyRecipe, steps: value as unknown[] } : value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const [, step, ...rest] = issue!.path;
  const where = typeof step === 'number' ? `step ${step + 1}${rest.length === 0 ? '' : `, ${rest.map(String).join('.')}`}` : issue!.path.map(String).join('.');
  throw inputError('recipe.file', `"${path}" is not a recipe that Unroll knows${where === '' ? '' : ` (${where})`}: ${issue!.message}.`, { field: '--recipe', details: { name: path } });
}

/** A table after the recipe of --recipe, and what it is then; as it is without one. */
export function prepared(table: Table, path: string | boolean | undefined): { table: Table; facts: TableFacts; recipe: Recipe; changes: StepChange[] } {
  if (path === undefined) return { table, facts: describeTable(table), recipe: emptyRecipe, changes: [] };
  if (typeof path !== 'string' || path === '') throw inputError('cli.usage', '--recipe needs the path of a file.', { field: '--recipe' });
  const recipe = readRecipe(path);
  const applied = applyRecipe(table, recipe);
  return { ...applied, facts: describeTable(applied.table), recipe };
}

/** "1. fill: 3 cells changed, 200 rows" */
export function changeLines(changes: readonly StepChange[]): string[] {
  return changes.map(({ kind, changed, of, rowsBefore, rowsAfter }, i) => `${i + 1}. ${kind}: ${changed} ${changed === 1 ? of.slice(0, -1) : of} changed, ${rowsBefore === rowsAfter ? `${rowsAfter} rows` : `${rowsBefore} rows before and ${rowsAfter} after`}`);
}
