import type { Column } from '../shared/dataset.ts';
import { categoriesIn } from './categories.ts';
import { readNumberColumn } from './number-column.ts';
import { cellAt, type Table } from './table.ts';
import { looksLikeTime } from './time-format.ts';
import { readTimeColumn, type TimeColumn } from './time-column.ts';

/** A column with what its cells mean; `values` [rows] has NaN where a cell is no number. */
export interface DescribedColumn { column: Column; time: TimeColumn; values: Float64Array }

const SPARKLINE = 120;

/** Type, summary and problems of one column. */
export function describeColumn(table: Table, c: number): DescribedColumn {
  const { values, missing, words, problem } = readNumberColumn(table, c);
  const time = readTimeColumn(table, c);
  const type = typeOf(table.rows, missing, words, words === 0 ? 0 : countDates(table, c, time));
  const isNumber = type === 'number';
  return {
    time, values,
    column: {
      name: table.names[c]!, type, missing,
      ...(isNumber ? rangeOf(values) : { min: null, max: null, mean: null }),
      sparkline: isNumber ? sparkline(values) : [],
      numberProblem: problem?.data ?? null,
      timeProblem: time.ok ? null : time.problem.data,
      ...categoriesIn(table, c, type),
    },
  };
}

/** What most of the cells are that are not empty; numbers win a tie. @param dates cells that look like dates and are no numbers */
function typeOf(rows: number, missing: number, words: number, dates: number): Column['type'] {
  const filled = rows - missing;
  const numbers = filled - words;
  if (filled === 0) return 'empty';
  if (dates * 2 > filled) return 'time';
  return numbers > 0 && numbers * 2 >= filled ? 'number' : 'text';
}

/** In a long column some of the cells stand for the others. */
const LOOKED_AT = 100_000;

function countDates(table: Table, c: number, time: TimeColumn): number {
  if (time.ok && time.kind === 'date') return table.rows;
  const step = Math.ceil(table.rows / LOOKED_AT);
  let dates = 0;
  for (let row = 0; row < table.rows; row += step) if (looksLikeTime(cellAt(table, row, c))) dates += 1;
  return dates * step;
}

function rangeOf(values: Float64Array): { min: number | null; max: number | null; mean: number | null } {
  let min = Infinity;
  let max = -Infinity;
  let mean = 0;
  let n = 0;
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    if (value < min) min = value;
    if (value > max) max = value;
    n += 1;
    // A sum of large values would overflow.
    mean += value / n - mean / n;
  }
  return n === 0 ? { min: null, max: null, mean: null } : { min, max, mean };
}

/** At most 120 values, evenly spaced, the first and the last among them. */
function sparkline(values: Float64Array): (number | null)[] {
  const n = Math.min(SPARKLINE, values.length);
  return Array.from({ length: n }, (_, i) => {
    const value = values[n === 1 ? 0 : Math.round((i * (values.length - 1)) / (n - 1))]!;
    return Number.isNaN(value) ? null : value;
  });
}
