import { onScopeDispose, shallowRef, watch } from 'vue';
import type { DatasetSummary, SeriesView } from '../../../shared/dataset.ts';
import type { AppErrorData } from '../../../shared/errors.ts';
import { ask, errorOf } from '../../lib/bridge.ts';
import { recipeKey } from '../../lib/recipe.ts';

/** Points of the whole series, and of the stretch in view: more than a screen has columns. */
const POINTS = 4000;

export interface ColumnView { name: string; whole: SeriesView; detail: SeriesView | null }
interface Range { from: number | null; to: number | null }

/** The chosen columns over time; a stretch that is zoomed into is asked for again, finer, one question at a time. */
export function useViews(dataset: () => DatasetSummary, columns: () => readonly string[]) {
  const views = shallowRef<ColumnView[] | null>(null);
  const error = shallowRef<AppErrorData | null>(null);
  let asked = 0;
  let range: Range = { from: null, to: null };
  let busy = false;
  onScopeDispose(() => { asked++; });

  const view = (name: string, { from, to }: Range): Promise<SeriesView> => ask('dataset.view', { id: dataset().id, column: name, time: dataset().roles?.time ?? null, from, to, points: POINTS });

  async function load(): Promise<void> {
    const mine = ++asked;
    error.value = null;
    range = { from: null, to: null };
    try {
      const found = await Promise.all(columns().map(async (name) => ({ name, whole: await view(name, range), detail: null })));
      if (mine === asked) views.value = found;
    } catch (thrown) {
      if (mine === asked) { views.value = null; error.value = errorOf(thrown); }
    }
  }

  /** Detail of the newest range; while an answer is on its way the ranges in between are passed over. */
  async function zoom(from: number | null, to: number | null): Promise<void> {
    range = { from, to };
    if (busy || views.value === null) return;
    busy = true;
    try {
      for (let done: Range | null = null; done !== range;) {
        const mine = asked;
        const wanted = done = range;
        const whole: boolean = wanted.from === null && wanted.to === null;
        const details: (SeriesView | null)[] = await Promise.all(views.value.map((each) => (whole || each.whole.whole ? null : view(each.name, wanted))));
        if (mine !== asked || views.value === null) return;
        views.value = views.value.map((each, i) => ({ ...each, detail: details[i] ?? null }));
      }
    } catch (thrown) {
      error.value = errorOf(thrown);
    } finally {
      busy = false;
    }
  }

  watch([() => dataset().id, () => columns().join('\n'), () => dataset().roles?.time, () => recipeKey(dataset())], ([id], [before]) => { if (id !== before) views.value = null; void load(); }, { immediate: true });
  return { views, error, zoom, again: load };
}
