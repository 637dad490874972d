import { inputError, type AppError } from '../shared/errors.ts';
import { isMissing } from './numbers.ts';
import { cellAt, columnIndex, type Table } from './table.ts';
import { formatsOf, readTime, type TimeFormat } from './time-format.ts';
import { shortened } from './words.ts';

/** values: [rows], epoch milliseconds (UTC) for dates, strictly increasing. */
export type TimeColumn = { ok: true; kind: 'date' | 'number'; values: Float64Array } | { ok: false; problem: AppError };

/** Reads a column as time: one format throughout, real dates, strictly increasing. `problem` names the first line that is not. */
export function readTimeColumn(table: Table, c: number): TimeColumn {
  const found = formatOf(table, c);
  if (!found.ok) return found;
  const { format } = found;
  const values = new Float64Array(table.rows);
  for (let row = 0; row < table.rows; row++) {
    const value = readTime(cellAt(table, row, c), format, table.dialect.decimal);
    if (Number.isNaN(value)) {
      return problemAt(table, c, row, 'data.no-such-date', (cell) => `there is no date "${cell}"`, 'Correct the cell, or choose another time column.');
    }
    if (row > 0 && !(value > values[row - 1]!)) {
      const before = shortened(cellAt(table, row - 1, c));
      return problemAt(table, c, row, 'data.time-order', (cell) => `"${cell}" does not come after "${before}" in the row before`,
        'Sort the rows by time and keep one row for each, or use the row number as time.', { before });
    }
    values[row] = value;
  }
  return { ok: true, kind: format === 'number' ? 'number' : 'date', values };
}

/** The one format that fits the shape of every cell, or why there is none. */
function formatOf(table: Table, c: number): { ok: true; format: TimeFormat } | { ok: false; problem: AppError } {
  let possible: readonly TimeFormat[] | null = null;
  for (let row = 0; row < table.rows; row++) {
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
      'Write the dates as year-month-day, or use the row number as time.');
  }
  return { ok: true, format: format! };
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
  return gaps.sort()[gaps.length >> 1]!;
}

/** Median seconds between two rows of this time column; null without one, or where it holds no dates. @throws inputError 'data.unknown-column' */
export function secondsPerRow(table: Table, time: string | null): number | null {
  return time === null ? null : medianSeconds(readTimeColumn(table, columnIndex(table, time)));
}
