import { readNumberColumn } from './number-column.ts';
import { cellAt, type Table } from './table.ts';

/** Rows in a piece. */
const PIECE = 10_000;

/** A table as CSV (RFC 4180, a decimal point, a header), piece by piece: numbers as short as they can be read back, all else as it stands. */
export function* csvPieces(table: Table): Generator<string> {
  yield `${table.names.map(quoted).join(',')}\n`;
  // In a column with a decimal comma the text of a number is not what another program reads.
  const numbers = table.names.map((_name, c) => { const { values, words, missing } = readNumberColumn(table, c); return words === 0 && missing < table.rows ? values : null; });
  for (let start = 0; start < table.rows; start += PIECE) {
    const lines: string[] = [];
    for (let row = start; row < Math.min(table.rows, start + PIECE); row++) {
      const cells = numbers.map((values, c) => (values === null || table.dialect.decimal === '.' ? quoted(cellAt(table, row, c)) : Number.isNaN(values[row]!) ? '' : String(values[row]!)));
      // A record of one empty cell would be an empty line.
      lines.push(cells.length === 1 && cells[0] === '' ? '""' : cells.join(','));
    }
    yield `${lines.join('\n')}\n`;
  }
}

function quoted(cell: string): string {
  return /[",\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
