import { shallowRef, watch } from 'vue';
import type { AppErrorData } from '../../../shared/errors.ts';
import type { Predictions, RunDetail } from '../../../shared/run.ts';
import { useRunsStore } from '../../app/stores/runs.ts';
import { ask, errorOf } from '../../lib/bridge.ts';

/** A run with its epochs and predictions, read again when it ends. */
export function useRunDetail(id: () => string) {
  const runs = useRunsStore();
  const detail = shallowRef<RunDetail | null>(null);
  const predictions = shallowRef<Predictions | null>(null);
  const error = shallowRef<AppErrorData | null>(null);
  const predictionsError = shallowRef<AppErrorData | null>(null);
  let asked = 0;

  async function load(): Promise<void> {
    const mine = ++asked;
    error.value = predictionsError.value = null;
    try {
      const run = await runs.detail(id());
      if (mine !== asked) return;
      detail.value = run;
      if (!run.hasPredictions) return;
      const answer = await ask('run.predictions', { id: run.id }).catch((thrown: unknown) => {
        if (mine === asked) predictionsError.value = errorOf(thrown);
        return null;
      });
      if (mine === asked) predictions.value = answer;
    } catch (thrown) {
      if (mine === asked) error.value = errorOf(thrown);
    }
  }

  watch(id, () => { detail.value = predictions.value = null; void load(); }, { immediate: true });
  watch(() => runs.byId(id())?.status, (status, before) => { if (before === 'running' && status !== 'running') void load(); });

  return { detail, predictions, error, predictionsError, load };
}
