import { useToast } from '@nuxt/ui/composables';
import { useRouter } from 'vue-router';
import type { Imported } from '../../shared/parcel.ts';
import { useWords } from '../composables/words.ts';
import { ask, errorOf, unwrap } from '../lib/bridge.ts';
import { useDatasetsStore } from './stores/datasets.ts';

/** A .unroll file by its name: a run, not a table. */
export const isRunFile = (file: { name: string }) => /\.unroll$/i.test(file.name);

/** A run comes in by dialog or drop and is shown; what is refused is told in a toast. */
export function useImporting() {
  const router = useRouter();
  const toast = useToast();
  const datasets = useDatasetsStore();
  const { t, errorText, errorHint } = useWords();

  async function show(importing: Promise<Imported | null>): Promise<void> {
    try {
      const imported = await importing;
      if (imported === null) return;
      await datasets.load();
      await router.push(`/runs/${imported.id}`);
      const missing = imported.wanted === null ? '' : t('importing.dataMissing', { name: imported.wanted.name });
      toast.add({ title: t('importing.done', { name: imported.name }), ...(missing === '' ? {} : { description: missing }), color: missing === '' ? 'success' : 'warning', icon: 'i-lucide-import' });
    } catch (thrown) {
      const error = errorOf(thrown);
      const known = error.code === 'import.known';
      const hint = errorHint(error);
      toast.add({
        title: errorText(error), color: known ? 'warning' : 'error', icon: 'i-lucide-circle-alert',
        ...(known ? { actions: [{ label: t('importing.again'), onClick: () => { void show(ask('run.importAgain')); } }] } : hint === null ? {} : { description: hint }),
      });
    }
  }

  return {
    choose: () => show(ask('run.import')),
    file: (file: File) => show(window.unroll.importDropped(file).then((reply) => unwrap<'run.importDropped'>(reply))),
  };
}
