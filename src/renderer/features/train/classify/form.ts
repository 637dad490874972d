import { computed, shallowRef, watch } from 'vue';
import type { SequenceFacts } from '../../../../shared/classify.ts';
import { defaultClassifySpec } from '../../../../shared/classify-defaults.ts';
import { makeClassifyPlan } from '../../../../shared/classify-plan.ts';
import type { DatasetSummary } from '../../../../shared/dataset.ts';
import type { AppErrorData } from '../../../../shared/errors.ts';
import { checkSpec, sequenceKinds } from '../../../../shared/spec.ts';
import { useDraftsStore } from '../../../app/stores/drafts.ts';
import { ask, errorOf } from '../../../lib/bridge.ts';
import { classifySpecOf, draftOf, usableClassifySpec, type Draft } from '../../../lib/draft.ts';

/** The columns and settings of labelled sequences as typed, what is wrong with them, and what they make of this data; all live. */
export function useClassifyForm(dataset: () => DatasetSummary) {
  const drafts = useDraftsStore();
  const refused = shallowRef<AppErrorData | null>(null);
  const facts = shallowRef<SequenceFacts | null>(null);
  const factsError = shallowRef<AppErrorData | null>(null);
  let asked = 0;

  const typed = computed(() => drafts.typed(dataset().id));
  const chosen = (path: string) => { const value = typed.value[path]; return typeof value === 'string' && value !== '' ? value : null; };
  watch(() => [dataset().id, chosen('sequence'), chosen('label'), chosen('kind')] as const, async ([id, sequence, label, kind]) => {
    const mine = ++asked;
    try {
      const answer = await ask('dataset.sequences', { id, sequence, label, kind: sequenceKinds.find((one) => one === kind) ?? null });
      if (mine === asked) [facts.value, factsError.value] = [answer, null];
    } catch (thrown) {
      if (mine === asked) factsError.value = errorOf(thrown);
    }
  }, { immediate: true });

  const nothing: SequenceFacts = { sequences: [], labels: [], sequence: '', label: '', kind: 'text', proposed: false, examples: 0, classes: [], shortest: 1, median: 1, longest: 1, characters: 0 };
  const defaults = computed(() => defaultClassifySpec(facts.value ?? nothing));
  const defaultDraft = computed<Draft>(() => draftOf(defaults.value));
  const draft = computed<Draft>(() => ({ ...defaultDraft.value, ...typed.value, sequence: chosen('sequence') ?? defaults.value.sequence, label: chosen('label') ?? defaults.value.label, kind: chosen('kind') ?? defaults.value.kind }));
  const value = computed(() => classifySpecOf(draft.value, defaults.value));
  const check = computed(() => checkSpec(value.value));
  const outOfRange = computed(() => (check.value.ok ? [] : check.value.errors.map((error) => error.data)));
  const usable = computed(() => usableClassifySpec(value.value, outOfRange.value.map((error) => error.field ?? ''), defaults.value));
  const planned = computed(() => (facts.value === null ? null : { spec: usable.value, ...makeClassifyPlan(facts.value.classes.map(({ count }) => count), facts.value.characters, usable.value) }));
  const errors = computed<AppErrorData[]>(() => [
    ...(factsError.value === null ? [] : [factsError.value]), ...outOfRange.value,
    ...(outOfRange.value.length === 0 && planned.value?.problem ? [planned.value.problem.data] : []),
    ...(refused.value === null ? [] : [refused.value]),
  ]);
  const byField = computed(() => new Map(errors.value.map((error) => [error.field ?? '', error])));
  const changed = computed(() => Object.keys(defaultDraft.value).some((path) => draft.value[path] !== defaultDraft.value[path]));
  watch([draft, () => dataset().id], () => { refused.value = null; });

  const set = (path: string, to: string | boolean) => drafts.set(dataset().id, path, to);
  /** Back to the defaults, still learning classes. */
  const reset = () => { drafts.clear(dataset().id); set('learn', 'classify'); };

  return { draft, defaultDraft, value, errors, byField, planned, facts, refused, changed, set, reset };
}
