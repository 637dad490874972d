import type { SeriesTable } from '../../shared/dataset.ts';
import { inputError } from '../../shared/errors.ts';
import type { TargetInverse } from '../../shared/inverse.ts';
import { featuresOf, type Feature } from '../../shared/features.ts';
import type { Roles } from '../../shared/roles.ts';
import type { ForecastSpec } from '../../shared/spec.ts';
import { calendarValue } from './calendar.ts';
import { fitScaler, type Scaler } from './scaler.ts';

/** A column's values and how they are brought to the network's size; `fitted`: the scaler's, null where it is never scaled (booleans, one-hot). */
export interface ScaledColumn { name: string; values: Float64Array; scaler: Scaler; scaled: boolean; /** The way back to the file's unit, of a target that the recipe transformed. */ inverse?: TargetInverse }

const asItIs: Scaler = { offset: 0, scale: 1 };

/** @throws inputError 'data.unknown-column' */
function columnOf(table: SeriesTable, name: string, field: string): SeriesTable['columns'][number] {
  const found = table.columns.find((c) => c.name === name);
  if (found !== undefined) return found;
  throw inputError('data.unknown-column', `The data has no numeric column "${name}".`, {
    field, hint: `It has: ${table.columns.map((c) => c.name).join(', ')}.`, details: { column: name },
  });
}

/** Every column that goes in or comes out with its scaler, fitted on the rows before `trainEnd` alone; targets first, each column once. */
export function scaledColumns({ roles, scaling }: Pick<ForecastSpec, 'roles' | 'scaling'>, table: SeriesTable, trainEnd: number): ScaledColumn[] {
  const isTarget = new Set(roles.targets);
  return [...new Set([...roles.targets, ...roles.inputs])].map((name) => {
    const { values, inverse } = columnOf(table, name, isTarget.has(name) ? 'roles.targets' : 'roles.inputs');
    const kind = roles.encodings[name]?.kind;
    const scaled = kind !== 'boolean' && kind !== 'onehot';
    return { name, values, scaled, scaler: scaled ? fitScaler(scaling, values, trainEnd) : asItIs, ...(inverse === undefined ? {} : { inverse }) };
  });
}

/** @throws inputError 'roles.calendar' where the time is no date */
function checkCalendar(roles: Roles, { time }: SeriesTable): void {
  if (roles.calendar.length === 0 || time.kind === 'date') return;
  throw inputError('roles.calendar', `Calendar inputs need a time that is a date${time.kind === 'row' ? '' : `; "${time.name}" holds numbers`}.`, {
    field: 'roles.calendar', hint: 'Choose a column of dates as time, or no calendar inputs.', details: { column: time.name },
  });
}

/**
 * X of every row, [rows, features]: what `featuresOf` names, scaled. Beyond the last row an input known in the future is taken to
 * stay as it is; no window with targets reads it there.
 *
 * @param columns from `scaledColumns`, each as long as the times
 * @throws inputError 'roles.calendar'
 */
export function featureValues(roles: Roles, horizon: number, table: SeriesTable, columns: readonly ScaledColumn[]): { features: Feature[]; values: Float32Array } {
  checkCalendar(roles, table);
  const features = featuresOf(roles, horizon);
  const width = features.length;
  const { rows, time } = table;
  const into = new Float32Array(rows * width);
  features.forEach((feature, f) => {
    if (feature.kind === 'calendar') {
      for (let row = 0; row < rows; row++) into[row * width + f] = calendarValue(feature.of, feature.wave, time.values[row]!);
      return;
    }
    const { values, scaler: { offset, scale } } = columns.find(({ name }) => name === feature.column)!;
    const { lead, category } = feature;
    for (let row = 0; row < rows; row++) {
      const value = values[Math.min(row + lead, rows - 1)]!;
      into[row * width + f] = category === null ? (value - offset) / scale : value === category ? 1 : 0;
    }
  });
  return { features, values: into };
}

/** Y of every row, [rows, targets], scaled. @param columns from `scaledColumns`: the targets stand first */
export function targetValues(targets: readonly string[], rows: number, columns: readonly ScaledColumn[]): Float32Array {
  const into = new Float32Array(rows * targets.length);
  targets.forEach((_, k) => {
    const { values, scaler: { offset, scale } } = columns[k]!;
    for (let row = 0; row < rows; row++) into[row * targets.length + k] = (values[row]! - offset) / scale;
  });
  return into;
}
