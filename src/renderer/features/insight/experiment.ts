import { onUnmounted, ref, shallowRef } from 'vue';
import type { AppErrorData } from '../../../shared/errors.ts';
import type { ExperimentProgress } from '../../../shared/experiments.ts';
import { ask, errorOf } from '../../lib/bridge.ts';

/** Which experiment is on its way, of all on the page: one at a time. */
const running = ref<string | null>(null);

/** Short runs that somebody waits for: progress, time left, and a way to stop. What was found before stays until the next is there. */
export function useExperiment<T>(name: string, run: () => Promise<T | null>) {
  const result = shallowRef<T | null>(null);
  const error = shallowRef<AppErrorData | null>(null);
  const progress = shallowRef<ExperimentProgress | null>(null);

  async function start(): Promise<void> {
    if (running.value !== null) return;
    running.value = name;
    error.value = progress.value = null;
    const stopListening = window.unroll.on('insight.progress', (event) => { progress.value = event; });
    try {
      result.value = await run() ?? result.value;
    } catch (thrown) {
      error.value = errorOf(thrown);
    } finally {
      stopListening();
      running.value = progress.value = null;
    }
  }

  const cancel = () => ask('insight.cancelExperiment');
  onUnmounted(() => { if (running.value === name) void cancel(); });
  return { result, error, progress, running, start, cancel };
}
