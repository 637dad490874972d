import { inputError } from '../shared/errors.ts';
import { markLimits, tagSchema, type RunMarks, type RunSummary } from '../shared/run.ts';
import { fieldNamed, knownFields, metricsOf, runFields, sortByField, type EpochChoice, type FieldValue, type RunFields } from '../shared/run-fields.ts';
import { matches, parseQuery } from '../shared/run-query.ts';
import type { Storage } from '../storage/index.ts';
import { numberOr, type Options } from './options.ts';
import { openStore } from './store.ts';
import { runsTable } from './tables.ts';

const PAGE = 500;

export const listOptions = {
  json: { type: 'boolean' }, db: { type: 'string' }, filter: { type: 'string' }, sort: { type: 'string' }, limit: { type: 'string' }, last: { type: 'boolean' }, all: { type: 'boolean' }, trash: { type: 'boolean' },
} as const;

export function withStore<T>(db: string | boolean | undefined, use: (storage: Storage) => T): T {
  const storage = openStore(db);
  try {
    return use(storage);
  } finally {
    storage.close();
  }
}

function allRuns(storage: Storage, removed: boolean): RunSummary[] {
  const all: RunSummary[] = [];
  let before: string | null = null;
  do {
    const page: { runs: RunSummary[]; next: string | null } = storage.runs.page(before, PAGE, removed);
    all.push(...page.runs);
    before = page.next;
  } while (before !== null);
  return all;
}

/** `unroll runs`: archived ones with --all (or where the filter asks for them), removed ones with --trash. */
export function listRuns({ values, positionals }: Options): number {
  if (positionals.length > 0) throw inputError('cli.usage', `unroll runs takes no "${positionals[0]}".`);
  return withStore(values['db'], (storage) => {
    const epoch: EpochChoice = values['last'] === true ? 'last' : 'best';
    const every = allRuns(storage, values['trash'] === true);
    const fields = new Map<RunSummary, RunFields>(every.map((run) => [run, runFields(run, epoch)]));
    const known = knownFields(fields.values());
    const sample = (field: string): FieldValue => [...fields.values()].find((run) => (run[field] ?? null) !== null)?.[field] ?? null;
    const query = typeof values['filter'] === 'string' ? values['filter'] : '';
    const parsed = parseQuery(query, known, sample);
    if (!parsed.ok) throw inputError(parsed.error.data.code, parsed.error.message, { ...parsed.error.data, field: '--filter', hint: 'For example: --filter \'cell:lstm hidden>32 tag:good rmse<0.2\'.' });
    const archived = values['all'] === true || values['trash'] === true || parsed.terms.some((term) => term.field === 'archived');
    let runs = every.filter((run) => (archived || run.archivedAt === null) && matches(fields.get(run)!, parsed.terms));
    if (typeof values['sort'] === 'string') {
      const descending = values['sort'].startsWith('-');
      const field = fieldNamed(values['sort'].replace(/^[-+]/, ''), known);
      if (field === null) throw inputError('cli.usage', `--sort: there is no field "${values['sort'].replace(/^[-+]/, '')}".`, { field: '--sort', hint: `Fields: ${known.join(', ')}.` });
      runs = sortByField(runs, (run) => fields.get(run)!, field, descending, 'en');
    }
    if (values['limit'] !== undefined) {
      const limit = numberOr(String(values['limit']));
      if (typeof limit !== 'number' || !Number.isInteger(limit) || limit < 1) throw inputError('cli.usage', `--limit must be a whole number from 1 on (got ${String(values['limit'])}).`, { field: '--limit' });
      runs = runs.slice(0, limit);
    }
    if (values['json'] === true) for (const run of runs) process.stdout.write(`${JSON.stringify(run)}\n`);
    else if (every.length === 0) process.stdout.write(values['trash'] === true ? 'The trash is empty.\n' : 'No runs yet. unroll train FILE --target NAME makes one.\n');
    else process.stdout.write(runs.length === 0 ? `None of ${every.length} runs fits.\n` : `${runsTable(runs.map((run) => ({ ...run, metrics: metricsOf(run, epoch) })))}\n`);
    return 0;
  });
}

/** The runs that some words name: each the start of an id. */
export function findRuns(storage: Storage, ids: readonly string[], command: string, example: string): RunSummary[] {
  if (ids.length === 0) throw inputError('cli.usage', `unroll ${command} needs a run id.`, { hint: example });
  return [...new Map(ids.map((id) => { const run = storage.runs.find(id); return [run.id, run] as const; })).values()];
}

