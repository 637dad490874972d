import { ref, shallowRef } from 'vue';
import { useI18n } from 'vue-i18n';
import { useRouter } from 'vue-router';
import type { AppErrorData } from '../../shared/errors.ts';
import type { Recipe, Step } from '../../shared/recipe.ts';
import type { RunSummary } from '../../shared/run.ts';
import { targetUnits, unitsOf } from '../../shared/units.ts';
import { useDatasetsStore } from './stores/datasets.ts';
import { useDraftsStore } from './stores/drafts.ts';
import { useHistoryStore } from './stores/history.ts';
import { useStepWords } from '../composables/step-words.ts';
import { ask, errorOf } from '../lib/bridge.ts';

/** Goes to Train with the settings, the columns and the data of a run; with one more step of the recipe where one is given. */
export function useTrainAgain() {
  const datasets = useDatasetsStore();
  const drafts = useDraftsStore();
  const history = useHistoryStore();
  const router = useRouter();
  const { t } = useI18n();
  const { stepWords } = useStepWords();
  const busy = ref(false);
  const error = shallowRef<AppErrorData | null>(null);

  async function start(run: RunSummary, step?: Step): Promise<void> {
    const { spec } = run;
    if (run.datasetId === null || busy.value) return;
    busy.value = true;
    error.value = null;
    try {
      datasets.accept(await ask('dataset.get', { id: run.datasetId }));
      if (spec.task === 'forecast' && step !== undefined) await addStep(run.datasetId, spec.recipe, step);
      if (spec.task === 'forecast') await datasets.setRoles(run.datasetId, spec.roles, { ...unitsOf(datasets.current ?? run, datasets.current?.roles?.targets[0]), ...targetUnits(run, spec) });
      drafts.fill(run.datasetId, spec);
      if (spec.task === 'classify') drafts.set(run.datasetId, 'learn', 'classify');
      await router.push('/train');
    } catch (thrown) {
      error.value = errorOf(thrown);
    } finally {
      busy.value = false;
    }
  }

  /** The recipe of the run and the step: as on the Data page it can be taken back. */
  async function addStep(id: string, recipe: Recipe, step: Step): Promise<void> {
    const before = datasets.byId(id)?.recipe ?? recipe;
    const after = { ...recipe, steps: [...recipe.steps, step] };
    const set = async (to: Recipe) => { await datasets.setRecipe(id, to); };
    await set(after);
    history.record({ label: t('recipe.added', { step: stepWords(step) }), undo: () => set(before), redo: () => set(after) });
  }

  return { start, busy, error };
}
