import type { Column } from '../../shared/dataset.ts';
import type { Roles } from '../../shared/spec.ts';

export const roleNames = ['time', 'target', 'input', 'ignored'] as const;
export type RoleName = (typeof roleNames)[number];

/** The part that a column plays; the target's own past is an input too, and the target's name wins. */
export function roleOf(roles: Roles | null, column: string): RoleName {
  if (roles === null) return 'ignored';
  if (roles.target === column) return 'target';
  if (roles.time === column) return 'time';
  return roles.inputs.includes(column) ? 'input' : 'ignored';
}

/**
 * Roles after one column takes a part. There is always one target and at least one input: a new target takes the
 * old one's place among the inputs, and where no input would be left the target's own past is it.
 * null where the column cannot give up its part (the target, before another is chosen).
 */
export function assignRole(roles: Roles | null, column: string, role: RoleName): Roles | null {
  if (roles === null) return role === 'target' ? { time: null, target: column, inputs: [column] } : null;
  if (role === 'target') {
    const swapped = roles.inputs.map((name) => (name === roles.target ? column : name));
    return { time: roles.time === column ? null : roles.time, target: column, inputs: withInput([...new Set(swapped)], column) };
  }
  if (roles.target === column) return null;
  const inputs = roles.inputs.filter((name) => name !== column);
  if (role === 'input') return { ...roles, time: roles.time === column ? null : roles.time, inputs: [...inputs, column] };
  const time = role === 'time' ? column : roles.time === column ? null : roles.time;
  return { ...roles, time, inputs: withInput(inputs, roles.target) };
}

function withInput(inputs: string[], fallback: string): string[] {
  return inputs.length === 0 ? [fallback] : inputs;
}

/** Whether the target's own past goes in; it must where it is the only input. */
export function withTargetPast(roles: Roles, on: boolean): Roles {
  const others = roles.inputs.filter((name) => name !== roles.target);
  return { ...roles, inputs: on || others.length === 0 ? [roles.target, ...others] : others };
}

/** Which parts a column could play, and for the others why not. */
export function roleRefusals(column: Column, roles: Roles | null): Partial<Record<RoleName, 'number' | 'time' | 'last-target'>> {
  const refusals: Partial<Record<RoleName, 'number' | 'time' | 'last-target'>> = {};
  if (column.numberProblem !== null) refusals.target = refusals.input = 'number';
  if (column.timeProblem !== null) refusals.time = 'time';
  if (roles?.target === column.name) refusals.time = refusals.input = refusals.ignored = 'last-target';
  return refusals;
}
