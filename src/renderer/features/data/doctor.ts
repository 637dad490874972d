import { onScopeDispose, ref, shallowRef, watch, type Ref } from 'vue';
import { useDatasetsStore } from '../../app/stores/datasets.ts';
import { useDraftsStore } from '../../app/stores/drafts.ts';
import { ask, errorOf } from '../../lib/bridge.ts';
import { recipeKey } from '../../lib/recipe.ts';
import { defaultSpec } from '../../../shared/defaults.ts';
import { seriesSplitSchema, type ForecastSpec } from '../../../shared/spec.ts';
import { draftOf, specOf, type Draft } from '../../lib/draft.ts';
import type { DatasetSummary } from '../../../shared/dataset.ts';
import type { AppErrorData } from '../../../shared/errors.ts';
import type { Examination, Finding } from '../../../shared/findings.ts';

/** What the doctor is asked: the roles as they are, and the window and split as they were typed so far. */
function questionOf({ roles, rows, secondsPerRow }: DatasetSummary, typed: Draft): Examination | null {
  if (roles === null) return null;
  const standard = defaultSpec(roles, rows, secondsPerRow);
  const { window } = standard;
  const whole = (path: string, standard: number) => { const n = Number(typed[path] ?? standard); return Number.isInteger(n) && n >= 1 ? n : standard; };
  return {
    time: roles.time, targets: roles.targets, inputs: roles.inputs, split: splitOf(typed, roles, standard),
    window: { ...window, sequenceLength: whole('window.sequenceLength', window.sequenceLength), horizon: whole('window.horizon', window.horizon), stride: whole('window.stride', window.stride), targets: typed['window.targets'] === 'every' ? 'every' : window.targets },
  };
}

/** The split that was chosen for training, by share or by date; the usual one where what was typed is none yet. */
function splitOf(typed: Draft, roles: NonNullable<DatasetSummary['roles']>, standard: ForecastSpec): Examination['split'] {
  const spec = specOf({ ...draftOf(standard), ...typed }, roles, standard) as { split: unknown };
  const parsed = seriesSplitSchema.safeParse(spec.split);
  if (!parsed.success) return standard.split;
  const { data } = parsed;
  // Shares that are not whole yet (one field typed, the other not) are told at the fields.
  return data.by === 'share' && Math.abs(data.train + data.validation + data.test - 1) > 1e-6 ? standard.split : data;
}

/** What the data doctor finds in a dataset; it looks again after every change of recipe, roles or window. */
export function useDoctor(dataset: Ref<DatasetSummary | null>) {
  const datasets = useDatasetsStore();
  const drafts = useDraftsStore();
  const findings = shallowRef<Finding[] | null>(null);
  const error = shallowRef<AppErrorData | null>(null);
  const busy = ref(false);
  const stopped = ref(false);
  let asked = 0;

  async function look(): Promise<void> {
    const mine = ++asked;
    const { value } = dataset;
    error.value = null;
    stopped.value = false;
    if (value === null || value.text !== null) { findings.value = null; return; }
    busy.value = true;
    datasets.examinedShare = 0;
    try {
      const found = await ask('dataset.doctor', { id: value.id, question: questionOf(value, drafts.typed(value.id)) });
      if (mine === asked) findings.value = found;
    } catch (thrown) {
      if (mine !== asked) return;
      const data = errorOf(thrown);
      if (data.code === 'reader.cancelled') stopped.value = true;
      else error.value = data;
    } finally {
      if (mine === asked) busy.value = false;
    }
  }

  const stop = () => { void ask('dataset.stopDoctor'); };
  const key = (value: DatasetSummary | null) => (value === null ? '' : JSON.stringify([value.id, recipeKey(value), questionOf(value, drafts.typed(value.id))]));
  watch(() => dataset.value?.id, () => { findings.value = null; });
  watch(() => key(dataset.value), () => { void look(); }, { immediate: true });
  onScopeDispose(() => { asked++; if (busy.value) stop(); });

  return { findings, error, busy, stopped, look, stop };
}
