import type { Backend } from '../../engine/backend.ts';
import { codesOf, unknownCategory } from '../../data/preparing/encode.ts';
import { featureValues, type ScaledColumn } from '../../data/preparing/features.ts';
import { parseNumber } from '../../data/numbers.ts';
import type { SeriesTable } from '../../shared/dataset.ts';
import { inputError } from '../../shared/errors.ts';
import { invertPaths } from '../../shared/inverse.ts';
import type { Insight } from '../../shared/insight.ts';
import { categoriesOf } from '../../shared/roles.ts';
import type { ForecastSpec } from '../../shared/spec.ts';
import { recursiveForecast, type Inputs } from './recursive.ts';

/** Values of the inputs known in the future, as a file would hold them, from the first row after the last on. */
export type KnownValues = Readonly<Record<string, readonly string[]>>;

/** Which inputs a forecast beyond the end asks for. */
export function neededInputs({ roles }: Pick<ForecastSpec, 'roles'>): Insight['forecastNeeds'] {
  return roles.known.map((column) => {
    const encoding = roles.encodings[column];
    return { column, categories: encoding === undefined ? null : categoriesOf(encoding) };
  });
}

/** Why a forecast of so many steps cannot be made; null where it can. In English. */
export function beyondProblem(spec: ForecastSpec, steps: number, known: KnownValues): string | null {
  const { roles, window: { horizon } } = spec;
  const unknown = roles.inputs.filter((name) => !roles.targets.includes(name) && !roles.known.includes(name));
  const listed = (names: readonly string[]) => names.map((name) => `"${name}"`).join(', ');
  if (steps > horizon && unknown.length > 0) {
    return `The network predicts ${horizon} ${horizon === 1 ? 'step' : 'steps'} at once, and its ${unknown.length === 1 ? 'input' : 'inputs'} ${listed(unknown)} ${unknown.length === 1 ? 'is' : 'are'} not known beyond the end.`;
  }
  const asked = roles.known.filter((name) => known[name] === undefined);
  return asked.length === 0 ? null : `The forecast needs the values of ${listed(asked)} at the ${steps === 1 ? 'step' : `${steps} steps`} beyond the end.`;
}

/** The numbers of an input known in the future, [steps]. @throws inputError 'forecast.known' or 'data.unknown-category' */
function knownNumbers({ roles }: ForecastSpec, column: string, given: readonly string[], steps: number): number[] {
  if (given.length < steps) {
    throw inputError('forecast.known', `The forecast needs ${steps} ${steps === 1 ? 'value' : 'values'} of "${column}" (got ${given.length}).`, { field: column, details: { column, steps, got: given.length } });
  }
  const encoding = roles.encodings[column];
  if (encoding !== undefined) {
    const codeOf = codesOf(encoding);
    return given.slice(0, steps).map((cell, i) => codeOf(cell) ?? (() => { throw unknownCategory(column, cell, encoding, `Step ${i + 1}, `); })());
  }
  return given.slice(0, steps).map((cell, i) => {
    const value = [parseNumber(cell, '.'), parseNumber(cell, ',')].find(Number.isFinite);
    if (value !== undefined) return value;
    throw inputError('forecast.known-number', `Step ${i + 1}: "${cell}" is no number for "${column}".`, { field: column, details: { column, step: i + 1, cell } });
  });
}

/**
 * What goes in, with `more` rows after the last one: times go on, inputs known in the future as given (after the given ones the last
 * stays), everything else as in the last row, which is never read (`recursiveForecast`).
 *
 * @param columns with the scalers that the network was trained with, values [table.rows]
 * @throws inputError for values that cannot be read
 */
export function inputsBeyond(spec: ForecastSpec, table: SeriesTable, columns: readonly ScaledColumn[], known: KnownValues, steps: number, more: number): Inputs {
  const rows = table.rows + more;
  const time = new Float64Array(rows);
  time.set(table.time.values);
  time.set(timesBeyond(table, more), table.rows);
  const longer = columns.map((column) => {
    const given = spec.roles.known.includes(column.name) ? known[column.name] : undefined;
    const values = new Float64Array(rows).fill(column.values[table.rows - 1] ?? 0);
    values.set(column.values);
    if (given !== undefined) {
      const numbers = knownNumbers(spec, column.name, given, steps);
      values.set(numbers, table.rows);
      values.fill(numbers.at(-1)!, table.rows + numbers.length);
    }
    return { ...column, values };
  });
  return featureValues(spec.roles, spec.window.horizon, { rows, time: { ...table.time, values: time }, columns: longer }, longer);
}

