import type { Column } from '../../shared/dataset.ts';
import type { Roles } from '../../shared/spec.ts';
import type { TableFacts } from '../describe.ts';

/**
 * The roles of a table after another recipe: those that a person chose, as far as their columns are there and can be used, else the
 * proposed ones. A time that could not be read before and can be now takes its part where there was none.
 *
 * @param before the columns as they were
 */
export function rolesAfter(old: Roles | null, before: readonly Column[], { columns, roles: proposed }: TableFacts): Roles | null {
  if (old === null || proposed === null) return proposed;
  const usable = (name: string) => columns.some((column) => column.name === name && column.numberProblem === null);
  if (!usable(old.target)) return proposed;
  const timeNow = columns.find(({ name }) => name === old.time);
  const mended = proposed.time !== null && before.some(({ name, timeProblem }) => name === proposed.time && timeProblem !== null);
  const time = old.time === null ? (mended ? proposed.time : null) : timeNow?.timeProblem === null ? old.time : null;
  const inputs = old.inputs.filter(usable);
  return { ...old, time, inputs: inputs.length > 0 ? inputs : [old.target] };
}
