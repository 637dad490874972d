import { useToast } from '@nuxt/ui/composables';
import { onScopeDispose } from 'vue';
import { useRouter } from 'vue-router';
import type { PushPayload } from '../../shared/contract.ts';
import type { RunSummary } from '../../shared/run.ts';
import { useWords } from '../composables/words.ts';
import { useCareStore } from './stores/care.ts';
import { useExportingStore } from './stores/exporting.ts';
import { useDatasetsStore } from './stores/datasets.ts';
import { useQueueStore } from './stores/queue.ts';
import { useGradientsStore } from './stores/gradients.ts';
import { useRunsStore } from './stores/runs.ts';

/** What main tells without being asked: events of a run, files that came in, entries of the menu. */
export function usePushes(perform: Record<PushPayload<'app.command'>, () => void>): void {
  const datasets = useDatasetsStore();
  const runs = useRunsStore();
  const gradients = useGradientsStore();
  const queue = useQueueStore();
  const care = useCareStore();
  const exporting = useExportingStore();
  const router = useRouter();
  const toast = useToast();
  const { t, errorText } = useWords();

  function sayEnd(run: RunSummary): void {
    const here = router.currentRoute.value;
    // Where the run is on screen its end is seen there.
    if (here.path === '/train' || here.params.id === run.id) return;
    toast.add({
      title: t(`runs.ended.${run.status}`, { name: run.name }), color: run.status === 'done' ? 'success' : 'neutral',
      ...(run.error === null ? {} : { description: errorText(run.error) }),
      actions: [{ label: t('runs.open'), color: 'primary', variant: 'link', onClick: () => { void router.push(`/runs/${run.id}`); } }],
    });
  }

  const stops = [
    window.unroll.on('run.event', (event) => {
      runs.hear(event);
      gradients.hear(event);
      if (event.type === 'ended') sayEnd(event.run);
    }),
    window.unroll.on('dataset.opened', (opened) => {
      if (!opened.ok) { datasets.openErrors = []; datasets.refuse(opened.error); return; }
      datasets.accept(opened.dataset);
      void router.push('/data');
    }),
    window.unroll.on('storage.task', (task) => care.hear(task)),
    window.unroll.on('run.show', ({ id }) => { void router.push(`/runs/${id}`); }),
    window.unroll.on('export.stage', (stage) => exporting.hear(stage)),
    window.unroll.on('queue.changed', (next) => queue.hear(next)),
    window.unroll.on('dataset.reading', (share) => { datasets.readShare = share; }),
    window.unroll.on('dataset.examined', (share) => { datasets.examinedShare = share; }),
    window.unroll.on('app.command', (command) => perform[command]()),
  ];
  onScopeDispose(() => stops.forEach((stop) => stop()));
}