/** What comes after a table's last row. */
export interface Beyond {
  method: 'direct' | 'recursive';
  time: Float64Array;
  /** Each target's, [steps], in its unit. */
  targets: { name: string; values: Float64Array }[];
}

interface Question {
  backend: Backend; spec: ForecastSpec;
  /** The file whose next steps are asked for: the one that was trained on, or a new one with the same columns. */
  table: SeriesTable;
  /** From `prepare` or `columnsWith`: the table's columns with the scalers of the training. */
  columns: readonly ScaledColumn[];
  known: KnownValues; steps: number;
  pause: () => Promise<boolean>;
}

/**
 * The next steps of every target after the last row. Up to the horizon directly; beyond it predictions go in again. Another series
 * is loaded into the backend afterwards.
 *
 * @returns null when cancelled
 * @throws inputError 'forecast.impossible' with the reason (ask `beyondProblem` first), 'data.too-few-rows', or what is wrong with the known values
 */
export async function forecastFrom({ backend, spec, table, columns, known, steps, pause }: Question): Promise<Beyond | null> {
  const { roles, window: { horizon, sequenceLength } } = spec;
  const problem = beyondProblem(spec, steps, known);
  if (problem !== null) throw inputError('forecast.impossible', problem, { details: { reason: problem } });
  if (table.rows < sequenceLength) {
    throw inputError('data.too-few-rows', `The data has ${table.rows} ${table.rows === 1 ? 'row' : 'rows'}, and a sequence length of ${sequenceLength} needs at least ${sequenceLength}.`, { details: { rows: table.rows, sequenceLength, horizon, needed: sequenceLength } });
  }
  const inputs = inputsBeyond(spec, table, columns, known, steps, Math.ceil(steps / horizon) * horizon);
  const said = await recursiveForecast(backend, inputs, roles.targets, spec.window, Int32Array.of(table.rows), steps, pause);
  if (said === null) return null;
  return { method: steps <= horizon ? 'direct' : 'recursive', time: timesBeyond(table, steps), targets: unscaled(said, roles.targets, columns, Int32Array.of(table.rows)) };
}

/** [origins, steps, targets] scaled -> each target's [origins * steps] in the unit of the file. @param origins the row of the first step of each */
export function unscaled(said: Float64Array, targets: readonly string[], columns: readonly ScaledColumn[], origins: Int32Array): { name: string; values: Float64Array }[] {
  return targets.map((name, k) => {
    const { scaler: { offset, scale }, inverse } = columns.find((column) => column.name === name)!;
    const values = Float64Array.from({ length: said.length / targets.length }, (_, i) => said[i * targets.length + k]! * scale + offset);
    return { name, values: inverse === undefined ? values : invertPaths(inverse, origins, values, values.length / Math.max(1, origins.length)) };
  });
}

const MONTH_DAYS = [28, 31];
const DAY = 86_400_000;

/** Times after the last row: row numbers go on; dates by whole months where the data does, else by the last median gap. */
export function timesBeyond({ time, rows }: Pick<SeriesTable, 'time' | 'rows'>, steps: number): Float64Array {
  const last = time.values[rows - 1] ?? 0;
  const gaps = time.values.slice(Math.max(1, rows - 50)).map((value, i) => value - time.values[Math.max(1, rows - 50) + i - 1]!).sort();
  const gap = gaps[Math.floor(gaps.length / 2)] ?? 1;
  const months = time.kind === 'date' ? wholeMonths(gap) : null;
  return Float64Array.from({ length: steps }, (_, i) => {
    if (months === null) return last + (i + 1) * gap;
    const date = new Date(last);
    const day = date.getUTCDate();
    date.setUTCDate(1);
    date.setUTCMonth(date.getUTCMonth() + (i + 1) * months);
    const longest = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
    date.setUTCDate(Math.min(day, longest));
    return date.getTime();
  });
}

/** 1, 3, 6 or 12 where the median gap is one of so many months; else null. */
function wholeMonths(gap: number): number | null {
  return [1, 3, 6, 12].find((months) => gap >= MONTH_DAYS[0]! * DAY * months && gap <= MONTH_DAYS[1]! * DAY * months) ?? null;
}
