import { inputError } from '../../shared/errors.ts';
import { columnsOf, gather, takeRows, timesColumn, withColumns, type MadeColumn } from '../made.ts';
import { readNumberColumn } from '../number-column.ts';
import { columnIndex } from '../table.ts';
import { gridOf } from './frequency.ts';
import { sortedTimesOf, type Apply } from './step.ts';

/** A gap of a hundred years in a series of seconds is a mistake, not three thousand million missing rows. */
const MOST_ROWS = 20_000_000;

/** Rows are only put in: those that do not lie on the grid stay as they are. Words in rows that are put in are those of the row before, unless they are left empty. */
export const regularise: Apply<'regularise'> = (table, { time, every, fill }) => {
  const { kind, values } = sortedTimesOf(table, time);
  if ((kind === 'number') !== (every.unit === 'number')) {
    throw inputError('recipe.frequency', `Column "${time}" holds ${kind === 'number' ? 'plain numbers' : 'dates'}: the frequency must be one of ${kind === 'number' ? 'numbers' : 'time'}.`, { field: time, details: { column: time } });
  }
  const grid = gridOf(every, values);
  let inserted = 0;
  for (let row = 1; row < values.length; row++) inserted += grid.missingBetween(values[row - 1]!, values[row]!);
  if (inserted === 0) return { table, changed: 0, of: 'rows' };
  if (table.rows + inserted > MOST_ROWS) {
    throw inputError('recipe.too-many-rows', `${inserted} rows would be put in: more than ${MOST_ROWS} in all.`, { field: time, hint: 'Resample to a longer length of time instead.', details: { inserted, limit: MOST_ROWS } });
  }
  const index = new Int32Array(table.rows + inserted);
  const times = new Float64Array(index.length);
  let at = 0;
  for (let row = 0; row < values.length; row++) {
    const missing = row === 0 ? 0 : grid.missingBetween(values[row - 1]!, values[row]!);
    for (let k = 1; k <= missing; k++) {
      index[at] = -1;
      times[at++] = grid.after(values[row - 1]!, k);
    }
    index[at] = row;
    times[at++] = values[row]!;
  }
  const made = takeRows(table, index);
  const c = columnIndex(table, time);
  const held = fill === 'leave' ? null : heldRows(index);
  const columns = columnsOf(table).map((column, i): MadeColumn => {
    if (i === c) return timesColumn(kind, times);
    if (held === null) return columnsOf(made)[i]!;
    const { words, missing, values: numbers } = readNumberColumn(table, i);
    if (words === 0 && missing < table.rows) return { kind: 'numbers', values: filledIn(numbers, index, times, fill === 'interpolate') };
    return column.kind === 'file' ? { ...column, rows: column.rows === null ? held : held.map((row) => column.rows![row]!) } : { ...column, values: gather(column.values, held) };
  });
  return { table: withColumns(made, columns), changed: inserted, of: 'rows' };
};

/** For each row the one that it shows: its own, or the one before where it was put in. */
function heldRows(index: Int32Array): Int32Array {
  const held = index.slice();
  for (let i = 1; i < held.length; i++) if (held[i]! < 0) held[i] = held[i - 1]!;
  return held;
}

/** Values with those of the rows that were put in, from the rows on both sides; values that were missing before stay missing. */
function filledIn(values: Float64Array, index: Int32Array, times: Float64Array, onLine: boolean): Float64Array {
  const filled = gather(values, index);
  let last = 0;
  for (let i = 1; i < index.length; i++) {
    if (index[i]! < 0) continue;
    for (let at = last + 1; at < i; at++) {
      const share = onLine ? (times[at]! - times[last]!) / (times[i]! - times[last]!) : 0;
      filled[at] = share === 0 ? filled[last]! : filled[last]! * (1 - share) + filled[i]! * share;
    }
    last = i;
  }
  return filled;
}
