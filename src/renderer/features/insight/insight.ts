import { onUnmounted, ref, shallowRef, watch, type ShallowRef } from 'vue';
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

/** What a panel of states needs of a trace, whatever the network reads. */
export type TraceStates = Pick<WindowTrace, 'start' | 'rows' | 'steps' | 'hiddenSize' | 'hidden' | 'gates' | 'gradientNorms' | 'sensitivity'>;

/** The trace of one window; while one is fetched only the newest wish waits, so that scrubbing never queues up. */
export function useTrace<T>(start: () => number, gates: () => boolean, load: (start: number, gates: boolean) => Promise<T>) {
  const trace = shallowRef(null) as ShallowRef<T | null>;
  const error = shallowRef<AppErrorData | null>(null);
  let busy = false;
  let wanted = false;

  async function fetch(): Promise<void> {
    if (busy) { wanted = true; return; }
    busy = true;
    do {
      wanted = false;
      try {
        trace.value = await load(start(), gates());
        error.value = null;
      } catch (thrown) {
        error.value = errorOf(thrown);
      }
    } while (wanted);
    busy = false;
  }

  watch([start, gates], () => { void fetch(); }, { immediate: true });
  return { trace, error };
}
