import { inputError, type AppError } from '../shared/errors.ts';
import { gather } from './made.ts';
import { epochUnit, fromEpoch } from './epoch.ts';
import { readNumberColumn } from './number-column.ts';
import { isMissing } from './numbers.ts';
import { cellAt, columnIndex, type Table } from './table.ts';
import { quickIso } from './time-bytes.ts';
import { formatsOf, readTime, type TimeFormat } from './time-format.ts';
import { shortened } from './words.ts';

/** values: [rows], epoch milliseconds (UTC) for dates, strictly increasing; `epoch`: the cells are numbers that count from 1970. */
export type TimeColumn = { ok: true; kind: 'date' | 'number'; epoch: boolean; values: Float64Array } | { ok: false; problem: AppError };

/** A table never changes: what was read once is not read again. */
const known = new WeakMap<Table, Map<number, TimeColumn>>();

/**
 * Reads a column as time: one format throughout, real dates, strictly increasing. `problem` names the first line that is not.
 * The values are shared: whoever changes them takes a copy.
 */
export function readTimeColumn(table: Table, c: number): TimeColumn {
  const columns = known.get(table) ?? new Map<number, TimeColumn>();
  known.set(table, columns);
  const column = columns.get(c) ?? read(table, c);
  columns.set(c, column);
  return column;
}

function read(table: Table, c: number): TimeColumn {
  const found = readTimes(table, c);
  if (!found.ok) return found;
  const { format, values } = found;
  for (let row = 0; row < table.rows; row++) {
    const value = values[row]!;
    if (Number.isNaN(value)) {
      return problemAt(table, c, row, 'data.no-such-date', (cell) => `there is no date "${cell}"`, 'Correct the cell, or choose another time column.');
    }
    if (row > 0 && !(value > values[row - 1]!)) {
      const before = shortened(cellAt(table, row - 1, c));
      return problemAt(table, c, row, 'data.time-order', (cell) => `"${cell}" does not come after "${before}" in the row before`,
        'The data doctor sorts the rows and keeps one for each time; or use the row number as time.', { before });
    }
  }
  return { ok: true, kind: format === 'number' ? 'number' : 'date', epoch: format === 'epoch', values };
}

/** values: [rows] in any order, NaN where the calendar has no such day. */
export type Times = { ok: true; format: TimeFormat; values: Float64Array } | { ok: false; problem: AppError };

const knownTimes = new WeakMap<Table, Map<number, Times>>();

/** The values in the one format that fits every cell, in whatever order they are. They are shared: whoever changes them takes a copy. */
export function readTimes(table: Table, c: number): Times {
  const columns = knownTimes.get(table) ?? new Map<number, Times>();
  knownTimes.set(table, columns);
  const times = columns.get(c) ?? madeTimes(table, c) ?? valuesOf(table, c);
  columns.set(c, times);
  return times;
}

/** Of a table that a recipe made, without a look at its texts; null where they must be looked at. */
function madeTimes(table: Table, c: number): Times | null {
  const column = table.made?.columns[c];
  if (column === undefined) return null;
  if (column.kind === 'times') return { ok: true, format: column.time === 'date' ? 'iso' : 'number', values: column.values };
  if (column.kind === 'numbers') {
    const { problem, values } = readNumberColumn(table, c);
    return problem === null ? numbersAsTimes(values) : { ok: false, problem };
  }
  const times = readTimes(table.made!.of, column.c);
  if (column.rows === null) return times;
  return times.ok && !column.rows.includes(-1) ? { ...times, values: gather(times.values, column.rows) } : null;
}

/** Seconds or milliseconds since 1970 are dates; other numbers are what they are. */
function numbersAsTimes(values: Float64Array): Times {
  const unit = epochUnit(values);
  return unit === null ? { ok: true, format: 'number', values } : { ok: true, format: 'epoch', values: fromEpoch(values, unit) };
}

function valuesOf(table: Table, c: number): Times {
  const found = formatOf(table, c);
  if (!found.ok) return found;
  const { format, quick } = found;
  if (format === 'number') return numbersAsTimes(readNumberColumn(table, c).values);
  const values = quick ?? new Float64Array(table.rows).fill(NaN);
  for (let row = 0; row < table.rows; row++) {
    if (values[row] !== values[row]) values[row] = readTime(cellAt(table, row, c), format, table.dialect.decimal);
  }
  return { ok: true, format, values };
}

