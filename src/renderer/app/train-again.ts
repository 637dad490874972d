import { ref, shallowRef } from 'vue';
import { useRouter } from 'vue-router';
import type { AppErrorData } from '../../shared/errors.ts';
import type { RunSummary } from '../../shared/run.ts';
import { useDatasetsStore } from './stores/datasets.ts';
import { useDraftsStore } from './stores/drafts.ts';
import { ask, errorOf } from '../lib/bridge.ts';

/** Goes to Train with the settings, the columns and the data of a run. */
export function useTrainAgain() {
  const datasets = useDatasetsStore();
  const drafts = useDraftsStore();
  const router = useRouter();
  const busy = ref(false);
  const error = shallowRef<AppErrorData | null>(null);

  async function start(run: RunSummary): Promise<void> {
    const { spec } = run;
    if (run.datasetId === null || busy.value) return;
    busy.value = true;
    error.value = null;
    try {
      datasets.accept(await ask('dataset.get', { id: run.datasetId }));
      if (spec.task === 'forecast') await datasets.setRoles(run.datasetId, spec.roles, run.unit);
      drafts.fill(run.datasetId, spec);
      if (spec.task === 'classify') drafts.set(run.datasetId, 'learn', 'classify');
      await router.push('/train');
    } catch (thrown) {
      error.value = errorOf(thrown);
    } finally {
      busy.value = false;
    }
  }

  return { start, busy, error };
}
