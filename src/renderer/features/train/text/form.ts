import { computed, shallowRef, watch } from 'vue';
import type { DatasetSummary, TextFacts } from '../../../../shared/dataset.ts';
import type { AppErrorData } from '../../../../shared/errors.ts';
import { checkSpec } from '../../../../shared/spec.ts';
import { defaultTextSpec } from '../../../../shared/text-defaults.ts';
import { makeTextPlan } from '../../../../shared/text-plan.ts';
import { useDraftsStore } from '../../../app/stores/drafts.ts';
import { useVocabulary } from '../../../composables/vocabulary.ts';
import { draftOf, textSpecOf, usableTextSpec, type Draft } from '../../../lib/draft.ts';

export type TextForm = ReturnType<typeof useTextForm>;

/** The settings of a text as typed, what is wrong with them, and what they make of this very text; all live. */
export function useTextForm(dataset: () => DatasetSummary, text: () => TextFacts) {
  const drafts = useDraftsStore();
  /** What main refused at a field; gone with the next change. */
  const refused = shallowRef<AppErrorData | null>(null);

  const defaults = computed(() => defaultTextSpec(text().characters, text().beginning, text().column));
  const defaultDraft = computed<Draft>(() => draftOf(defaults.value));
  const draft = computed<Draft>(() => ({ ...defaultDraft.value, ...drafts.typed(dataset().id) }));
  const value = computed(() => textSpecOf(draft.value, defaults.value));
  const check = computed(() => checkSpec(value.value));
  const outOfRange = computed(() => (check.value.ok ? [] : check.value.errors.map((error) => error.data)));
  /** A number that cannot be used counts as its default, so that the panel never goes blank. */
  const usable = computed(() => usableTextSpec(value.value, outOfRange.value.map((error) => error.field ?? ''), defaults.value));
  const { vocabulary, error: vocabularyError } = useVocabulary(() => dataset().id, () => usable.value.text);

  const planned = computed(() => (vocabulary.value === null ? null : { spec: usable.value, ...makeTextPlan(vocabulary.value.length, vocabulary.value.size, usable.value) }));
  const errors = computed<AppErrorData[]>(() => [
    ...outOfRange.value,
    ...(outOfRange.value.length === 0 && planned.value?.problem ? [planned.value.problem.data] : []),
    ...(vocabularyError.value === null ? [] : [vocabularyError.value]),
    ...(dataset().problem === null ? [] : [dataset().problem!]),
    ...(refused.value === null ? [] : [refused.value]),
  ]);
  const byField = computed(() => new Map(errors.value.map((error) => [error.field ?? '', error])));
  const changed = computed(() => Object.keys(draft.value).some((path) => draft.value[path] !== defaultDraft.value[path]));
  watch([draft, () => dataset().id], () => { refused.value = null; });

  const set = (path: string, to: string | boolean) => drafts.set(dataset().id, path, to);
  const reset = () => drafts.clear(dataset().id);

  return { draft, defaultDraft, value, errors, byField, planned, vocabulary, refused, changed, set, reset };
}
