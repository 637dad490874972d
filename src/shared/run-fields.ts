import type { Metrics, RunSummary } from './run.ts';
import { gainPercent, judgeText } from './verdict.ts';

/** What a run says under a name: a column of the table, and a field of the query language. */
export type FieldValue = string | number | boolean | null | readonly string[];
export type RunFields = Readonly<Record<string, FieldValue>>;
/** Whose metrics are meant: those of the epoch with the lowest validation loss, or of the last one. */
export type EpochChoice = 'best' | 'last';

/** Fields that every run has, before those of its settings and metrics. */
export const ownFields = ['name', 'id', 'status', 'dataset', 'device', 'backend', 'date', 'finished', 'seconds', 'epochs', 'best.epoch', 'gain', 'tag', 'star', 'note', 'archived', 'size', 'group'] as const;

/** Metrics of the chosen epoch; those that the run ended with where an older version judged it. */
export function metricsOf(run: RunSummary, epoch: EpochChoice): Metrics | null {
  return run.evaluations?.[epoch].metrics ?? run.metrics;
}

/**
 * Every field of a run, flat: its own, the paths of its settings ("model.hiddenSize"), the metrics of each part ("test.rmse", and
 * "persistence.test.rmse"). They are read off the run itself, so a setting or metric of another kind of run is a field too.
 */
export function runFields(run: RunSummary, epoch: EpochChoice): RunFields {
  const metrics = metricsOf(run, epoch);
  const fields: Record<string, FieldValue> = {
    name: run.name, id: run.id, status: run.status, dataset: run.datasetName, device: run.device?.device ?? null, backend: run.device?.backend ?? null,
    date: run.createdAt, finished: run.finishedAt, seconds: run.seconds, epochs: run.epochsDone, 'best.epoch': run.evaluations?.best.epoch ?? null,
    gain: run.classes ? classGain(run.classes[epoch]) : run.text ? textGain(run.text[epoch]) : gainPercent(metrics, run.persistence), tag: run.tags, star: run.starred, note: run.note, archived: run.archivedAt !== null, size: run.bytes,
    group: run.group?.name ?? null,
  };
  flatten(run.spec, '', fields);
  // The version of its form says nothing about the run.
  delete fields['version'];
  flatten(metrics, '', fields);
  // Of a text: bits, accuracy and perplexity of each part.
  flatten(run.text?.[epoch] ?? null, '', fields);
  // Of labelled sequences: accuracy, F1 and so on.
  flatten(run.classes?.[epoch] ?? null, '', fields);
  flatten(run.persistence, 'persistence.', fields);
  return fields;
}

/** How many percent fewer bits than by the character before alone, on the test part; negative when more. */
function textGain(metrics: NonNullable<RunSummary['text']>['best']): number | null {
  const verdict = judgeText(metrics);
  return verdict.kind === 'none' || verdict.split !== 'test' ? null : ((verdict.bigram - verdict.bits) / verdict.bigram) * 100;
}

/** How many percent fewer mistakes than by always guessing the most frequent class, on the test part; negative when more. */
function classGain({ test }: NonNullable<RunSummary['classes']>['best']): number | null {
  return test === null || test.baseline === 1 ? null : ((test.accuracy - test.baseline) / (1 - test.baseline)) * 100;
}

function flatten(value: unknown, path: string, into: Record<string, FieldValue>): void {
  for (const [key, inner] of Object.entries(value ?? {})) {
    if (Array.isArray(inner)) into[path + key] = inner.every((item) => typeof item === 'string') ? inner : JSON.stringify(inner);
    else if (inner !== null && typeof inner === 'object') flatten(inner, `${path}${key}.`, into);
    else if (inner === null || ['string', 'number', 'boolean'].includes(typeof inner)) into[path + key] = inner as FieldValue;
  }
}

/** Short words for long fields. */
const aliases: Record<string, string> = {
  hidden: 'model.hiddenSize', sequence: 'window.sequenceLength', lr: 'training.learningRate', rate: 'training.learningRate', batch: 'training.batchSize', created: 'date',
  tags: 'tag', starred: 'star', notes: 'note', took: 'seconds', bytes: 'size', engine: 'backend', data: 'dataset', 'epochs.set': 'training.epochs', target: 'roles.targets', 'roles.target': 'roles.targets',
};

/** The field that a word means: its whole name, a short word for it, or its last part (a metric's is then of the test part). null: none. */
export function fieldNamed(word: string, known: readonly string[]): string | null {
  const wanted = word.toLowerCase();
  const exact = known.find((field) => field.toLowerCase() === wanted);
  if (exact !== undefined) return exact;
  const alias = aliases[wanted];
  if (alias !== undefined && known.includes(alias)) return alias;
  const ends = known.filter((field) => field.toLowerCase().endsWith(`.${wanted}`));
  return ends.find((field) => field.startsWith('test.')) ?? ends.find((field) => !field.startsWith('persistence.')) ?? ends[0] ?? null;
}

/** All fields that any of the runs has: the own ones first, then settings, then metrics as they come. */
export function knownFields(all: Iterable<RunFields>): string[] {
  const found = new Set<string>(ownFields);
  for (const fields of all) for (const field in fields) found.add(field);
  return [...found];
}

/** Sorts by a field: numbers as numbers, text with the numbers in it as numbers; what has no value comes last both ways. */
export function sortByField<T>(items: readonly T[], fieldsOf: (item: T) => RunFields, field: string, descending: boolean, locale: string): T[] {
  const { compare } = new Intl.Collator(locale, { numeric: true });
  const keyed = items.map((item) => {
    const value = fieldsOf(item)[field] ?? null;
    return { item, key: Array.isArray(value) ? (value.length === 0 ? null : value.join(' ')) : typeof value === 'boolean' ? Number(value) : value as string | number | null };
  });
  const dates = field === 'date' || field === 'finished';
  keyed.sort(({ key: a }, { key: b }) => {
    if (a === null || b === null) return Number(a === null) - Number(b === null);
    const order = typeof a === 'number' && typeof b === 'number' ? a - b : dates ? (a < b ? -1 : a > b ? 1 : 0) : compare(String(a), String(b));
    return descending ? -order : order;
  });
  return keyed.map(({ item }) => item);
}
