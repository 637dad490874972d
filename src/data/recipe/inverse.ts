import type { Recipe } from '../../shared/recipe.ts';
import type { InverseStep, TargetInverse } from '../../shared/inverse.ts';
import { columnIndex, type Table } from '../table.ts';
import { applyRecipe } from './apply.ts';
import { numbersOf } from './step.ts';

/**
 * The way back from a target that a recipe differenced or took the logarithm of to the unit of the file.
 *
 * What can be undone: differences of any lag and logarithms of the target, in any order, as long as after the first of them
 * no step changes rows (but differences, whose first rows are left out) or the target's values. What was done before it is
 * part of the data: a mean of a month stays one, a filled value stays filled. What cannot: a difference that was resampled,
 * sorted, filled, clipped or averaged afterwards, because the values it was taken between are no longer those of the rows.
 *
 * @returns null where there is nothing to undo; `ok: false` with the step, from 1, that stands in the way: predictions then stay in the unit of the prepared data
 */
export function inverseOf(table: Table, recipe: Recipe, target: string): TargetInverse | { ok: false; step: number } | null {
  const undo: InverseStep[] = [];
  let truth: Float64Array | null = null;
  /** Rows that differences left out since the step of the same place in `undo`, and since `truth`. */
  const left: number[] = [];
  let leftOfTruth = 0;
  let stands: number | null = null;
  const tables: Table[] = [];
  const { table: made } = applyRecipe(table, recipe, (each) => { tables.push(each); });
  recipe.steps.forEach((step, i) => {
    const before = tables[i]!;
    const transforms = (step.kind === 'difference' || step.kind === 'logarithm') && step.columns.includes(target);
    if (transforms) {
      const values = numbersOf(before, target);
      truth ??= values;
      undo.push(step.kind === 'logarithm' ? { kind: 'logarithm', of: step.of } : { kind: 'difference', lag: step.lag, before: values });
      left.push(0);
    }
    if (step.kind === 'difference') {
      // The step's own rows are those that its `before` has more.
      left.forEach((_, u) => { if (!(transforms && u === left.length - 1)) left[u]! += step.lag; });
      if (truth !== null) leftOfTruth += step.lag;
    } else if (!transforms && truth !== null && stands === null && changesTarget(before, tables[i + 1]!, target)) stands = i + 1;
  });
  if (truth === null) return null;
  if (stands !== null) return { ok: false, step: stands };
  columnIndex(made, target);
  return {
    ok: true, truth: (truth as Float64Array).subarray(leftOfTruth),
    steps: undo.map((step, u) => (step.kind === 'difference' ? { ...step, before: step.before.subarray(left[u]!) } : step)).reverse(),
  };
}

/** Whether a step changed rows, or values of the target. */
function changesTarget(before: Table, after: Table, target: string): boolean {
  if (before === after) return false;
  if (before.rows !== after.rows || !after.names.includes(target)) return true;
  const [a, b] = [numbersOf(before, target), numbersOf(after, target)];
  return a !== b && a.some((value, row) => !Object.is(value, b[row]));
}
