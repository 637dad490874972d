import { KNOWN_SHARE, type Replaced } from '../../shared/experiments.ts';
import type { OutlierRule, Recipe, Step } from '../../shared/recipe.ts';
import { takeRows } from '../made.ts';
import type { Table } from '../table.ts';
import { applyStep } from './apply.ts';
import { quantile } from './outliers.ts';
import { numbersOf } from './step.ts';

type Outliers = Extract<Step, { kind: 'outliers' }>;

/**
 * The recipe with every step that looks at later rows replaced by what could have been done at the time, for a backtest: at row t the
 * table that it makes depends on rows up to t alone, and on limits that were worked out from the rows known at the first origin.
 *
 * - gaps filled between the values on both sides take the last value before;
 * - limits from the quartiles of the whole column come from the rows known at the first origin;
 * - what is told by the neighbours on both sides cannot be told at the time: the step is left out.
 *
 * A resampled row holds its own length of time and a moving window the rows before: both stay as they are.
 */
export function causalRecipe(table: Table, recipe: Recipe): { recipe: Recipe; replaced: Replaced[] } {
  const steps: Step[] = [];
  const replaced: Replaced[] = [];
  let made = table;
  recipe.steps.forEach((step, i) => {
    const causal = causalStep(made, step, recipe.steps.slice(i + 1));
    if (causal !== null) replaced.push({ step: i + 1, kind: step.kind, by: causal.by });
    for (const each of causal?.steps ?? [step]) {
      steps.push(each);
      made = applyStep(made, each).table;
    }
  });
  return { recipe: { ...recipe, steps }, replaced };
}

/** null: the step looks at nothing later. */
function causalStep(table: Table, step: Step, later: readonly Step[]): { steps: Step[]; by: Replaced['by'] } | null {
  if (step.kind === 'fill' && step.method === 'interpolate') return { steps: [{ ...step, method: 'forward' }], by: 'before' };
  if (step.kind === 'regularise' && step.fill === 'interpolate') return { steps: [{ ...step, fill: 'forward' }], by: 'before' };
  if (step.kind !== 'outliers') return null;
  const { rule } = step;
  if (rule.by === 'neighbours') return { steps: [], by: 'nothing' };
  if (rule.by === 'quartiles') return knownLimits(table, step, rule, later);
  return null;
}

function knownLimits(table: Table, step: Outliers, { k }: Extract<OutlierRule, { by: 'quartiles' }>, later: readonly Step[]): { steps: Step[]; by: Replaced['by'] } {
  const known = knownRows(table, later);
  // Where rows change their order afterwards nobody can say which were known.
  if (known === null) return { steps: [], by: 'nothing' };
  const steps = step.columns.flatMap((column): Step[] => {
    const sorted = numbersOf(table, column).subarray(0, known).filter((value) => !Number.isNaN(value)).sort();
    if (sorted.length === 0) return [];
    const [q1, q3] = [quantile(sorted, 0.25), quantile(sorted, 0.75)];
    return [{ ...step, columns: [column], rule: { by: 'range', min: q1 - k * (q3 - q1), max: q3 + k * (q3 - q1) } }];
  });
  return { steps, by: 'known' };
}

/** The rows of a table in the middle of a recipe that lie before the first origin, whatever rows later steps put in or leave out. */
function knownRows(table: Table, later: readonly Step[]): number | null {
  if (later.some(({ kind }) => kind === 'sort')) return null;
  const rowsAfter = (rows: number): number => later.reduce((made, step) => applyStep(made, step).table, rows === table.rows ? table : takeRows(table, Int32Array.from({ length: rows }, (_, row) => row))).rows;
  const most = rowsAfter(table.rows) * KNOWN_SHARE;
  let rows = Math.floor(table.rows * KNOWN_SHARE);
  while (rows > 1 && rowsAfter(rows) > most) rows = Math.floor(rows * 0.95);
  return rows;
}
