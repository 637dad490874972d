import { computed, shallowRef, toRaw, watch, type Ref } from 'vue';
import type { DatasetSummary } from '../../../shared/dataset.ts';
import { defaultSpec } from '../../../shared/defaults.ts';
import type { AppErrorData } from '../../../shared/errors.ts';
import { makePlan, splitRows } from '../../../shared/plan.ts';
import type { PreparedFacts } from '../../../shared/preparing.ts';
import { checkSpec, type ForecastSpec, type SplitShares } from '../../../shared/spec.ts';
import { useDraftsStore } from '../../app/stores/drafts.ts';
import { draftOf, specOf, usableSpec, type Draft } from '../../lib/draft.ts';

export type TrainForm = ReturnType<typeof useTrainForm>;

/** The settings as typed, what is wrong with them, and what they make of this very data; all live. */
export function useTrainForm(dataset: Ref<DatasetSummary | null>, prepared: Ref<PreparedFacts | null>) {
  const drafts = useDraftsStore();
  /** What main refused at a field; gone with the next change. */
  const refused = shallowRef<AppErrorData | null>(null);

  const defaults = computed<ForecastSpec | null>(() => {
    const { roles, rows, secondsPerRow, recipe } = dataset.value ?? {};
    return roles && rows !== undefined ? defaultSpec(roles, rows, secondsPerRow ?? null, toRaw(recipe)) : null;
  });
  const defaultDraft = computed<Draft>(() => (defaults.value === null ? {} : draftOf(defaults.value)));
  const draft = computed<Draft>(() => ({ ...defaultDraft.value, ...(dataset.value === null ? {} : drafts.typed(dataset.value.id)) }));
  const value = computed(() => {
    const roles = dataset.value?.roles;
    return defaults.value === null || !roles ? null : specOf(draft.value, roles, defaults.value);
  });
  const check = computed(() => (value.value === null ? null : checkSpec(value.value)));
  const outOfRange = computed(() => (check.value === null || check.value.ok ? [] : check.value.errors.map((error) => error.data)));

  /** The plan of the settings; a number that cannot be used counts as its default, so that the panel never goes blank. */
  const planned = computed(() => {
    if (defaults.value === null || dataset.value === null) return null;
    const spec = usableSpec(value.value, outOfRange.value.map((error) => error.field ?? ''), defaults.value);
    if (spec.split.by === 'share') return { spec, ...makePlan(splitRows(dataset.value.rows, spec.split), spec) };
    // Where a date lies only the data knows: until it has answered, the plan is that of the usual shares.
    const split = prepared.value?.plan?.split ?? splitRows(dataset.value.rows, defaults.value.split as SplitShares);
    return { spec, ...makePlan(split, spec) };
  });
  const errors = computed<AppErrorData[]>(() => [
    ...outOfRange.value,
    ...(outOfRange.value.length === 0 && planned.value?.problem ? [planned.value.problem.data] : []),
    ...(outOfRange.value.length === 0 && planned.value?.problem === null && prepared.value?.problem ? [prepared.value.problem] : []),
    ...(refused.value === null ? [] : [refused.value]),
  ]);
  const byField = computed(() => new Map(errors.value.map((error) => [error.field ?? '', error])));
  const changed = computed(() => Object.keys(draft.value).some((path) => draft.value[path] !== defaultDraft.value[path]));

  watch([draft, () => dataset.value?.id], () => { refused.value = null; });

  function set(path: string, to: string | boolean): void {
    if (dataset.value !== null) drafts.set(dataset.value.id, path, to);
  }
  const reset = () => { if (dataset.value !== null) drafts.clear(dataset.value.id); };

  return { draft, defaultDraft, value, errors, byField, planned, refused, changed, set, reset };
}
