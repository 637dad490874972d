import { computed, reactive, ref } from 'vue';
import type { DatasetSummary } from '../../../shared/dataset.ts';
import type { Aggregate, ResampleUnit, Step, WindowStatistic } from '../../../shared/recipe.ts';

export const transformKinds = ['resample', 'difference', 'logarithm', 'window', 'outliers', 'dropColumns'] as const;
export type TransformKind = (typeof transformKinds)[number];

/** What is typed for a transform, and the step that it makes; null as long as something is missing. */
export function useTransform(dataset: () => DatasetSummary) {
  const numeric = computed(() => dataset().columns.filter(({ type, name }) => type === 'number' && name !== dataset().roles?.time).map(({ name }) => name));
  const kind = ref<TransformKind>('difference');
  const column = ref(dataset().roles?.targets[0] ?? numeric.value[0] ?? '');
  const form = reactive({
    unit: 'month' as ResampleUnit, n: 1, aggregate: 'mean' as Aggregate, partial: true, lag: 1, of: 'log' as 'log' | 'log1p', rows: 7, statistic: 'mean' as WindowStatistic, into: '',
    min: '', max: '', action: 'clip' as 'clip' | 'blank',
  });
  /** The name that a new column gets as long as nobody typed another. */
  const standardName = computed(() => `${column.value} ${form.statistic} ${form.rows}`);
  const into = computed(() => form.into.trim() || standardName.value);
  const whole = (value: number, most: number, least = 1) => Number.isInteger(value) && value >= least && value <= most;
  const limit = (text: string): number | null | undefined => (String(text).trim() === '' ? null : Number.isFinite(Number(String(text).replace(',', '.'))) ? Number(String(text).replace(',', '.')) : undefined);

  function stepOf(): Step | null {
    const time = dataset().roles?.time ?? null;
    const columns = [column.value];
    switch (kind.value) {
      case 'resample': return time === null || !whole(form.n, 10_000) ? null : { kind: 'resample', time, unit: form.unit, n: form.n, aggregate: form.aggregate, per: {}, partial: form.partial ? 'drop' : 'keep' };
      case 'difference': return whole(form.lag, 100_000) ? { kind: 'difference', columns, lag: form.lag } : null;
      case 'logarithm': return { kind: 'logarithm', columns, of: form.of };
      case 'window': return whole(form.rows, 100_000, 2) && (into.value === column.value || !dataset().columns.some(({ name }) => name === into.value)) ? { kind: 'window', column: column.value, rows: form.rows, statistic: form.statistic, into: into.value } : null;
      case 'outliers': {
        const [min, max] = [limit(form.min), limit(form.max)];
        return min === undefined || max === undefined || (min === null && max === null) || (min !== null && max !== null && min > max) ? null : { kind: 'outliers', columns, rule: { by: 'range', min, max }, action: form.action };
      }
      case 'dropColumns': return dataset().columns.length > 1 ? { kind: 'dropColumns', columns } : null;
    }
  }
  const step = computed(stepOf);
  return { kind, column, numeric, form, into, standardName, step };
}
