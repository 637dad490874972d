import { onScopeDispose, shallowRef, watch } from 'vue';
import type { Response } from '../../shared/contract.ts';
import type { AppErrorData } from '../../shared/errors.ts';
import { ask, errorOf } from '../lib/bridge.ts';

/** What a run on labelled sequences leaves behind, read when it starts and ends; its accuracy is followed while it learns. */
export function useRunClasses(id: () => string | null, status: () => string | undefined) {
  const classes = shallowRef<Response<'run.classes'> | null>(null);
  const error = shallowRef<AppErrorData | null>(null);
  let asked = 0;

  async function load(): Promise<void> {
    const [mine, run] = [++asked, id()];
    if (run === null) { classes.value = null; return; }
    try {
      const answer = await ask('run.classes', { id: run });
      if (mine === asked) [classes.value, error.value] = [answer, null];
    } catch (thrown) {
      if (mine === asked) error.value = errorOf(thrown);
    }
  }

  onScopeDispose(window.unroll.on('run.event', (event) => {
    if (event.type !== 'accuracy' || event.runId !== id() || classes.value === null) return;
    classes.value = { ...classes.value, accuracies: [...classes.value.accuracies, event.accuracy] };
  }));
  watch(() => [id(), status()], ([run], before) => {
    if (run !== before?.[0]) classes.value = null;
    void load();
  }, { immediate: true });

  return { classes, error, load };
}
