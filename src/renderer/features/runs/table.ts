import { computed, ref, shallowRef, watch } from 'vue';
import { defaultRunsView, type RunsView } from '../../../shared/contract.ts';
import type { RunSummary } from '../../../shared/run.ts';
import { knownFields, runFields, sortByField, type FieldValue, type RunFields } from '../../../shared/run-fields.ts';
import { completions, matches, parseQuery, textOf, type Term } from '../../../shared/run-query.ts';
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
  /** Columns of numbers stand to the right; told from all runs, so that a column does not jump while a query is typed. */
  const numeric = computed(() => new Set(['name', ...view.value.columns, 'test.bitsPerCharacter', 'test.accuracy'].filter((field) => records.value.some((fields) => typeof fields[field] === 'number'))));
  watch(records, (all) => { gatherTexts(all); }, { immediate: true });
  const sorted = computed(() => sortByField(all(), fieldsOf, view.value.sort.field, view.value.sort.descending, language()));
  const sample = (field: string): FieldValue => records.value.find((fields) => (fields[field] ?? null) !== null)?.[field] ?? null;
  const parsed = computed(() => parseQuery(query.value, known.value, sample));
  /** While a term is half typed the rows stay as the query last had them. */
  const terms = computed<readonly Term[]>((before) => (parsed.value.ok ? parsed.value.terms : before ?? []));
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
  return { query, showArchived, view, known, parsed, terms, shown, suggested, numeric, fieldsOf, dropTerm, sortBy };
}

/** The texts of all runs, gathered while nothing else is to be done, so that the first letter of a search is as quick as the others. */
function gatherTexts(records: readonly RunFields[], from = 0): void {
  if (from >= records.length) return;
  requestIdleCallback((idle) => {
    let at = from;
    do { for (const end = Math.min(records.length, at + 100); at < end; at++) textOf(records[at]!); } while (at < records.length && idle.timeRemaining() > 4);
    gatherTexts(records, at);
  });
}
