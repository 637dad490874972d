import type { Dialect } from '../shared/dataset.ts';
import { inputError, type AppError } from '../shared/errors.ts';
import type { Recipe } from '../shared/recipe.ts';
import { Cells } from './cells.ts';
import { hasHeader, sampleRecords, sniffDecimal, sniffDelimiter, statedDelimiter } from './dialect.ts';
import { emptyFile, toUtf8 } from './encoding.ts';
import { madeText, type Made } from './made.ts';
import { findPreamble } from './preamble.ts';
import { scanRecords } from './records.ts';
import { shortened } from './words.ts';

/** A file as it stands: every cell a text, every row with its line. Nothing is repaired or dropped but empty lines and what stands above the header. */
export interface Table {
  file: string;
  dialect: Dialect;
  names: string[];
  rows: number;
  /** [rows, columns]; `cellAt` reads one. They are bytes until somebody looks: millions of strings would cost more than the file. */
  cells: Cells;
  /** Line of the file on which each row begins, from 1. */
  lines: Int32Array;
  /** What had to be mended to read it; left out where nothing was. */
  repairs?: Repairs;
  /** Of a table that a recipe made: where its columns come from. `cells` are then those of the file. */
  made?: Made;
  /** The table and the recipe that it came of. */
  from?: { table: Table; recipe: Recipe };
}

/** What was changed to read a file: names that come twice, and columns that are too many. `line` is that of the header. */
export interface Repairs { line: number; renamed: { name: string; now: string }[]; columns: { all: number; kept: number } | null }

/** Larger files are sampled before they come here (sampling.ts); this guards the parser itself. */
export const MAX_TABLE_BYTES = 512 * 1024 * 1024;
const MAX_NAME = 200;
/** Rows that decide about decimal mark and header. */
const SAMPLE = 200;

/** What is known of a text beforehand, because it was made from another file. */
export interface ReadTableOptions {
  /** Line of the source for each record of the text, from 1; 'row' numbers the rows themselves. */
  lineOf?: Int32Array | 'row';
  /** What the source is, where it is no text: then the text is ours, with commas. */
  format?: Dialect['format'];
  /** Columns of the source, where some were left out before. */
  columns?: number;
}

/**
 * Reads a CSV, TSV, semicolon or pipe file.
 * @throws inputError that names the file, the line and what is wrong: data.empty, data.binary, data.encoding,
 *   data.header-only, data.ragged, data.quote, data.long-cell, data.long-name, data.too-large. Names that come twice and columns above the limit are mended: `repairs`
 */
