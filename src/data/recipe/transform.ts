import { inputError } from '../../shared/errors.ts';
import type { WindowStatistic } from '../../shared/recipe.ts';
import { columnsOf, takeRows, withColumn, withColumns } from '../made.ts';
import { columnIndex } from '../table.ts';
import { numbersOf, type Apply } from './step.ts';

// Steps that make another series of one: what is trained is then no longer in the unit of the file.

export const difference: Apply<'difference'> = (table, { columns, lag }) => {
  if (table.rows <= lag) {
    throw inputError('recipe.lag', `The data has ${table.rows} ${table.rows === 1 ? 'row' : 'rows'}, and a difference over ${lag} rows leaves none.`, { hint: 'Choose a smaller lag.', details: { rows: table.rows, lag } });
  }
  let made = table;
  for (const name of columns) {
    const values = numbersOf(table, name);
    const differences = values.map((value, row) => (row < lag ? NaN : value - values[row - lag]!));
    made = withColumn(made, columnIndex(table, name), { kind: 'numbers', values: differences });
  }
  const rows = table.rows - lag;
  return { table: takeRows(made, Int32Array.from({ length: rows }, (_, i) => i + lag)), changed: rows * columns.length, of: 'cells' };
};

export const logarithm: Apply<'logarithm'> = (table, { columns, of }) => {
  let made = table;
  let changed = 0;
  for (const name of columns) {
    const values = numbersOf(table, name);
    const least = of === 'log' ? 0 : -1;
    const bad = values.findIndex((value) => value <= least);
    if (bad >= 0) {
      const line = table.lines[bad]!;
      throw inputError('recipe.log', `Line ${line}, column "${name}": ${values[bad]!} has no ${of === 'log' ? 'logarithm: it must be above 0' : 'log(1 + x): it must be above -1'}.`, {
        field: name, hint: of === 'log' ? 'Choose log(1 + x), which takes 0, or leave the logarithm out.' : 'Leave the logarithm out.', details: { column: name, line, value: values[bad]!, of },
      });
    }
    made = withColumn(made, columnIndex(table, name), { kind: 'numbers', values: values.map(of === 'log' ? Math.log : Math.log1p) });
    changed += table.rows;
  }
  return { table: made, changed, of: 'cells' };
};

export const movingWindow: Apply<'window'> = (table, { column, rows, statistic, into }) => {
  const values = numbersOf(table, column);
  const made = { kind: 'numbers' as const, values: statistic === 'min' || statistic === 'max' ? movingExtreme(values, rows, statistic) : movingMoment(values, rows, statistic) };
  const at = table.names.indexOf(into);
  if (at >= 0 && into !== column) {
    throw inputError('recipe.name-taken', `There is a column "${into}" already.`, { field: into, hint: 'Give the new column a name of its own.', details: { column: into } });
  }
  return {
    table: at >= 0 ? withColumn(table, at, made) : withColumns(table, [...columnsOf(table), made], [...table.names, into]),
    changed: table.rows, of: 'cells',
  };
};

/** Mean or population standard deviation of the last `size` rows, missing ones left out. */
function movingMoment(values: Float64Array, size: number, statistic: Extract<WindowStatistic, 'mean' | 'std'>): Float64Array {
  const made = new Float64Array(values.length);
  let [sum, squares, n, shift] = [0, 0, 0, 0];
  for (let row = 0; row < values.length; row++) {
    // Now and then from the beginning: what adds up over a million rows is not what adds up over a window.
    if (row % size === 0) {
      const part = values.subarray(Math.max(0, row - size + 1), row + 1).filter((value) => !Number.isNaN(value));
      n = part.length;
      shift = part[0] ?? 0;
      sum = squares = 0;
      for (const value of part) { sum += value - shift; squares += (value - shift) ** 2; }
    } else {
      const [comes, goes] = [values[row]!, row >= size ? values[row - size]! : NaN];
      if (!Number.isNaN(comes)) { if (n === 0) { shift = comes; sum = squares = 0; } n += 1; sum += comes - shift; squares += (comes - shift) ** 2; }
      if (!Number.isNaN(goes)) { n -= 1; sum -= goes - shift; squares -= (goes - shift) ** 2; }
    }
    const mean = sum / n;
    made[row] = n === 0 ? NaN : statistic === 'mean' ? shift + mean : Math.sqrt(Math.max(0, squares / n - mean * mean));
  }
  return made;
}

/** The rows that may still become the extreme of a window, in a queue (Lemire, Streaming maximum-minimum filter, 2006). */
function movingExtreme(values: Float64Array, size: number, statistic: 'min' | 'max'): Float64Array {
  const made = new Float64Array(values.length);
  const sign = statistic === 'max' ? 1 : -1;
  const queue = new Int32Array(values.length);
  let [head, tail] = [0, 0];
  for (let row = 0; row < values.length; row++) {
    if (!Number.isNaN(values[row])) {
      while (tail > head && values[queue[tail - 1]!]! * sign <= values[row]! * sign) tail -= 1;
      queue[tail++] = row;
    }
    if (tail > head && queue[head]! <= row - size) head += 1;
    made[row] = tail > head ? values[queue[head]!]! : NaN;
  }
  return made;
}
