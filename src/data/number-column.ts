import { inputError, type AppError } from '../shared/errors.ts';
import { isMissing, parseNumber } from './numbers.ts';
import type { Table } from './table.ts';

export interface NumberColumn {
  /** [rows]; NaN where the cell is no number. */
  values: Float64Array;
  missing: number;
  /** Cells that hold something else than a number. */
  words: number;
  /** Why the column cannot go into a network as it is: the first cell at fault. null when it can. */
  problem: AppError | null;
}

const MEND = 'Correct the file and open it again, or choose another column.';

/** Reads a column as numbers; every cell must hold one. */
export function readNumberColumn(table: Table, c: number): NumberColumn {
  const name = table.names[c]!;
  const values = new Float64Array(table.cells.length);
  let missing = 0;
  let words = 0;
  let firstMissing = -1;
  let firstWord = -1;
  for (let row = 0; row < values.length; row++) {
    const cell = table.cells[row]![c]!;
    const value = parseNumber(cell, table.dialect.decimal);
    values[row] = value;
    if (!Number.isNaN(value)) continue;
    if (isMissing(cell)) {
      missing += 1;
      if (firstMissing < 0) firstMissing = row;
    } else {
      words += 1;
      if (firstWord < 0) firstWord = row;
    }
  }
  return { values, missing, words, problem: problemOf() };

  function problemOf(): AppError | null {
    if (missing === values.length) return inputError('data.empty-column', `Column "${name}" is empty.`, { field: name, hint: 'Choose another column.', details: { column: name } });
    if (firstWord >= 0) {
      const line = table.lines[firstWord]!;
      const cell = shortened(table.cells[firstWord]![c]!.trim());
      if (words + missing === values.length) {
        return inputError('data.not-numeric', `Column "${name}" holds text, not numbers (line ${line}: "${cell}").`, { field: name, hint: 'Choose a column of numbers.', details: { line, column: name, cell } });
      }
      return inputError('data.word', `Line ${line}, column "${name}": "${cell}" is not a number${andMore(words - 1)}.`, { field: name, hint: MEND, details: { line, column: name, cell, more: words - 1 } });
    }
    if (firstMissing >= 0) {
      const line = table.lines[firstMissing]!;
      return inputError('data.missing', `Line ${line}, column "${name}" is empty${andMore(missing - 1)}.`, {
        field: name, hint: 'Fill the cell in or remove the row, then open the file again.', details: { line, column: name, more: missing - 1 },
      });
    }
    return null;
  }
}

function andMore(more: number): string {
  return more === 0 ? '' : more === 1 ? ', and so is 1 more cell' : `, and so are ${more} more cells`;
}

function shortened(cell: string): string {
  return cell.length > 40 ? `${cell.slice(0, 39)}…` : cell;
}
