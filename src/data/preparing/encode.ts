import { inputError, type AppError } from '../../shared/errors.ts';
import { categoriesOf, type Encoding } from '../../shared/roles.ts';
import { isMissing } from '../numbers.ts';
import { cellAt, type Table } from '../table.ts';
import { shortened } from '../words.ts';

/** The number of each category: 1 and 0 of a boolean, else its place among the categories. */
export function codesOf(encoding: Encoding): (cell: string) => number | undefined {
  if (encoding.kind !== 'boolean') {
    const places = new Map(encoding.categories.map((word, place) => [word, place]));
    return (cell) => places.get(cell.trim());
  }
  const values = new Map([...encoding.false.map((word): [string, number] => [word.toLowerCase(), 0]), ...encoding.true.map((word): [string, number] => [word.toLowerCase(), 1])]);
  return (cell) => values.get(cell.trim().toLowerCase());
}

const LISTED = 12;

/** The error of a cell that is none of the categories; `place` is what stands before the column, for example "Line 3, ". */
export function unknownCategory(column: string, cell: string, encoding: Encoding, place: string, more = 0, line = 0): AppError {
  const known = categoriesOf(encoding);
  const list = known.slice(0, LISTED).map((word) => `"${shortened(word)}"`).join(', ') + (known.length > LISTED ? ', ...' : '');
  return inputError('data.unknown-category',
    `${place}column "${column}": "${shortened(cell)}" is none of the categories that were fixed for it (${list})${more === 0 ? '' : `; ${more} more such ${more === 1 ? 'cell' : 'cells'}`}.`, {
      field: column, hint: 'Correct the cell, or choose the column\'s encoding anew and train again.', details: { column, cell: shortened(cell), categories: list, line, more },
    });
}

/** The codes of a column, [rows]. @throws inputError 'data.unknown-category' or 'data.missing', naming the first line at fault */
export function encodeColumn(table: Table, c: number, encoding: Encoding): Float64Array {
  const codeOf = codesOf(encoding);
  const codes = new Float64Array(table.rows);
  const faults = { first: -1, count: 0 };
  for (let row = 0; row < table.rows; row++) {
    const code = codeOf(cellAt(table, row, c));
    codes[row] = code ?? Number.NaN;
    if (code !== undefined) continue;
    if (faults.first < 0) faults.first = row;
    faults.count += 1;
  }
  if (faults.first < 0) return codes;
  const column = table.names[c]!;
  const line = table.lines[faults.first]!;
  const cell = cellAt(table, faults.first, c);
  const more = faults.count - 1;
  if (!isMissing(cell)) throw unknownCategory(column, cell, encoding, `Line ${line}, `, more, line);
  throw inputError('data.missing', `Line ${line}, column "${column}" is empty${more === 0 ? '' : ` (and ${more} more such ${more === 1 ? 'cell' : 'cells'})`}.`, {
    field: column, hint: 'Fill the cell in or remove the row, then open the file again.', details: { line, column, more },
  });
}
