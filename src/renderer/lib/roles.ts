import type { Column } from '../../shared/dataset.ts';
import { rolesOf, type Encoding, type Roles } from '../../shared/roles.ts';

/** `further`: a target beside the first one. */
export const roleNames = ['time', 'target', 'further', 'input', 'ignored'] as const;
export type RoleName = (typeof roleNames)[number];

/** The part that a column plays; a target's own past is an input too, and the target's name wins. */
export function roleOf(roles: Roles | null, column: string): RoleName {
  if (roles === null) return 'ignored';
  const place = roles.targets.indexOf(column);
  if (place >= 0) return place === 0 ? 'target' : 'further';
  if (roles.time === column) return 'time';
  return roles.inputs.includes(column) ? 'input' : 'ignored';
}

/**
 * Roles after one column takes a part. There is always a target and at least one input: a new (first) target takes the
 * old one's place, also among the inputs, and where no input would be left the first target's own past is it.
 * null where the column cannot give up its part (the only target, before another is chosen).
 *
 * @param encoding of a column whose cells are no numbers, where it becomes an input
 */
export function assignRole(roles: Roles | null, column: string, role: RoleName, encoding: Encoding | null = null): Roles | null {
  if (roles === null) return role === 'target' ? rolesOf(null, column) : null;
  const without = (names: readonly string[]) => names.filter((name) => name !== column);
  const isTarget = roles.targets.includes(column);
  if (role === 'target') {
    const [old] = roles.targets;
    const swapped = roles.inputs.map((name) => (name === old && !isTarget ? column : name));
    return tidy({ ...roles, time: roles.time === column ? null : roles.time, targets: [column, ...without(isTarget ? roles.targets : roles.targets.slice(1))], inputs: [...new Set(swapped)] });
  }
  if (isTarget && role !== 'further' && roles.targets.length === 1) return null;
  const targets = role === 'further' ? [...without(roles.targets), column] : without(roles.targets);
  const time = role === 'time' ? column : roles.time === column ? null : roles.time;
  // The order of the inputs is that of the network's features: who is one already keeps its place.
  const stays = (role === 'input' || role === 'further') && roles.inputs.includes(column);
  const inputs = stays ? roles.inputs : role === 'input' || role === 'further' ? [...without(roles.inputs), column] : without(roles.inputs);
  const encodings = role === 'input' && encoding !== null && roles.encodings[column] === undefined ? { ...roles.encodings, [column]: encoding } : roles.encodings;
  return tidy({ ...roles, time, targets: targets.length === 0 ? [column] : targets, inputs, encodings });
}

/** Takes away what belongs to no input any more, and leaves at least one. */
function tidy(roles: Roles): Roles {
  const inputs = roles.inputs.length + (roles.time === null ? 0 : roles.calendar.length) === 0 ? [roles.targets[0]!] : roles.inputs;
  const open = (name: string) => inputs.includes(name) && !roles.targets.includes(name);
  return {
    ...roles, inputs, encodings: Object.fromEntries(Object.entries(roles.encodings).filter(([name]) => open(name))),
    known: roles.known.filter(open), calendar: roles.time === null ? [] : roles.calendar,
  };
}

/** Whether a target's own past goes in; it must where it is the only input. */
export function withOwnPast(roles: Roles, target: string, on: boolean): Roles {
  const others = roles.inputs.filter((name) => name !== target);
  return tidy({ ...roles, inputs: !on ? others : roles.inputs.includes(target) ? roles.inputs : [target, ...others] });
}

/** How an input's cells go in; null: as numbers. */
export function withEncoding(roles: Roles, column: string, encoding: Encoding | null): Roles {
  const others = Object.entries(roles.encodings).filter(([name]) => name !== column);
  return tidy({ ...roles, encodings: Object.fromEntries(encoding === null ? others : [...others, [column, encoding]]) });
}

export function withKnown(roles: Roles, column: string, on: boolean): Roles {
  const others = roles.known.filter((name) => name !== column);
  return tidy({ ...roles, known: on ? [...others, column] : others });
}

type Refusal = 'number' | 'time' | 'last-target';

/** Which parts a column could play, and for the others why not. */
export function roleRefusals(column: Column, roles: Roles | null): Partial<Record<RoleName, Refusal>> {
  const refusals: Partial<Record<RoleName, Refusal>> = {};
  if (column.numberProblem !== null) refusals.target = refusals.further = 'number';
  if (column.numberProblem !== null && column.encoding === null) refusals.input = 'number';
  if (column.timeProblem !== null) refusals.time = 'time';
  if (roles === null || (roles.targets.length === 1 && roles.targets[0] === column.name)) refusals.further = 'last-target';
  if (roles?.targets.length === 1 && roles.targets[0] === column.name) refusals.time = refusals.input = refusals.ignored = 'last-target';
  return refusals;
}
