import { useToast } from '@nuxt/ui/composables';
import type { DatasetSummary } from '../../shared/dataset.ts';
import type { RunSummary } from '../../shared/run.ts';
import { useWords } from '../composables/words.ts';
import { errorOf } from '../lib/bridge.ts';
import { useDatasetsStore } from './stores/datasets.ts';
import { useHistoryStore, type Change } from './stores/history.ts';
import { useRunsStore } from './stores/runs.ts';

/** Removing without asking first: the toast, Ctrl+Z and the history bring it back. */
export function useRemoval() {
  const datasets = useDatasetsStore();
  const runs = useRunsStore();
  const history = useHistoryStore();
  const toast = useToast();
  const { t, errorText } = useWords();

  async function perform(change: Change): Promise<void> {
    try {
      await change.redo();
    } catch (thrown) {
      toast.add({ title: errorText(errorOf(thrown)), color: 'error', icon: 'i-lucide-circle-alert' });
      return;
    }
    history.record(change);
    toast.add({
      title: change.label, icon: 'i-lucide-trash-2', color: 'neutral', duration: 8000,
      actions: [{ label: t('common.undo'), color: 'primary', variant: 'link', onClick: () => { void history.undo(); } }],
    });
  }

  function removeRuns(list: readonly RunSummary[]): Promise<void> {
    const [first] = list;
    return perform({
      label: list.length === 1 && first !== undefined ? t('runs.removed', { name: first.name }) : t('runs.removedMany', { n: list.length }),
      redo: () => runs.mark(list.map((run) => run.id), { removed: true }),
      undo: () => runs.mark(list.map((run) => run.id), { removed: false }),
    });
  }

  function removeDataset(dataset: DatasetSummary): Promise<void> {
    return perform({
      label: t('data.removed', { name: dataset.name }),
      redo: () => datasets.remove(dataset.id),
      undo: () => datasets.restore(dataset.id),
    });
  }

  return { removeRuns, removeDataset };
}
