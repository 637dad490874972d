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
  const found = (name: string) => columns.find((column) => column.name === name);
  const isNumber = (name: string) => found(name)?.numberProblem === null;
  const targets = old.targets.filter(isNumber);
  if (targets.length === 0) return proposed;
  // It was the target only because nothing else could be read.
  const varies = (name: string) => { const column = found(name); return column === undefined || column.min !== column.max; };
  if (!targets.some(varies) && proposed.targets.some(varies)) return proposed;
  const mended = proposed.time !== null && before.some(({ name, timeProblem }) => name === proposed.time && timeProblem !== null);
  const time = old.time === null ? (mended ? proposed.time : null) : found(old.time)?.timeProblem === null ? old.time : null;
  const inputs = old.inputs.filter((name) => (old.encodings[name] === undefined ? isNumber(name) : found(name) !== undefined));
  const calendar = time === null ? [] : old.calendar;
  const stays = (name: string) => inputs.includes(name) && !targets.includes(name);
  return {
    time, targets, inputs: inputs.length + calendar.length > 0 ? inputs : [targets[0]!], calendar,
    encodings: Object.fromEntries(Object.entries(old.encodings).filter(([name]) => stays(name))), known: old.known.filter(stays),
  };
}
