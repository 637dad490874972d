import { z } from 'zod';
import type { RunSpec } from './spec.ts';

/** Characters of a unit at most. */
export const MAX_UNIT = 40;

/** Units by the name of their column; a column without one is not listed. */
export const unitsSchema = z.record(z.string(), z.string().max(MAX_UNIT));
export type Units = z.infer<typeof unitsSchema>;

/** What has units: `unit` is that of the first target; without `units` (as older versions kept it) it is that of every target. */
interface InUnits { unit: string; units?: Units | undefined }

/** The unit of a target; '' where nobody told it. */
export function unitOf({ unit, units }: InUnits, target: string): string {
  return units === undefined ? unit : units[target] ?? '';
}

/** The units as they are kept from now on. @param first the first target, whose unit `unit` is */
export function unitsOf({ unit, units }: InUnits, first: string | undefined): Units {
  return units ?? (unit === '' || first === undefined ? {} : { [first]: unit });
}

/** The same with one unit told anew; '' takes it away. */
export function withUnit(units: Units, column: string, unit: string): Units {
  const others = Object.fromEntries(Object.entries(units).filter(([name]) => name !== column));
  return unit === '' ? others : { ...others, [column]: unit };
}

/** The units of a run's targets, as its dataset has them; undefined for what is no series. */
export function targetUnits(dataset: InUnits, spec: RunSpec): Units | undefined {
  if (spec.task !== 'forecast') return undefined;
  return Object.fromEntries(spec.roles.targets.flatMap((target) => { const unit = unitOf(dataset, target); return unit === '' ? [] : [[target, unit]]; }));
}
