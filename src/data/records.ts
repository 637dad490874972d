import { AppError, inputError } from '../shared/errors.ts';

/** Columns above are left out: no network is trained on so many, and a broken file may seem to have millions. */
export const MAX_COLUMNS = 2_000;
/** Bytes of a cell: a longer one is most likely a quotation mark that is closed where the next one opens. */
const MAX_CELL = 1_000_000;

const LF = 10;
const CR = 13;
const QUOTE = 34;
const TAB = 9;
const BLANK = 32;

/** Where the cells of a text lie in its bytes; no cell is a string before somebody looks at it. */
export interface Records {
  records: number;
  /** [cells]: where each cell begins, record after record. */
  starts: Uint32Array;
  /** [records]: where the last cell of each record ends. */
  ends: Uint32Array;
  /** [records]: line on which each begins, from 1. */
  lines: Int32Array;
  /** [records + 1]: the first cell of each record among all cells. */
  firsts: Uint32Array;
  /** Cells of the longest record, those left out too. */
  most: number;
}

export interface ScanOptions {
  /** Byte at which the first record begins, and the line that it is on. */
  at?: number;
  line?: number;
  /** Cells that every record must have, those left out too; without it they may differ. */
  width?: number;
  /** Records after which no further is read. */
  limit?: number;
  /** Gives what was read before an error, in place of the error. */
  lenient?: boolean;
}

/**
 * Cuts a UTF-8 text into records, as RFC 4180 has them: a cell that begins with a quotation mark goes on to the next
 * single one, over delimiters and line ends, and two stand for one. Blanks around a quoted cell are not part of it, any
 * other cell stands as it is. Line ends are \n, \r\n or \r, also mixed. Lines that are empty or blank are no records.
 *
 * Written here because every error of the studio names a line, and because millions of cells must not become millions
 * of strings; csv-parse and DuckDB are the oracles of the tests (docs/adr).
 *
 * @param delimiter its character code
 * Of a record with more than MAX_COLUMNS cells the first ones are kept.
 *
 * @throws inputError 'data.quote', 'data.long-cell' and 'data.ragged', with the line
 */
export function scanRecords(bytes: Uint8Array, delimiter: number, file: string, options: ScanOptions = {}): Records {
  const found = new Growing(Math.min(bytes.length - (options.at ?? 0), 1 << 16));
  try {
    scan(found, bytes, delimiter, file, options);
  } catch (error) {
    if (options.lenient !== true || !(error instanceof AppError)) throw error;
  }
  return found.done();
}

function scan(found: Growing, bytes: Uint8Array, delimiter: number, file: string, { at = 0, line = 1, width = -1, limit = Infinity }: ScanOptions): void {
  const n = bytes.length;
  // One look-up a byte: this loop is most of the time that it takes to open a large file.
  const ends = new Uint8Array(256);
  for (const code of [delimiter, LF, CR]) ends[code] = 1;
  while (at < n && found.records < limit) {
    const began = line;
    const firstCell = found.cells;
    let quoted = false;
    let all = 0;
    let keptEnd = -1;
    for (;;) {
      if (all < MAX_COLUMNS) found.cell(at);
      all += 1;
      let p = at;
      let code = bytes[p];
      while ((code === BLANK || code === TAB) && code !== delimiter) code = bytes[++p];
      if (code !== QUOTE) {
        while (p < n && ends[bytes[p]!] === 0) p += 1;
        if (p - at > MAX_CELL) throw longCell(file, line);
        at = p;
      } else {
        const closing = closingQuote(bytes, p);
        if (closing < 0) throw quoteError(file, line, 'a quotation mark is opened and never closed');
        if (closing - p > MAX_CELL) throw longCell(file, line);
        line += lineEnds(bytes, p, closing);
        quoted = true;
        at = closing + 1;
        code = bytes[at];
        while ((code === BLANK || code === TAB) && code !== delimiter) code = bytes[++at];
        if (at < n && code !== delimiter && code !== LF && code !== CR) throw quoteError(file, line, 'text follows the closing quotation mark of a cell');
      }
      if (all === MAX_COLUMNS) keptEnd = at;
      if (at >= n || bytes[at] !== delimiter) break;
      at += 1;
    }
    if (all > found.most) found.most = all;
    if (all === 1 && !quoted && isBlank(bytes, found.start(firstCell), at)) {
      found.cells = firstCell;
    } else {
      if (width >= 0 && all !== width) throw ragged(file, began, width, all);
      found.record(keptEnd < 0 ? at : keptEnd, began);
    }
    if (bytes[at] === CR && bytes[at + 1] === LF) at += 1;
    at += 1;
    line += 1;
  }
}

