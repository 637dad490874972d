import { onScopeDispose, shallowRef, watch } from 'vue';
import type { Analysis } from '../../../shared/analysis.ts';
import type { DatasetSummary } from '../../../shared/dataset.ts';
import type { AppErrorData } from '../../../shared/errors.ts';
import { ask, errorOf } from '../../lib/bridge.ts';
import { recipeKey } from '../../lib/recipe.ts';

/** What each chosen column holds; columns that were asked for stay while others are added. */
export function useAnalyses(dataset: () => DatasetSummary, columns: () => readonly string[]) {
  const known = shallowRef(new Map<string, Analysis>());
  const error = shallowRef<AppErrorData | null>(null);
  let generation = 0;
  onScopeDispose(() => { generation++; });

  async function load(fresh: boolean): Promise<void> {
    const mine = ++generation;
    error.value = null;
    if (fresh) known.value = new Map();
    for (const column of columns()) {
      if (known.value.has(column)) continue;
      try {
        const analysis = await ask('dataset.analysis', { id: dataset().id, column, time: dataset().roles?.time ?? null });
        if (mine !== generation) return;
        known.value = new Map([...known.value, [column, analysis]]);
      } catch (thrown) {
        if (mine === generation) error.value = errorOf(thrown);
        return;
      }
    }
  }

  watch([() => dataset().id, () => dataset().roles?.time, () => recipeKey(dataset()), () => columns().join('\n')], (now, before) => { void load(now[0] !== before[0] || now[1] !== before[1] || now[2] !== before[2]); }, { immediate: true });
  return { of: (column: string) => known.value.get(column) ?? null, error, again: () => load(true) };
}
