import { ref, shallowRef } from 'vue';
import { useI18n } from 'vue-i18n';
import type { AppErrorData } from '../../shared/errors.ts';
import type { RunSummary } from '../../shared/run.ts';
import { errorOf } from '../lib/bridge.ts';
import { useHistoryStore } from './stores/history.ts';
import { useRunsStore } from './stores/runs.ts';

/** Renames a run, undoable; a refusal stays at the field. */
export function useRenaming(run: () => RunSummary) {
  const runs = useRunsStore();
  const history = useHistoryStore();
  const { t } = useI18n();
  const name = ref(run().name);
  const error = shallowRef<AppErrorData | null>(null);


  /** Whether the field can close: the name was kept, or is as it was. */
  async function keep(): Promise<boolean> {
    const { id, name: before } = run();
    const after = name.value.trim();
    if (after === before) return true;
    try {
      await runs.rename(id, after);
    } catch (thrown) {
      error.value = errorOf(thrown);
      return false;
    }
    history.record({ label: t('runs.renamed', { name: after }), undo: () => runs.rename(id, before), redo: () => runs.rename(id, after) });
    return true;
  }

  return { name, error, keep };
}
