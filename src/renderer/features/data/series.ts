import { computed, shallowRef, watch, type Ref } from 'vue';
import type { DatasetSummary } from '../../../shared/dataset.ts';
import type { AppErrorData } from '../../../shared/errors.ts';
import type { Response } from '../../../shared/contract.ts';
import { ask, errorOf } from '../../lib/bridge.ts';

/** The target over time, read again when the roles change; an answer that comes too late is dropped. */
export function useSeries(dataset: Ref<DatasetSummary | null>) {
  const series = shallowRef<Response<'dataset.series'> | null>(null);
  const error = shallowRef<AppErrorData | null>(null);
  const column = computed(() => dataset.value?.roles?.target ?? dataset.value?.columns.find((c) => c.type === 'number')?.name ?? null);
  const time = computed(() => dataset.value?.roles?.time ?? null);
  let asked = 0;

  watch([() => dataset.value?.id, column, time], async ([id, name, timeName]) => {
    const mine = ++asked;
    series.value = null;
    error.value = null;
    if (id === undefined || name === null) return;
    try {
      const answer = await ask('dataset.series', { id, column: name, time: timeName });
      if (mine === asked) series.value = answer;
    } catch (thrown) {
      if (mine === asked) error.value = errorOf(thrown);
    }
  }, { immediate: true });

  return { series, error, column, time };
}
