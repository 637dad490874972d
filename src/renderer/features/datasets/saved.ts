import { computed, onScopeDispose, ref, shallowRef } from 'vue';
import type { DatasetSummary, SavedDataset } from '../../../shared/dataset.ts';
import type { AppErrorData } from '../../../shared/errors.ts';
import { useDatasetsStore } from '../../app/stores/datasets.ts';
import { ask, errorOf } from '../../lib/bridge.ts';

export interface SavedRow { dataset: DatasetSummary; saved: SavedDataset | null }

/** The saved datasets with their runs and whether their files are still the same; looked at again when the window comes back. */
export function useSaved() {
  const datasets = useDatasetsStore();
  const saved = shallowRef<ReadonlyMap<string, SavedDataset> | null>(null);
  const error = shallowRef<AppErrorData | null>(null);
  const checking = ref(false);

  async function check(): Promise<void> {
    if (checking.value) return;
    checking.value = true;
    error.value = null;
    try {
      saved.value = new Map((await ask('dataset.saved')).map((one) => [one.id, one]));
    } catch (thrown) {
      error.value = errorOf(thrown);
    } finally {
      checking.value = false;
    }
  }

  const again = () => { void check(); };
  again();
  window.addEventListener('focus', again);
  onScopeDispose(() => window.removeEventListener('focus', again));

  const rows = computed<SavedRow[] | null>(() => datasets.list?.map((dataset) => ({ dataset, saved: saved.value?.get(dataset.id) ?? null })) ?? null);
  return { rows, error, checking, check };
}