/** The one format that fits the shape of every cell, or why there is none; `quick`: the values that were read on the way, NaN for the others. */
function formatOf(table: Table, c: number): { ok: true; format: TimeFormat; quick: Float64Array | null } | { ok: false; problem: AppError } {
  if (plainNumbers(table, c)) return { ok: true, format: 'number', quick: null };
  const quick = quickValues(table, c);
  let possible: readonly TimeFormat[] | null = quick === null ? null : [quick.format];
  for (let row = 0; row < table.rows; row++) {
    if (quick !== null && quick.values[row] === quick.values[row]) continue;
    const cell = cellAt(table, row, c);
    const formats = formatsOf(cell, table.dialect.decimal);
    if (possible !== null && formats.length === 1 && possible.length === 1 && formats[0] === possible[0]) continue;
    const next: readonly TimeFormat[] = possible === null ? formats : possible.filter((format) => formats.includes(format));
    if (next.length === 0) return misfit(table, c, row, row > 0 && formats.length > 0);
    possible = next;
  }
  const [format] = possible ?? [];
  if (possible?.includes('mdy') === true && format === 'dmy') {
    return problemAt(table, c, 0, 'data.ambiguous-time', (cell) => `"${cell}" can be day/month/year or month/day/year, and no row decides it`,
      'Choose the order in the data doctor, write the dates as year-month-day, or use the row number as time.');
  }
  return { ok: true, format: format!, quick: quick?.values ?? null };
}

/** Whether every cell is a number, and the first one cannot be anything else: then none of them needs a look at its text. */
function plainNumbers(table: Table, c: number): boolean {
  const { words, missing } = readNumberColumn(table, c);
  const [only, other] = formatsOf(cellAt(table, 0, c), table.dialect.decimal);
  return words === 0 && missing === 0 && only === 'number' && other === undefined;
}

/** A column that begins in a plain form of ISO 8601, read from its bytes; NaN for each cell that is not written so. null for another column. */
function quickValues(table: Table, c: number): { format: 'iso' | 'iso-zoned'; values: Float64Array } | null {
  if (table.made !== undefined) return null;
  const [format] = formatsOf(cellAt(table, 0, c), table.dialect.decimal);
  if (format !== 'iso' && format !== 'iso-zoned') return null;
  const { cells: { bytes, starts, width }, rows } = table;
  const zoned = format === 'iso-zoned';
  const values = new Float64Array(rows);
  for (let row = 0; row < rows; row++) values[row] = quickIso(bytes, starts[row * width + c]!, table.cells.end(row, c), zoned);
  return { format, values };
}

function misfit(table: Table, c: number, row: number, mixed: boolean) {
  if (isMissing(cellAt(table, row, c))) {
    return problemAt(table, c, row, 'data.missing-time', () => 'the time is empty', 'Fill it in, or use the row number as time.');
  }
  const hint = 'Write every time in the same way, for example 2024-01-31, or use the row number as time.';
  return mixed
    ? problemAt(table, c, row, 'data.mixed-time', (cell) => `"${cell}" is written in another way than the times above it`, hint)
    : problemAt(table, c, row, 'data.not-time', (cell) => `"${cell}" is not a time`, hint);
}

function problemAt(table: Table, c: number, row: number, code: string, says: (cell: string) => string, hint: string, more: Record<string, string> = {}): { ok: false; problem: AppError } {
  const column = table.names[c]!;
  const line = table.lines[row]!;
  const cell = shortened(cellAt(table, row, c));
  return { ok: false, problem: inputError(code, `Line ${line}, column "${column}": ${says(cell)}.`, { field: column, hint, details: { line, column, cell, ...more } }) };
}

/** Median seconds between two rows; null where the values are no dates. */
export function medianSeconds(time: TimeColumn): number | null {
  if (!time.ok || time.kind !== 'date' || time.values.length < 2) return null;
  const gaps = new Float64Array(time.values.length - 1);
  for (let i = 0; i < gaps.length; i++) gaps[i] = (time.values[i + 1]! - time.values[i]!) / 1000;
  return majority(gaps) ?? gaps.sort()[gaps.length >> 1]!;
}

/** The value of more than half of them, which is their median without sorting (Boyer and Moore's vote); null where there is none. */
export function majority(values: Float64Array): number | null {
  let [candidate, votes] = [NaN, 0];
  for (const value of values) {
    if (votes === 0) candidate = value;
    votes += value === candidate ? 1 : -1;
  }
  let count = 0;
  for (const value of values) if (value === candidate) count += 1;
  return count * 2 > values.length ? candidate : null;
}

/** Median seconds between two rows of this time column; null without one, or where it holds no dates. @throws inputError 'data.unknown-column' */
export function secondsPerRow(table: Table, time: string | null): number | null {
  return time === null ? null : medianSeconds(readTimeColumn(table, columnIndex(table, time)));
}
