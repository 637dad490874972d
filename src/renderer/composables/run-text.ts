import { onScopeDispose, shallowRef, watch } from 'vue';
import type { Response } from '../../shared/contract.ts';
import type { AppErrorData } from '../../shared/errors.ts';
import { ask, errorOf } from '../lib/bridge.ts';

type RunText = Response<'run.text'>;

/** What a run on a text leaves behind, followed while it learns: read when it starts and ends, and between by its events. */
export function useRunText(id: () => string | null, status: () => string | undefined) {
  const text = shallowRef<RunText | null>(null);
  const error = shallowRef<AppErrorData | null>(null);
  let asked = 0;

  async function load(): Promise<void> {
    const [mine, run] = [++asked, id()];
    if (run === null) { text.value = null; return; }
    try {
      const answer = await ask('run.text', { id: run });
      if (mine !== asked) return;
      text.value = answer;
      error.value = null;
    } catch (thrown) {
      if (mine === asked) error.value = errorOf(thrown);
    }
  }

  const stop = window.unroll.on('run.event', (event) => {
    if (!('runId' in event) || event.runId !== id()) return;
    if (event.type === 'started') void load();
    if (text.value === null) return;
    if (event.type === 'sample') text.value = { ...text.value, samples: [...text.value.samples.filter(({ epoch }) => epoch !== event.sample.epoch), event.sample] };
    if (event.type === 'accuracy') text.value = { ...text.value, accuracies: [...text.value.accuracies, event.accuracy] };
  });
  onScopeDispose(stop);
  watch(() => [id(), status()], ([run], before) => {
    if (run !== before?.[0]) text.value = null;
    void load();
  }, { immediate: true });

  return { text, error, load };
}
