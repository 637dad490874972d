import { ref, shallowRef, watch, type Ref } from 'vue';
import { useDatasetsStore } from '../../app/stores/datasets.ts';
import { useDraftsStore } from '../../app/stores/drafts.ts';
import { useHistoryStore } from '../../app/stores/history.ts';
import { useStepWords } from '../../composables/step-words.ts';
import { useWords } from '../../composables/words.ts';
import { errorOf } from '../../lib/bridge.ts';
import type { DatasetSummary } from '../../../shared/dataset.ts';
import type { AppErrorData } from '../../../shared/errors.ts';
import type { Remedy } from '../../../shared/findings.ts';
import type { Step } from '../../../shared/recipe.ts';

export type RecipeEditing = ReturnType<typeof useRecipeEditing>;

/** Changes of the recipe: kept by main, each undoable. A step that cannot be done is told, and nothing is changed. */
export function useRecipeEditing(dataset: Ref<DatasetSummary | null>) {
  const datasets = useDatasetsStore();
  const drafts = useDraftsStore();
  const history = useHistoryStore();
  const { t } = useWords();
  const { stepWords } = useStepWords();
  const busy = ref(false);
  const refusal = shallowRef<AppErrorData | null>(null);
  watch(() => dataset.value?.id, () => { refusal.value = null; });

  async function change(label: string, steps: readonly Step[]): Promise<boolean> {
    const before = dataset.value;
    if (before === null || busy.value) return false;
    busy.value = true;
    refusal.value = null;
    const set = async (recipe: DatasetSummary['recipe']) => { await datasets.setRecipe(before.id, recipe); };
    const after = { ...before.recipe, steps: [...steps] };
    try {
      await set(after);
      history.record({ label, undo: () => set(before.recipe), redo: () => set(after) });
      return true;
    } catch (thrown) {
      refusal.value = errorOf(thrown);
      return false;
    } finally {
      busy.value = false;
    }
  }

  const steps = () => dataset.value?.recipe.steps ?? [];
  const add = (...more: Step[]) => change(t('recipe.added', { step: more.map(stepWords).join(', ') }), [...steps(), ...more]);
  const remove = (index: number) => change(t('recipe.removed', { step: stepWords(steps()[index]!) }), steps().filter((_, i) => i !== index));
  const clear = () => change(t('recipe.cleared'), []);

  async function apply({ steps: more, settings }: Remedy): Promise<void> {
    const { value } = dataset;
    if (value === null) return;
    for (const [path, to] of Object.entries(settings ?? {})) drafts.set(value.id, path, String(to));
    if (more.length > 0) await add(...more);
  }

  const dismiss = () => { refusal.value = null; };
  return { busy, refusal, dismiss, add, remove, clear, apply };
}