/** Typed arrays that double as they fill up. */
class Growing {
  records = 0;
  cells = 0;
  most = 0;
  #starts: Uint32Array;
  #ends: Uint32Array;
  #lines: Int32Array;
  #firsts: Uint32Array;

  constructor(room: number) {
    this.#starts = new Uint32Array(Math.max(16, room));
    this.#ends = new Uint32Array(16);
    this.#lines = new Int32Array(16);
    this.#firsts = new Uint32Array(17);
  }

  start(cell: number): number { return this.#starts[cell]!; }

  cell(at: number): void {
    if (this.cells === this.#starts.length) this.#starts = grown(this.#starts, new Uint32Array(this.cells * 2));
    this.#starts[this.cells++] = at;
  }

  record(end: number, line: number): void {
    const n = this.records;
    if (n === this.#ends.length) {
      this.#ends = grown(this.#ends, new Uint32Array(n * 2));
      this.#lines = grown(this.#lines, new Int32Array(n * 2));
      this.#firsts = grown(this.#firsts, new Uint32Array(n * 2 + 1));
    }
    this.#ends[n] = end;
    this.#lines[n] = line;
    this.#firsts[n + 1] = this.cells;
    this.records = n + 1;
  }

  /** Cut to their length: a copy of what is needed, so that the room for more is let go. */
  done(): Records {
    const { records } = this;
    return {
      records, starts: this.#starts.slice(0, this.#firsts[records]), ends: this.#ends.slice(0, records),
      lines: this.#lines.slice(0, records), firsts: this.#firsts.slice(0, records + 1), most: this.most,
    };
  }
}

function grown<T extends Uint32Array | Int32Array>(from: T, to: T): T {
  to.set(from);
  return to;
}

/** @returns -1 when there is none; past the longest cell the next mark is as good as the right one */
function closingQuote(bytes: Uint8Array, opening: number): number {
  let at = opening + 1;
  for (;;) {
    const quote = bytes.indexOf(QUOTE, at);
    if (quote < 0 || bytes[quote + 1] !== QUOTE || quote - opening > MAX_CELL) return quote;
    at = quote + 2;
  }
}

function lineEnds(bytes: Uint8Array, from: number, to: number): number {
  let count = 0;
  for (let i = from; i < to; i++) {
    const code = bytes[i];
    if (code === LF || (code === CR && bytes[i + 1] !== LF)) count += 1;
  }
  return count;
}

function isBlank(bytes: Uint8Array, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (bytes[i]! > BLANK) return false;
  return true;
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

function ragged(file: string, line: number, expected: number, got: number): AppError {
  return inputError('data.ragged', `"${file}", line ${line}: the row has ${got} ${got === 1 ? 'cell' : 'cells'}, and the first line has ${expected}.`, {
    hint: expected === 1 ? 'Remove title and comment lines above the header.'
      : got > expected ? 'Quote cells that hold the delimiter, or remove the surplus cell.'
        : got === 1 ? 'Remove the line if it is a note, or add the missing cells.' : 'Add the missing cells, empty if need be.',
    details: { name: file, line, expected, got },
  });
}
