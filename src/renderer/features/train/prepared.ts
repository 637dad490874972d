import { watchDebounced } from '@vueuse/core';
import { ref, shallowRef, watch, type Ref } from 'vue';
import type { DatasetSummary } from '../../../shared/dataset.ts';
import type { PreparedFacts } from '../../../shared/preparing.ts';
import { checkSpec } from '../../../shared/spec.ts';
import { ask } from '../../lib/bridge.ts';

/** What main makes of the settings with this very data: the rows of a split by date, the fitted scalers, one window. `start`: the window that is looked at. */
export function usePrepared(dataset: Ref<DatasetSummary | null>, prepared: Ref<PreparedFacts | null>, spec: Ref<unknown>) {
  const start = ref<number | null>(null);
  const busy = ref(false);
  const asking = shallowRef(0);

  async function load(): Promise<void> {
    const { id } = dataset.value ?? {};
    const mine = ++asking.value;
    if (id === undefined || spec.value === null || !checkSpec(spec.value).ok) return;
    busy.value = true;
    const answer = await ask('dataset.prepared', { id, spec: JSON.parse(JSON.stringify(spec.value)) as unknown, start: start.value }).catch(() => null);
    if (mine !== asking.value) return;
    busy.value = false;
    if (answer !== null) prepared.value = answer;
  }

  watch(() => dataset.value?.id, () => { prepared.value = null; start.value = null; });
  watch(start, () => { void load(); });
  watchDebounced(() => JSON.stringify([dataset.value?.id, spec.value]), () => { void load(); }, { debounce: 200, immediate: true });

  return { start, busy };
}
