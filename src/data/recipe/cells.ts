import { inputError } from '../../shared/errors.ts';
import { columnsOf, takeRows, withColumn, withColumns, type MadeColumn } from '../made.ts';
import { readNumberColumn } from '../number-column.ts';
import { isMissing } from '../numbers.ts';
import { cellAt, columnIndex, type Table } from '../table.ts';
import { assertRows, numbersOf, sortedTimesOf, type Apply, type Stepped } from './step.ts';

// Steps that mend cells: words, missing values, columns that are not wanted.

export const wordsAsMissing: Apply<'words'> = (table, { columns }) => {
  let made = table;
  let changed = 0;
  for (const name of columns) {
    const c = columnIndex(table, name);
    const { values, words } = readNumberColumn(made, c);
    if (words === 0) continue;
    changed += words;
    made = withColumn(made, c, { kind: 'numbers', values });
  }
  return { table: made, changed, of: 'cells' };
};

export const fillMissing: Apply<'fill'> = (table, { columns, method, time }) => {
  if (method === 'drop') return dropMissing(table, columns);
  let made = table;
  let changed = 0;
  // Rows at the beginning that have no value before them cannot be filled without a look into the future.
  let leading = 0;
  for (const name of columns) {
    const c = columnIndex(table, name);
    const { words, missing, values } = readNumberColumn(table, c);
    if (missing === 0) continue;
    const isText = words > 0 && !values.some((value) => !Number.isNaN(value));
    if (isText && method === 'interpolate') throw inputError('recipe.not-numbers', `Column "${name}" holds text: nothing lies between two words.`, { field: name, hint: 'Fill it forward, or leave out the rows.', details: { column: name } });
    const filled = isText ? forwardText(table, c) : method === 'forward' ? forward(numbersOf(table, name)) : between(numbersOf(table, name), time === null ? null : sortedTimesOf(table, time).values);
    changed += filled.changed;
    leading = Math.max(leading, filled.leading);
    made = withColumn(made, c, filled.column);
  }
  if (leading === 0) return { table: made, changed, of: 'cells' };
  assertRows(table.rows - leading);
  return { table: takeRows(made, Int32Array.from({ length: table.rows - leading }, (_, i) => i + leading)), changed, of: 'cells' };
};

interface Filled { column: MadeColumn; changed: number; /** Rows at the beginning that stay missing. */ leading: number }

function forward(values: Float64Array): Filled {
  const filled = values.slice();
  let changed = 0;
  let leading = 0;
  for (let row = 0; row < filled.length; row++) {
    if (!Number.isNaN(filled[row])) continue;
    if (row === leading) { leading += 1; continue; }
    filled[row] = filled[row - 1]!;
    changed += 1;
  }
  return { column: { kind: 'numbers', values: filled }, changed: changed + leading, leading };
}

/** Words: each empty cell shows the one before. */
function forwardText(table: Table, c: number): Filled {
  const source = columnsOf(table)[c]!;
  const rows = new Int32Array(table.rows);
  let [last, changed, leading] = [-1, 0, 0];
  for (let row = 0; row < table.rows; row++) {
    if (!isMissing(cellAt(table, row, c))) last = source.kind === 'file' && source.rows !== null ? source.rows[row]! : row;
    else if (last < 0) leading += 1;
    else changed += 1;
    rows[row] = last;
  }
  return { column: source.kind === 'file' ? { ...source, rows } : source, changed: changed + leading, leading };
}

/** On the line between the known values on both sides; before the first and after the last the nearest one is held. */
function between(values: Float64Array, time: Float64Array | null): Filled {
  const filled = values.slice();
  let [last, changed] = [-1, 0];
  for (let row = 0; row <= filled.length; row++) {
    if (row < filled.length && Number.isNaN(values[row])) continue;
    for (let gap = last + 1; gap < row; gap++) {
      filled[gap] = row === filled.length ? (last < 0 ? NaN : values[last]!) : last < 0 ? values[row]! : onLine(values, time, last, row, gap);
      changed += 1;
    }
    last = row;
  }
  return { column: { kind: 'numbers', values: filled }, changed, leading: 0 };
}

function onLine(values: Float64Array, time: Float64Array | null, from: number, to: number, at: number): number {
  const span = time === null ? to - from : time[to]! - time[from]!;
  const share = span === 0 ? 0 : (time === null ? at - from : time[at]! - time[from]!) / span;
  // Not a + (b - a) share: the difference of two large values may be infinite.
  return values[from]! * (1 - share) + values[to]! * share;
}

/** Rows that miss a value in one of the columns; words are none that is missing. */
function dropMissing(table: Table, names: readonly string[]): Stepped {
  const missing = new Uint8Array(table.rows);
  for (const name of names) {
    const c = columnIndex(table, name);
    const { values, missing: count, words } = readNumberColumn(table, c);
    if (count === 0) continue;
    for (let row = 0; row < table.rows; row++) if (Number.isNaN(values[row]) && (words === 0 || isMissing(cellAt(table, row, c)))) missing[row] = 1;
  }
  const index = Int32Array.from({ length: table.rows }, (_, row) => row).filter((row) => missing[row] === 0);
  const changed = table.rows - index.length;
  if (changed === 0) return { table, changed, of: 'rows' };
  assertRows(index.length);
  return { table: takeRows(table, index), changed, of: 'rows' };
}

export const dropColumns: Apply<'dropColumns'> = (table, { columns }) => {
  const gone = new Set(columns.map((name) => columnIndex(table, name)));
  if (gone.size >= table.names.length) throw inputError('recipe.nothing-left', 'No column would be left.', { hint: 'Keep at least one.' });
  const left = columnsOf(table).flatMap((column, c) => (gone.has(c) ? [] : [column]));
  return { table: withColumns(table, left, table.names.filter((_name, c) => !gone.has(c))), changed: gone.size, of: 'columns' };
};
