import { inputError } from '../../shared/errors.ts';
import { columnsOf, takeRows, timesColumn, withColumn, withColumns } from '../made.ts';
import { readNumberColumn } from '../number-column.ts';
import { cellAt, columnIndex, type Table } from '../table.ts';
import { readTimes } from '../time-column.ts';
import { formatsOf, readTime, type TimeFormat } from '../time-format.ts';
import { shortened } from '../words.ts';
import { assertRows, timesOf, type Apply } from './step.ts';

// Steps that mend the time: rows in order, one for each time, dates read as they are meant.

export const sortRows: Apply<'sort'> = (table, { time }) => {
  const { values } = timesOf(table, time);
  const order = Int32Array.from({ length: table.rows }, (_, row) => row);
  let changed = 0;
  for (let row = 1; row < values.length; row++) if (values[row]! < values[row - 1]!) changed += 1;
  if (changed === 0) return { table, changed, of: 'rows' };
  order.sort((a, b) => values[a]! - values[b]! || a - b);
  let moved = 0;
  for (let row = 0; row < order.length; row++) if (order[row] !== row) moved += 1;
  return { table: takeRows(table, order), changed: moved, of: 'rows' };
};

export const dedupeTimes: Apply<'dedupe'> = (table, { time, keep }) => {
  const { values } = timesOf(table, time);
  /** Groups in the order in which their times come first: their first and last rows. */
  const group = new Int32Array(table.rows);
  const firsts: number[] = [];
  const lasts: number[] = [];
  const seen = isSorted(values) ? null : new Map<number, number>();
  for (let row = 0; row < table.rows; row++) {
    const g = seen === null ? (row > 0 && values[row] === values[row - 1] ? firsts.length - 1 : -1) : seen.get(values[row]!) ?? -1;
    const at = g < 0 ? firsts.length : g;
    if (g < 0) { firsts.push(row); seen?.set(values[row]!, at); }
    lasts[at] = row;
    group[row] = at;
  }
  const changed = table.rows - firsts.length;
  if (changed === 0) return { table, changed, of: 'rows' };
  const kept = takeRows(table, Int32Array.from(keep === 'last' ? lasts : firsts));
  if (keep !== 'mean') return { table: kept, changed, of: 'rows' };
  const c = columnIndex(table, time);
  const columns = columnsOf(kept).map((column, i) => {
    const { values: numbers, words, missing } = readNumberColumn(table, i);
    // A column of words keeps the first of each time.
    return i === c || words > 0 || missing === table.rows ? column : { kind: 'numbers' as const, values: meansOf(numbers, group, firsts.length) };
  });
  return { table: withColumns(kept, columns), changed, of: 'rows' };
};

function isSorted(values: Float64Array): boolean {
  for (let row = 1; row < values.length; row++) if (values[row]! < values[row - 1]!) return false;
  return true;
}

/** The mean of each group's values, missing ones left out; NaN where all are missing. */
function meansOf(values: Float64Array, group: Int32Array, groups: number): Float64Array {
  const means = new Float64Array(groups);
  const counts = new Float64Array(groups);
  for (let row = 0; row < values.length; row++) {
    if (Number.isNaN(values[row])) continue;
    const g = group[row]!;
    counts[g]! += 1;
    means[g]! += (values[row]! - means[g]!) / counts[g]!;
  }
  return means.map((mean, g) => (counts[g] === 0 ? NaN : mean));
}

export const chooseDayMonth: Apply<'dayMonth'> = (table, { column, order }) => {
  const c = columnIndex(table, column);
  const values = new Float64Array(table.rows);
  for (let row = 0; row < table.rows; row++) {
    const cell = cellAt(table, row, c);
    values[row] = readTime(cell, order === 'dayFirst' ? 'dmy' : 'mdy', table.dialect.decimal);
    if (Number.isNaN(values[row])) {
      const line = table.lines[row]!;
      throw inputError('recipe.day-month', `Line ${line}, column "${column}": "${shortened(cell)}" is no date with the ${order === 'dayFirst' ? 'day' : 'month'} first.`, {
        field: column, hint: 'Choose the other order, or leave out the rows whose time cannot be read first.', details: { column, line, cell: shortened(cell), order },
      });
    }
  }
  return { table: withColumn(table, c, timesColumn('date', values)), changed: table.rows, of: 'cells' };
};

export const dropUnread: Apply<'dropUnread'> = (table, { time }) => {
  const { rows } = unreadRows(table, columnIndex(table, time));
  if (rows.length === 0) return { table, changed: 0, of: 'rows' };
  assertRows(table.rows - rows.length);
  const bad = new Set(rows);
  return { table: takeRows(table, Int32Array.from({ length: table.rows }, (_, row) => row).filter((row) => !bad.has(row))), changed: rows.length, of: 'rows' };
};

/** Cells that decide how the times of a column are written. */
const DECIDING = 5_000;

/**
 * Rows whose time cannot be read in the format that most cells have.
 * @returns format null where the column holds no times at all; then no row is named
 */
export function unreadRows(table: Table, c: number): { rows: Int32Array; format: TimeFormat | null } {
  const times = readTimes(table, c);
  if (times.ok) return { rows: where(table.rows, (row) => Number.isNaN(times.values[row])), format: times.format };
  const votes = new Map<TimeFormat, number>();
  const step = Math.max(1, Math.floor(table.rows / DECIDING));
  let looked = 0;
  for (let row = 0; row < table.rows; row += step) {
    looked += 1;
    for (const format of formatsOf(cellAt(table, row, c), table.dialect.decimal)) votes.set(format, (votes.get(format) ?? 0) + 1);
  }
  const [most] = [...votes].sort((a, b) => b[1] - a[1]);
  if (most === undefined || most[1] * 2 < looked) return { rows: new Int32Array(0), format: null };
  // Where day and month leave it open a cell is read if one of both orders reads it; what only one reads decides.
  const [format] = most;
  const both = format === 'dmy' && votes.get('dmy') === votes.get('mdy') ? (['dmy', 'mdy'] as const) : [format];
  const reads = (cell: string) => both.some((each) => formatsOf(cell, table.dialect.decimal).includes(each) && !Number.isNaN(readTime(cell, each, table.dialect.decimal)));
  return { rows: where(table.rows, (row) => !reads(cellAt(table, row, c))), format };
}

function where(rows: number, holds: (row: number) => boolean): Int32Array {
  const found: number[] = [];
  for (let row = 0; row < rows; row++) if (holds(row)) found.push(row);
  return Int32Array.from(found);
}

