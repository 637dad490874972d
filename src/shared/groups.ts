import type { RunSummary } from './run.ts';
import type { RunFields } from './run-fields.ts';
import { spreadOf, welchInterval, type Spread } from './welch.ts';

/** Runs that belong together in a comparison, and the spread of a metric over them; null where none of them has it. */
export interface RunGroup { key: string; name: string; runs: RunSummary[]; values: number[]; spread: Spread | null }

/**
 * Runs in groups.
 * @param by a field; '' groups the runs whose settings and data differ in nothing but the seed
 */
export function groupRuns(runs: readonly RunSummary[], fieldsOf: (run: RunSummary) => RunFields, by: string, metric: string): RunGroup[] {
  const found = new Map<string, RunSummary[]>();
  for (const run of runs) {
    const key = by !== '' ? String(fieldsOf(run)[by] ?? '–') : JSON.stringify(run.spec, (name: string, value: unknown) => (name === 'seed' ? undefined : value)) + run.datasetName;
    found.set(key, [...(found.get(key) ?? []), run]);
  }
  return [...found].map(([key, members]) => {
    const values = members.map((run) => fieldsOf(run)[metric]).filter((value): value is number => typeof value === 'number');
    return { key, name: by === '' ? members[0]!.name : key, runs: members, values, spread: values.length === 0 ? null : spreadOf(values) };
  });
}

/** Each later group held against the first; null where a group of one run says nothing about its noise. */
export function againstFirst(groups: readonly RunGroup[]): { a: RunGroup; b: RunGroup; interval: ReturnType<typeof welchInterval> }[] {
  const [a, ...rest] = groups;
  return a === undefined ? [] : rest.map((b) => ({ a, b, interval: welchInterval(a.values, b.values) }));
}
