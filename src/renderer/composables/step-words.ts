import type { Frequency, Step, StepChange } from '../../shared/recipe.ts';
import { useWords } from './words.ts';

/** The steps of a recipe, and what they changed, in words. */
export function useStepWords() {
  const { t, number, count } = useWords();
  const names = (columns: readonly string[]) => (columns.length > 3 ? `${columns.slice(0, 3).join(', ')} …` : columns.join(', '));
  const everyWords = ({ unit, n }: Frequency) => t(`doctor.every.${unit}`, { n: number(n, 6) }, n);

  function ruleWords(step: Extract<Step, { kind: 'outliers' }>): string {
    const { rule } = step;
    switch (rule.by) {
      case 'range': return t('recipe.rule.range', { min: rule.min === null ? '−∞' : number(rule.min), max: rule.max === null ? '∞' : number(rule.max) });
      case 'equals': return t('recipe.rule.equals', { values: rule.values.map((value) => number(value)).join(', ') });
      case 'quartiles': case 'neighbours': return t(`recipe.rule.${rule.by}`, { k: number(rule.k) });
    }
  }

  /** The step as one line of the list. */
  function stepWords(step: Step): string {
    const words = (values: Record<string, string>) => t(`recipe.words.${step.kind}`, values);
    switch (step.kind) {
      case 'sort': case 'dropUnread': return words({ time: step.time });
      case 'dedupe': return words({ keep: t(`recipe.keep.${step.keep}`) });
      case 'dayMonth': return words({ column: step.column, order: t(`recipe.order.${step.order}`) });
      case 'words': case 'dropColumns': return words({ columns: names(step.columns) });
      case 'fill': return words({ columns: names(step.columns), method: t(`recipe.method.${step.method}`) });
      case 'regularise': return words({ every: everyWords(step.every), fill: t(`recipe.fill.${step.fill}`) });
      case 'outliers': return words({ columns: names(step.columns), rule: ruleWords(step), action: t(`recipe.action.${step.action}`) });
      case 'resample': return words({ aggregate: t(`recipe.aggregate.${step.aggregate}`), length: t(`recipe.length.${step.unit}`, { n: count(step.n) }, step.n) });
      case 'difference': return words({ columns: names(step.columns), lag: count(step.lag) });
      case 'logarithm': return words({ columns: names(step.columns), of: step.of });
      case 'window': return words({ into: step.into, statistic: t(`recipe.statistic.${step.statistic}`), rows: count(step.rows) });
    }
  }

  /** "3 cells", "400 → 397 rows" */
  function changeWords({ changed, of, rowsBefore, rowsAfter }: StepChange): string {
    if (rowsBefore !== rowsAfter) return t('recipe.rowsNow', { before: count(rowsBefore), after: count(rowsAfter) });
    return t(of === 'columns' ? 'recipe.columnsChanged' : `recipe.${of}`, { n: count(changed) }, changed);
  }

  return { stepWords, changeWords, everyWords };
}
