import { inputError, type AppError } from '../shared/errors.ts';
import { gather } from './made.ts';
import { quickNumber, surelyWord } from './number-bytes.ts';
import { isMissing, isNotFinite, parseNumber } from './numbers.ts';
import { cellAt, type Table } from './table.ts';
import { shortened } from './words.ts';

export interface NumberColumn {
  /** [rows]; NaN where the cell holds no finite number. */
  values: Float64Array;
  missing: number;
  /** Cells that hold something else than a finite number. */
  words: number;
  /** Why the column cannot go into a network as it is: the first cell at fault. null when it can. */
  problem: AppError | null;
}

/** Rows of the first word and of the first empty cell; -1 for none. */
interface Faults { firstWord: number; firstMissing: number; words: number; missing: number; notFinite: number }

const MEND = 'The data doctor makes such cells missing and fills them; or correct the file and open it again.';

/** A table never changes: what was read once is not read again. */
const known = new WeakMap<Table, Map<number, NumberColumn>>();

/** Reads a column as numbers; every cell must hold one. The values are shared: whoever changes them takes a copy. */
export function readNumberColumn(table: Table, c: number): NumberColumn {
  const columns = known.get(table) ?? new Map<number, NumberColumn>();
  known.set(table, columns);
  const column = columns.get(c) ?? (table.made === undefined ? read(table, c) : readMade(table, c));
  columns.set(c, column);
  return column;
}

/** A column of a table that a recipe made: nothing of the file is parsed twice. */
function readMade(table: Table, c: number): NumberColumn {
  const { of, columns } = table.made!;
  const column = columns[c]!;
  const file = column.kind === 'file' ? readNumberColumn(of, column.c) : null;
  if (file !== null && column.kind === 'file' && column.rows === null) return file;
  const dates = column.kind === 'times' && column.time === 'date';
  const values = dates ? new Float64Array(table.rows).fill(NaN) : column.kind === 'file' ? gather(file!.values, column.rows!) : column.values;
  /** Without a look at the text, which costs more than all the rest. */
  const isEmpty = (row: number) => {
    if (column.kind !== 'file') return Number.isNaN(column.values[row]);
    const at = column.rows![row]!;
    return at < 0 || (file!.words === 0 ? true : file!.missing === 0 ? false : isMissing(of.cells.text(at, column.c)));
  };
  const faults: Faults = { firstWord: -1, firstMissing: -1, words: 0, missing: 0, notFinite: 0 };
  for (let row = 0; row < table.rows; row++) {
    if (values[row] === values[row]) continue;
    if (isEmpty(row)) {
      faults.missing += 1;
      if (faults.firstMissing < 0) faults.firstMissing = row;
    } else {
      faults.words += 1;
      if (faults.firstWord < 0) faults.firstWord = row;
    }
  }
  if (file?.problem?.data.code === 'data.not-finite') faults.notFinite = faults.words;
  return { values, missing: faults.missing, words: faults.words, problem: problemOf(table, c, faults) };
}

function read(table: Table, c: number): NumberColumn {
  const { cells: { bytes, starts, width } } = table;
  const decimal = table.dialect.decimal.charCodeAt(0);
  const values = new Float64Array(table.rows);
  const faults: Faults = { firstWord: -1, firstMissing: -1, words: 0, missing: 0, notFinite: 0 };
  for (let row = 0; row < table.rows; row++) {
    const start = starts[row * width + c]!;
    const end = table.cells.end(row, c);
    const quick = quickNumber(bytes, start, end, decimal);
    if (quick === quick) {
      values[row] = quick;
      continue;
    }
    const sure = surelyWord(bytes, start, end);
    const cell = sure ? '' : cellAt(table, row, c);
    const value = sure ? NaN : parseNumber(cell, table.dialect.decimal);
    if (Number.isFinite(value)) {
      values[row] = value;
      continue;
    }
    values[row] = Number.NaN;
    if (!sure && isMissing(cell)) {
      faults.missing += 1;
      if (faults.firstMissing < 0) faults.firstMissing = row;
    } else {
      faults.words += 1;
      if (!sure && isNotFinite(cell)) faults.notFinite += 1;
      if (faults.firstWord < 0) faults.firstWord = row;
    }
  }
  return { values, missing: faults.missing, words: faults.words, problem: problemOf(table, c, faults) };
}

function problemOf(table: Table, c: number, { firstWord, firstMissing, words, missing, notFinite }: Faults): AppError | null {
  const column = table.names[c]!;
  const common = { field: column, hint: MEND };
  if (missing === table.rows) {
    return inputError('data.empty-column', `Column "${column}" is empty.`, { field: column, hint: 'Choose another column.', details: { column } });
  }
  if (firstWord >= 0) {
    const line = table.lines[firstWord]!;
    const whole = cellAt(table, firstWord, c);
    const cell = shortened(whole);
    const more = words - 1;
    const noNumbers = words + missing === table.rows;
    if (noNumbers && notFinite === words) {
      return inputError('data.not-finite', `Column "${column}" holds no number (line ${line}: "${cell}").`, { ...common, details: { line, column, cell } });
    }
    if (!Number.isNaN(parseNumber(whole, table.dialect.decimal))) {
      return inputError('data.overflow', `Line ${line}, column "${column}": "${cell}" is too large for a number${andMore(more)}.`, { ...common, details: { line, column, cell, more } });
    }
    if (noNumbers) {
      return inputError('data.not-numeric', `Column "${column}" holds text, not numbers (line ${line}: "${cell}").`, {
        field: column, hint: 'Choose a column of numbers.', details: { line, column, cell },
      });
    }
    return inputError('data.word', `Line ${line}, column "${column}": "${cell}" is not a number${andMore(more)}.`, { ...common, details: { line, column, cell, more } });
  }
  if (firstMissing >= 0) {
    const line = table.lines[firstMissing]!;
    return inputError('data.missing', `Line ${line}, column "${column}" is empty${andMore(missing - 1)}.`, {
      field: column, hint: 'The data doctor fills it or leaves the row out; or fill the cell in and open the file again.', details: { line, column, more: missing - 1 },
    });
  }
  return null;
}

function andMore(more: number): string {
  return more === 0 ? '' : ` (and ${more} more such ${more === 1 ? 'cell' : 'cells'})`;
}
