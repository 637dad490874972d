import { inputError, type AppError } from '../shared/errors.ts';

/** Columns above are refused: no network is trained on so many, and a broken file may seem to have millions. */
export const MAX_COLUMNS = 2_000;
/** Characters of a cell: a longer one is most likely a quotation mark that is closed where the next one opens. */
const MAX_CELL = 1_000_000;

/** @param cells of this record; a new array each time @param line on which it begins, from 1 @returns false to read no further */
export type RecordListener = (cells: string[], line: number) => boolean;

const LF = 10;
const CR = 13;
const QUOTE = 34;

/**
 * Cuts a text into records, as RFC 4180 has them: a cell that begins with a quotation mark goes on to the next single
 * one, over delimiters and line ends, and two stand for one. Blanks around a quoted cell are not part of it, any other
 * cell stands as it is. Line ends are \n, \r\n or \r, also mixed. Lines that are empty or blank are no records.
 *
 * Written here because every error of the studio names a line: csv-parse (the oracle of the tests) counts a line end
 * \r\n inside quotes twice, and names the last line of the file for a quotation mark that was not closed.
 *
 * @throws inputError 'data.quote', 'data.long-cell' and 'data.too-many-columns', with the line
 */
export function eachRecord(text: string, delimiter: string, file: string, listener: RecordListener): void {
  const comma = delimiter.charCodeAt(0);
  let at = 0;
  let line = 1;
  while (at < text.length) {
    const began = line;
    const cells: string[] = [];
    let quotedCells = 0;
    for (;;) {
      const quote = openingQuote(text, at, comma);
      if (quote < 0) {
        const end = endOfCell(text, at, comma);
        if (end - at > MAX_CELL) throw longCell(file, line);
        cells.push(text.slice(at, end));
        at = end;
      } else {
        const end = closingQuote(text, quote);
        if (end < 0) throw quoteError(file, line, 'a quotation mark is opened and never closed');
        if (end - quote > MAX_CELL) throw longCell(file, line);
        const inside = text.slice(quote + 1, end);
        cells.push(inside.includes('"') ? inside.replaceAll('""', '"') : inside);
        line += lineEnds(inside);
        quotedCells += 1;
        at = skipBlanks(text, end + 1, comma);
        const after = text.charCodeAt(at);
        if (at < text.length && after !== comma && after !== LF && after !== CR) {
          throw quoteError(file, line, 'text follows the closing quotation mark of a cell');
        }
      }
      if (text.charCodeAt(at) !== comma) break;
      at += 1;
      if (cells.length >= MAX_COLUMNS) throw tooManyColumns(file, began);
    }
    const blank = cells.length === 1 && quotedCells === 0 && cells[0]!.trim() === '';
    if (!blank && !listener(cells, began)) return;
    if (text.charCodeAt(at) === CR && text.charCodeAt(at + 1) === LF) at += 1;
    at += 1;
    line += 1;
  }
}

/** Where the quotation mark stands that opens the cell at `at`; -1 for a cell without. */
function openingQuote(text: string, at: number, comma: number): number {
  const first = skipBlanks(text, at, comma);
  return text.charCodeAt(first) === QUOTE ? first : -1;
}

function skipBlanks(text: string, at: number, comma: number): number {
  for (;;) {
    const code = text.charCodeAt(at);
    if ((code !== 32 && code !== 9) || code === comma) return at;
    at += 1;
  }
}

function endOfCell(text: string, at: number, comma: number): number {
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === comma || code === LF || code === CR) break;
    at += 1;
  }
  return at;
}

/** @returns -1 when there is none; past the longest cell the next mark is as good as the right one */
function closingQuote(text: string, opening: number): number {
  let at = opening + 1;
  for (;;) {
    const quote = text.indexOf('"', at);
    if (quote < 0 || text.charCodeAt(quote + 1) !== QUOTE || quote - opening > MAX_CELL) return quote;
    at = quote + 2;
  }
}

function lineEnds(text: string): number {
  let count = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === LF || (code === CR && text.charCodeAt(i + 1) !== LF)) count += 1;
  }
  return count;
}

function quoteError(file: string, line: number, what: string): AppError {
  return inputError('data.quote', `"${file}", line ${line}: ${what}.`, {
    hint: 'Close the quotation mark, or double it inside a quoted cell.', details: { name: file, line },
  });
}

function longCell(file: string, line: number): AppError {
  return inputError('data.long-cell', `"${file}", line ${line}: a cell has more than ${MAX_CELL} characters.`, {
    hint: 'Look for a quotation mark that is not closed.', details: { name: file, line, limit: MAX_CELL },
  });
}

function tooManyColumns(file: string, line: number): AppError {
  return inputError('data.too-many-columns', `"${file}", line ${line}: there are more than ${MAX_COLUMNS} columns.`, {
    hint: 'Keep the columns that you need.', details: { name: file, line, limit: MAX_COLUMNS },
  });
}
