import { AppError } from '../../shared/errors.ts';
import { RECIPE_VERSION, type Recipe, type Step, type StepChange, type StepKind } from '../../shared/recipe.ts';
import type { Table } from '../table.ts';
import { dropColumns, fillMissing, wordsAsMissing } from './cells.ts';
import { mendOutliers } from './outliers.ts';
import { regularise } from './regularise.ts';
import { resample } from './resample.ts';
import type { Apply, Stepped } from './step.ts';
import { chooseDayMonth, dedupeTimes, dropUnread, sortRows } from './times.ts';
import { difference, logarithm, movingWindow } from './transform.ts';

const kinds: { [K in StepKind]: Apply<K> } = {
  sort: sortRows, dedupe: dedupeTimes, dayMonth: chooseDayMonth, dropUnread, words: wordsAsMissing, fill: fillMissing, regularise,
  outliers: mendOutliers, dropColumns, resample, difference, logarithm, window: movingWindow,
};

/** One step: a table in, a table out, the given one untouched. @throws inputError that names column and line */
export function applyStep(table: Table, step: Step): Stepped {
  return (kinds[step.kind] as (table: Table, step: Step) => Stepped)(table, step);
}

/** What a recipe made of a table, and what each of its steps changed. */
export interface Applied { table: Table; changes: StepChange[] }

/**
 * Every step in order. The same recipe on the same file makes the same table, and on another file with the same columns the
 * same is done to that.
 *
 * @param onStep is told of each table on the way, the given one first
 * @throws inputError of the step that cannot be done; `details.step` is its number, from 1
 */
export function applyRecipe(table: Table, { steps }: Recipe, onStep: (table: Table, step: number) => void = () => undefined): Applied {
  let made = table;
  const changes: StepChange[] = [];
  onStep(made, 0);
  steps.forEach((step, i) => {
    try {
      const { table: next, changed, of } = applyStep(made, step);
      changes.push({ kind: step.kind, changed, of, rowsBefore: made.rows, rowsAfter: next.rows });
      made = next;
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      const { fault, code, message, ...rest } = error.data;
      throw new AppError(fault, code, `Step ${i + 1} (${step.kind}): ${message}`, { ...rest, details: { ...rest.details, step: i + 1 } });
    }
    onStep(made, i + 1);
  });
  const { from } = table;
  const whole: Recipe = { version: RECIPE_VERSION, steps: [...(from?.recipe.steps ?? []), ...steps] };
  return { table: made === table ? table : { ...made, from: { table: from?.table ?? table, recipe: whole } }, changes };
}
