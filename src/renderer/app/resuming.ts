import { useToast } from '@nuxt/ui/composables';
import { resumableStatuses, type RunSummary } from '../../shared/run.ts';
import { useWords } from '../composables/words.ts';
import { errorOf } from '../lib/bridge.ts';
import { useRunsStore } from './stores/runs.ts';

/** Whether a run can go on: it ended early and its data is there. */
export function isResumable(run: RunSummary): boolean {
  return resumableStatuses.includes(run.status) && run.datasetId !== null && run.removedAt === null;
}

/** Pausing and going on, from wherever a run is shown; what is refused is told in a toast. */
export function useResuming() {
  const runs = useRunsStore();
  const toast = useToast();
  const { t, errorText } = useWords();
  const refused = (thrown: unknown) => { toast.add({ title: errorText(errorOf(thrown)), color: 'error', icon: 'i-lucide-circle-alert' }); };

  /** @param onCpu on the built-in engine, whichever they began on */
  async function resume(list: readonly RunSummary[], onCpu = false): Promise<void> {
    for (const run of list) {
      try {
        const { queued } = await runs.resume(run.id, onCpu);
        if (queued) toast.add({ title: t('queue.willGoOn', { name: run.name }), color: 'neutral', icon: 'i-lucide-list-end' });
      } catch (thrown) {
        refused(thrown);
      }
    }
  }

  const pause = (id: string) => runs.pause(id).catch(refused);
  /** The pause key: the run that trains rests, else the one that rested last goes on. */
  function toggle(): void {
    if (runs.active !== null) {
      void pause(runs.active.id);
      return;
    }
    const paused = runs.list?.find((run) => run.status === 'paused' && isResumable(run));
    if (paused !== undefined) void resume([paused]);
  }

  return { resume, pause, toggle };
}
