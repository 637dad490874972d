import { defaultSpec } from '../../shared/defaults.ts';
import { severities, type Examination, type Finding } from '../../shared/findings.ts';
import { rolesOf } from '../../shared/roles.ts';
import { describeTable, type TableFacts } from '../describe.ts';
import type { Table } from '../table.ts';
import { readTimeColumn } from '../time-column.ts';
import { columnFindings } from './columns.ts';
import { partsOf, rowFindings, shiftFindings } from './parts.ts';
import { structureFindings } from './structure.ts';
import { timeColumnOf, timeFindings } from './times.ts';

/** What a table is for as long as nobody said so: the proposed roles and the settings that a run would begin with. */
export function proposedExamination({ roles, rows, secondsPerRow }: Pick<TableFacts, 'roles' | 'rows' | 'secondsPerRow'>): Examination {
  const { split, window } = defaultSpec(roles ?? rolesOf(null, ''), rows, secondsPerRow);
  return { time: roles?.time ?? null, targets: roles?.targets ?? [], inputs: roles?.inputs ?? [], split, window };
}

type Facts = Pick<TableFacts, 'columns' | 'roles' | 'rows' | 'secondsPerRow'>;

/**
 * Looks a table over: its time, every column, its parts. Nothing is changed; each finding says how it can be mended.
 *
 * @param facts of this table
 * @returns errors first, then warnings; within them the table as a whole, the time and the columns in their order
 */
export function examine(table: Table, question: Examination | null = null, facts: Facts = describeTable(table)): Finding[] {
  const looking = examining(table, question, facts);
  for (let step = looking.next(); ; step = looking.next()) if (step.done === true) return step.value;
}

/** The same in pieces, so that a long table does not hold up whoever waits for the thread. Yields the share that was looked at, 0 to 1. */
export function* examining(table: Table, question: Examination | null, facts: Facts): Generator<number, Finding[], void> {
  const asked = question ?? proposedExamination(facts);
  const timeAt = timeColumnOf(facts.columns, asked.time);
  const found = structureFindings(table);
  yield 0;
  if (timeAt >= 0 && !asked.targets.includes(table.names[timeAt]!)) found.push(...timeFindings(table, timeAt));
  // What cannot be read as time yet is no time to interpolate along.
  const time = timeAt >= 0 && readTimeColumn(table, timeAt).ok ? table.names[timeAt]! : null;
  const parts = partsOf(table, asked);
  for (const [c, column] of facts.columns.entries()) {
    yield (c + 1) / (facts.columns.length + 1);
    if (c === timeAt) continue;
    // Where nothing could be proposed any column of numbers may be what is wanted.
    const use = asked.targets.includes(column.name) ? 'target' : asked.inputs.includes(column.name) || asked.targets.length === 0 ? 'input' : 'none';
    found.push(...columnFindings(table, c, column, use, time));
    if (use !== 'none' && column.type === 'number') found.push(...shiftFindings(table, c, use === 'target', parts));
  }
  found.push(...rowFindings(table, asked));
  return found.sort((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity));
}
