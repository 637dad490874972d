import { computed, ref, shallowRef, watch } from 'vue';
import { defaultRunsView, type RunsView } from '../../../shared/contract.ts';
import type { RunSummary } from '../../../shared/run.ts';
import { knownFields, runFields, sortByField, type FieldValue, type RunFields } from '../../../shared/run-fields.ts';
import { completions, matches, parseQuery } from '../../../shared/run-query.ts';
import { ask } from '../../lib/bridge.ts';

/** The rows of the table: fields read once a run, sorted when the order or the runs change, filtered at every keystroke. */
export function useRunsTable(all: () => readonly RunSummary[], language: () => string) {
  const query = ref('');
  const showArchived = ref(false);
  const view = shallowRef<RunsView>(defaultRunsView);
  let loaded = false;
  void ask('runs.view.get').then((stored) => { view.value = stored; loaded = true; }, () => { loaded = true; });
  watch(view, (next) => { if (loaded) void ask('runs.view.set', next).catch(() => undefined); });

  const cache = { best: new WeakMap<RunSummary, RunFields>(), last: new WeakMap<RunSummary, RunFields>() };
  function fieldsOf(run: RunSummary): RunFields {
    const known = cache[view.value.epoch];
    let fields = known.get(run);
    if (fields === undefined) known.set(run, fields = runFields(run, view.value.epoch));
    return fields;
  }

  const records = computed(() => all().map(fieldsOf));
  const known = computed(() => knownFields(records.value));
  const sorted = computed(() => sortByField(all(), fieldsOf, view.value.sort.field, view.value.sort.descending, language()));
  const sample = (field: string): FieldValue => records.value.find((fields) => (fields[field] ?? null) !== null)?.[field] ?? null;
  const parsed = computed(() => parseQuery(query.value, known.value, sample));
  const terms = computed(() => (parsed.value.ok ? parsed.value.terms : []));
  const shown = computed(() => {
    const archived = showArchived.value || terms.value.some((term) => term.field === 'archived');
    return sorted.value.filter((run) => (archived || run.archivedAt === null || run.removedAt !== null) && matches(fieldsOf(run), terms.value));
  });

  function valuesOf(field: string): string[] {
    const found = new Set<string>();
    for (const fields of records.value) {
      const value = fields[field] ?? null;
      if (Array.isArray(value)) for (const item of value as readonly string[]) found.add(item);
      else if (typeof value === 'boolean') found.add(value ? 'yes' : 'no');
      else if (value !== null) found.add(field === 'date' || field === 'finished' ? String(value).slice(0, 10) : String(value));
      if (found.size >= 200) break;
    }
    return [...found].sort();
  }
  const suggested = computed(() => completions(query.value, known.value, valuesOf));

  function dropTerm(from: number, to: number): void {
    query.value = `${query.value.slice(0, from)}${query.value.slice(to)}`.replace(/\s+/g, ' ').trim();
  }
  function sortBy(field: string): void {
    const { sort } = view.value;
    view.value = { ...view.value, sort: { field, descending: sort.field === field ? !sort.descending : field === 'date' || field === 'gain' } };
  }
  return { query, showArchived, view, known, parsed, terms, shown, suggested, fieldsOf, dropTerm, sortBy };
}