function report(storage: Storage, runs: readonly RunSummary[], json: boolean, done: string): void {
  for (const { id } of runs) {
    const run = storage.runs.summary(id);
    process.stdout.write(json ? `${JSON.stringify(run)}\n` : `${run.name} (${id}) ${done}\n`);
  }
}

/** `unroll tag ID... +good -old`: a word with neither sign is a run. */
export function tagRuns(args: readonly string[], { values }: Options): number {
  return withStore(values['db'], (storage) => {
    const isChange = (word: string) => /^[+-]./.test(word);
    const tags = args.filter(isChange);
    const example = 'unroll tag run-4f +good -old';
    const runs = findRuns(storage, args.filter((word) => !isChange(word)), 'tag', example);
    if (tags.length === 0) throw inputError('cli.usage', 'unroll tag needs a tag to add (+good) or to take away (-good).', { hint: example });
    const wrong = tags.find((word) => !tagSchema.safeParse(word.slice(1)).success);
    if (wrong !== undefined) throw inputError('cli.usage', `"${wrong.slice(1)}" is no tag: one word of at most ${markLimits.tag} letters, digits and . _ / + -.`, { field: 'tag' });
    const of = (sign: string) => tags.filter((word) => word.startsWith(sign)).map((word) => word.slice(1));
    storage.marks.change(runs.map((run) => run.id), { addTags: of('+'), removeTags: of('-') });
    for (const { id } of runs) {
      const run = storage.runs.summary(id);
      process.stdout.write(values['json'] === true ? `${JSON.stringify(run)}\n` : `${run.name} (${id}): ${run.tags.length === 0 ? 'no tags' : run.tags.join(', ')}\n`);
    }
    return 0;
  });
}

/** `unroll note ID [TEXT]`: without a text it prints the note. */
export function noteRun({ values, positionals: [id, ...words] }: Options): number {
  return withStore(values['db'], (storage) => {
    const [run] = findRuns(storage, id === undefined ? [] : [id], 'note', 'unroll note run-4f "worked **well**"');
    if (words.length > 0) storage.marks.note(run!.id, words.join(' '));
    const { note } = storage.runs.summary(run!.id);
    process.stdout.write(values['json'] === true ? `${JSON.stringify({ id: run!.id, note })}\n` : `${note === '' ? 'No note.' : note}\n`);
    return 0;
  });
}

/** `unroll archive|delete|restore ID...`; `delete --forever` empties what it names out of the trash. */
export function moveRuns(command: 'archive' | 'delete' | 'restore', { values, positionals }: Options): number {
  return withStore(values['db'], (storage) => {
    const json = values['json'] === true;
    const example = `unroll ${command} run-4f`;
    // Runs in the trash are found by their ids too: they are what restore and delete --forever are about.
    const trash = command === 'archive' ? [] : storage.marks.trash();
    const named = positionals.map((word) => trash.filter((id) => id.startsWith(word) || id.slice(4).startsWith(word))).map((ids) => (ids.length === 1 ? ids[0]! : null));
    const removed = named.filter((id) => id !== null);
    const forever = values['forever'] === true;
    if (positionals.length === 0) throw inputError('cli.usage', `unroll ${command} needs a run id.`, { hint: example });
    const rest = positionals.filter((_, i) => named[i] === null);
    const runs = rest.length === 0 ? [] : findRuns(storage, rest, command, example);
    if (command === 'delete' && forever) {
      storage.marks.change(runs.map((run) => run.id), { removed: true });
      const ids = [...removed, ...runs.map((run) => run.id)];
      storage.marks.erase(ids);
      process.stdout.write(json ? `${JSON.stringify({ erased: ids })}\n` : `${ids.length} deleted for good.\n`);
      return 0;
    }
    const marks: RunMarks = command === 'archive' ? { archived: true } : command === 'delete' ? { removed: true } : { archived: false, removed: false };
    const all = [...removed.map((id) => storage.runs.summary(id)), ...runs];
    storage.marks.change(all.map((run) => run.id), marks);
    report(storage, all, json, command === 'archive' ? 'archived.' : command === 'delete' ? 'moved to the trash (unroll restore brings it back).' : 'restored.');
    return 0;
  });
}
