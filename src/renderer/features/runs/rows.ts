import type { RunFields } from '../../../shared/run-fields.ts';
import type { RunSummary } from '../../../shared/run.ts';
import { spreadOf, type Spread } from '../../../shared/welch.ts';

/** Runs of one group of seeds, as the table shows them. */
export interface GroupRow { kind: 'group'; id: string; name: string; runs: RunSummary[] }
export type TableRow = GroupRow | { kind: 'run'; id: string; run: RunSummary; inside: boolean };

/** The runs as rows: those of a group are one row at the place of its first, with its runs below it where it is open. */
export function tableRows(runs: readonly RunSummary[], open: ReadonlySet<string>): TableRow[] {
  const members = new Map<string, RunSummary[]>();
  for (const run of runs) {
    if (run.group === null) continue;
    const known = members.get(run.group.id);
    if (known === undefined) members.set(run.group.id, [run]);
    else known.push(run);
  }
  const rows: TableRow[] = [];
  const done = new Set<string>();
  for (const run of runs) {
    const together = run.group === null ? undefined : members.get(run.group.id);
    if (run.group === null || together === undefined || together.length < 2) {
      rows.push({ kind: 'run', id: run.id, run, inside: false });
    } else if (!done.has(run.group.id)) {
      done.add(run.group.id);
      rows.push({ kind: 'group', id: run.group.id, name: run.group.name, runs: together });
      if (open.has(run.group.id)) for (const one of together) rows.push({ kind: 'run', id: one.id, run: one, inside: true });
    }
  }
  return rows;
}

/** What a group says in a column: the spread of numbers, the value that all share, or null. */
export function groupValue(runs: readonly RunSummary[], fieldsOf: (run: RunSummary) => RunFields, field: string): Spread | RunSummary | null {
  const values = runs.map((run) => fieldsOf(run)[field] ?? null);
  const shared = JSON.stringify(values[0]);
  if (values.every((value) => JSON.stringify(value) === shared)) return runs[0] ?? null;
  const numbers = values.filter((value): value is number => typeof value === 'number');
  return numbers.length === 0 || values.some((value) => value !== null && typeof value !== 'number') ? null : spreadOf(numbers);
}
