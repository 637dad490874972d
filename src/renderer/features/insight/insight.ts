import { onUnmounted, ref, shallowRef, watch } from 'vue';
import type { AppErrorData } from '../../../shared/errors.ts';
import type { Insight, InsightRequest, WindowTrace } from '../../../shared/insight.ts';
import { ask, errorOf } from '../../lib/bridge.ts';

/** What a run remembers and is worth; asked again when the season or the steps change. Leaving the page ends the question. */
export function useInsight(id: () => string, request: () => InsightRequest) {
  const insight = shallowRef<Insight | null>(null);
  const error = shallowRef<AppErrorData | null>(null);
  const busy = ref(false);
  let asked = 0;

  async function load(): Promise<void> {
    const mine = ++asked;
    busy.value = true;
    error.value = null;
    try {
      const answer = await ask('run.insight', { id: id(), request: request() });
      if (mine === asked) insight.value = answer;
    } catch (thrown) {
      if (mine === asked) error.value = errorOf(thrown);
    } finally {
      if (mine === asked) busy.value = false;
    }
  }

  async function stop(): Promise<void> {
    await ask('insight.stop');
  }

  watch(id, () => { insight.value = null; void load(); }, { immediate: true });
  onUnmounted(() => {
    asked++;
    if (busy.value) void stop();
  });
  return { insight, error, busy, load, stop };
}

/** The trace of one window; while one is fetched only the newest wish waits, so that scrubbing never queues up. */
export function useTrace(id: () => string, start: () => number) {
  const trace = shallowRef<WindowTrace | null>(null);
  const error = shallowRef<AppErrorData | null>(null);
  let busy = false;
  let wanted = false;

  async function fetch(): Promise<void> {
    if (busy) { wanted = true; return; }
    busy = true;
    do {
      wanted = false;
      try {
        trace.value = await ask('run.trace', { id: id(), start: start() });
        error.value = null;
      } catch (thrown) {
        error.value = errorOf(thrown);
      }
    } while (wanted);
    busy = false;
  }

  watch([id, start], () => { void fetch(); }, { immediate: true });
  return { trace, error };
}