export function readTable(source: Uint8Array, file: string, { lineOf, format = 'text', columns = 0 }: ReadTableOptions = {}): Table {
  if (source.length > MAX_TABLE_BYTES) throw tooLarge(source.length, file);
  const { bytes, encoding } = toUtf8(source, file);
  // Of control characters and blanks alone.
  if (!bytes.some((byte) => byte > 32)) throw emptyFile(file);
  const stated = format === 'text' ? statedDelimiter(bytes) : null;
  const delimiter = stated?.delimiter ?? (format === 'text' ? sniffDelimiter(bytes) : ',');
  const code = delimiter.charCodeAt(0);
  const { texts, places } = sampleRecords(bytes, delimiter, SAMPLE, stated?.length ?? 0);
  const decimal = format === 'text' ? sniffDecimal(texts.flat(), delimiter) : '.';
  const titled = format === 'text' || format === 'excel';
  const { skip, commented } = titled ? findPreamble(texts, decimal) : { skip: 0, commented: false };
  // The line that states the delimiter is one more above the first record.
  const begins = { at: skip === 0 ? stated?.length ?? 0 : places.starts[places.firsts[skip]!]!, line: (skip === 0 ? 1 : places.lines[skip]!) + (stated === null ? 0 : 1) };
  const first = scanRecords(bytes, code, file, { ...begins, limit: 1 });
  if (first.records === 0) throw emptyFile(file);
  const width = first.firsts[1]!;
  const all = scanRecords(bytes, code, file, { ...begins, width: first.most });
  const lines = lineOf === undefined ? all.lines : all.lines.map((_line, r) => (lineOf === 'row' ? r : lineOf[skip + r]!));
  const head = texts.slice(skip);
  const [titles = []] = head;
  if (commented) titles[0] = titles[0]!.replace(/^\s*(?:#+|\/\/|%+)\s*/, '');
  const header = commented || !titled || hasHeader(titles, head.slice(1), decimal);
  const { names, renamed } = header ? headerNames(titles, lines[0]!, file) : { names: titles.map((_, c) => `Column ${c + 1}`), renamed: [] };
  const rows = all.records - (header ? 1 : 0);
  if (rows === 0) {
    throw inputError('data.header-only', `"${file}" has only a header line and no rows.`, { hint: 'Open a file with rows of numbers below the header.', details: { name: file } });
  }
  const from = header ? 1 : 0;
  const repairs: Repairs = { line: lines[0]!, renamed, columns: Math.max(all.most, columns) > width ? { all: Math.max(all.most, columns), kept: width } : null };
  return {
    ...(renamed.length > 0 || repairs.columns !== null ? { repairs } : {}),
    file, dialect: { delimiter, decimal, header, encoding, format, skippedLines: skip },
    names, rows, cells: new Cells(bytes, width, all.starts.subarray(from * width), all.ends.subarray(from)), lines: lines.subarray(from),
  };
}

/** A name that is empty becomes "Column 3", one that was there before gets a number: x, x_2, x_3. */
function headerNames(cells: readonly string[], line: number, file: string): { names: string[]; renamed: Repairs['renamed'] } {
  const given = new Set(cells.map((cell) => cell.trim()));
  const taken = new Set<string>();
  const renamed: Repairs['renamed'] = [];
  const names = cells.map((cell, c) => {
    const name = cell.trim();
    if (name.length > MAX_NAME) {
      throw inputError('data.long-name', `"${file}", line ${line}: the column name "${shortened(name)}" has more than ${MAX_NAME} characters.`, {
        hint: 'Shorten it, or add a header line if the first line holds something else.', details: { name: file, line, column: shortened(name), limit: MAX_NAME },
      });
    }
    let now = name || `Column ${c + 1}`;
    while (name === '' && (given.has(now) || taken.has(now))) now += ' (unnamed)';
    for (let n = 2; taken.has(now); n++) if (!given.has(`${name}_${n}`)) now = `${name}_${n}`;
    if (name !== '' && now !== name) renamed.push({ name, now });
    taken.add(now);
    return now;
  });
  return { names, renamed };
}

function tooLarge(bytes: number, file: string): AppError {
  const megabytes = Math.ceil(bytes / 1024 / 1024);
  const limit = MAX_TABLE_BYTES / 1024 / 1024;
  return inputError('data.too-large', `"${file}" has ${megabytes} MB; up to ${limit} MB are read whole.`, {
    hint: 'Open its first rows or every n-th row.', details: { name: file, megabytes, limit },
  });
}

/** @throws inputError 'data.unknown-column' */
export function columnIndex(table: Table, name: string): number {
  const c = table.names.indexOf(name);
  if (c >= 0) return c;
  throw inputError('data.unknown-column', `"${table.file}" has no column "${shortened(name)}".`, {
    field: name, hint: `It has: ${shortenedList(table.names)}.`, details: { column: name, name: table.file },
  });
}

function shortenedList(names: readonly string[]): string {
  return names.slice(0, 20).join(', ') + (names.length > 20 ? ', ...' : '');
}

export function cellAt(table: Table, row: number, c: number): string {
  const column = table.made?.columns[c];
  if (column === undefined) return table.cells.text(row, c);
  if (column.kind !== 'file') return madeText(column, row, table.dialect.decimal);
  const at = column.rows === null ? row : column.rows[row]!;
  return at < 0 ? '' : table.cells.text(at, column.c);
}

/** Rows `start` .. `start + count - 1` as they stand, for the table on the screen; fewer at the end of the table. */
export function tableRows(table: Table, start: number, count: number): { line: number; cells: string[] }[] {
  const end = Math.min(table.rows, start + count);
  return Array.from({ length: Math.max(0, end - start) }, (_, i) => ({
    line: table.lines[start + i]!, cells: table.names.map((_name, c) => cellAt(table, start + i, c)),
  }));
}
