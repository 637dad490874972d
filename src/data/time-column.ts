import { inputError, type AppError } from '../shared/errors.ts';
import { isMissing } from './numbers.ts';
import type { Table } from './table.ts';
import { readTime, shapesOf, type TimeFormat } from './time-format.ts';

export type TimeColumn = { ok: true; kind: 'date' | 'number'; values: Float64Array } | { ok: false; problem: AppError };

const order: TimeFormat[] = ['iso', 'year-month', 'dmy', 'mdy', 'year', 'number'];

/** Reads a column as time: one format throughout, real dates, strictly increasing. `problem` names the first line that is not. */
export function readTimeColumn(table: Table, c: number): TimeColumn {
  const name = table.names[c]!;
  const found = formatOf(table, c);
  if (!('format' in found)) return { ok: false, problem: found };
  const { format } = found;
  const values = new Float64Array(table.cells.length);
  for (let row = 0; row < values.length; row++) {
    const cell = table.cells[row]![c]!;
    const value = readTime(cell, format);
    const line = table.lines[row]!;
    if (Number.isNaN(value)) {
      return { ok: false, problem: inputError('data.no-such-date', `Line ${line}, column "${name}": there is no date "${cell.trim()}".`, {
        field: name, hint: 'Correct the cell, or choose another time column.', details: { line, column: name, cell: cell.trim() },
      }) };
    }
    if (row > 0 && !(value > values[row - 1]!)) {
      return { ok: false, problem: inputError('data.time-order', `Line ${line}, column "${name}": "${cell.trim()}" does not come after "${table.cells[row - 1]![c]!.trim()}" in the line before.`, {
        field: name, hint: 'Sort the rows by time and keep one row for each, or use the row number as time.', details: { line, column: name, cell: cell.trim() },
      }) };
    }
    values[row] = value;
  }
  return { ok: true, kind: format === 'number' ? 'number' : 'date', values };
}

/** The one format that fits the shape of every cell, or why there is none. */
function formatOf(table: Table, c: number): { format: TimeFormat } | AppError {
  const name = table.names[c]!;
  let possible: TimeFormat[] = order;
  for (let row = 0; row < table.cells.length; row++) {
    const cell = table.cells[row]![c]!;
    const line = table.lines[row]!;
    if (isMissing(cell)) {
      return inputError('data.missing-time', `Line ${line}, column "${name}" is empty; a time column has a value in every row.`, {
        field: name, hint: 'Fill it in, or use the row number as time.', details: { line, column: name },
      });
    }
    const shapes = shapesOf(cell);
    const next = possible.filter((format) => shapes.includes(format));
    if (next.length === 0) {
      const mixed = row > 0 && shapes.length > 0;
      return inputError(mixed ? 'data.mixed-time' : 'data.not-time',
        mixed ? `Line ${line}, column "${name}": "${cell.trim()}" is written in another way than the times above it.` : `Line ${line}, column "${name}": "${cell.trim()}" is not a time.`,
        { field: name, hint: 'Write every time in the same way, for example 2024-01-31, or use the row number as time.', details: { line, column: name, cell: cell.trim() } });
    }
    possible = next;
  }
  if (possible.includes('dmy') && possible.includes('mdy')) {
    return inputError('data.ambiguous-time', `Column "${name}": "${table.cells[0]![c]!.trim()}" can be day/month/year or month/day/year, and no row decides it.`, {
      field: name, hint: 'Write the dates as year-month-day, or use the row number as time.', details: { column: name, cell: table.cells[0]![c]!.trim() },
    });
  }
  return { format: possible[0]! };
}

/** Median seconds between two rows; null where the values are no dates. */
export function medianSeconds(time: TimeColumn): number | null {
  if (!time.ok || time.kind !== 'date' || time.values.length < 2) return null;
  const gaps = new Float64Array(time.values.length - 1);
  for (let i = 0; i < gaps.length; i++) gaps[i] = (time.values[i + 1]! - time.values[i]!) / 1000;
  return gaps.sort()[gaps.length >> 1]!;
}
