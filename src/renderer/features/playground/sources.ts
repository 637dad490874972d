import { computed, ref, shallowRef, watch } from 'vue';
import type { AppErrorData } from '../../../shared/errors.ts';
import type { CheckpointChoice, TextSource } from '../../../shared/playground.ts';
import { useRunsStore } from '../../app/stores/runs.ts';
import { ask, errorOf } from '../../lib/bridge.ts';

/** Which run writes, and with which of its weights. */
export function useTextSource(first: () => string) {
  const runs = useRunsStore();
  const run = ref(first());
  const checkpoints = shallowRef<{ checkpoint: CheckpointChoice; epoch: number }[] | null>(null);
  /** A select knows words alone: "final", or the epoch of a sample. */
  const chosen = ref('');
  const error = shallowRef<AppErrorData | null>(null);
  const all = computed(() => (runs.list ?? []).filter(({ spec }) => spec.task === 'char'));

  async function load(): Promise<void> {
    const of = run.value;
    try {
      const found = await ask('playground.checkpoints', { run: of });
      if (of !== run.value) return;
      checkpoints.value = found;
      error.value = null;
      if (!found.some(({ checkpoint }) => String(checkpoint) === chosen.value)) chosen.value = String(found[0]?.checkpoint ?? '');
    } catch (thrown) {
      if (of === run.value) error.value = errorOf(thrown);
    }
  }
  watch(first, (id) => { run.value = id; });
  watch(() => [run.value, runs.byId(run.value)?.status], () => { void load(); }, { immediate: true });

  const source = computed<TextSource | null>(() => {
    const found = checkpoints.value?.find(({ checkpoint }) => String(checkpoint) === chosen.value);
    return found === undefined ? null : { run: run.value, checkpoint: found.checkpoint };
  });
  const choose = (id: string) => { run.value = id; };
  const weigh = (checkpoint: string) => { chosen.value = checkpoint; };
  return { choose, weigh, run, chosen, checkpoints, error, all, source };
}
export type TextSourceChoice = ReturnType<typeof useTextSource>;
