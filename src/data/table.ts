import { parse, type CsvErrorLike, type RecordWithInfo } from 'csv-parse/sync';
import type { Dialect } from '../shared/dataset.ts';
import { inputError } from '../shared/errors.ts';
import { hasHeader, sniffDecimal, sniffDelimiter } from './dialect.ts';
import { decodeText } from './encoding.ts';
import { parseNumber } from './numbers.ts';
import { looksLikeTime } from './time-format.ts';

/** A file as it stands: every cell a text, every row with its line. Nothing is repaired or dropped but empty lines. */
export interface Table {
  file: string;
  dialect: Dialect;
  names: string[];
  /** [rows][columns] */
  cells: string[][];
  /** Line of the file on which each row begins, from 1. */
  lines: Int32Array;
}

/** Files above are refused by whoever reads them from disk; this guards the parser itself. */
const MAX_BYTES = 64 * 1024 * 1024;
const MAX_COLUMNS = 2_000;

/**
 * Reads a CSV, TSV, semicolon or pipe file.
 * @throws inputError that names the file, the line and what is wrong: data.empty, data.binary, data.header-only,
 *   data.ragged, data.quote, data.duplicate-column, data.too-large, data.too-many-columns
 */
export function readTable(bytes: Uint8Array, file: string): Table {
  if (bytes.length > MAX_BYTES) {
    const limit = MAX_BYTES / 1024 / 1024;
    throw inputError('data.too-large', `"${file}" has ${Math.ceil(bytes.length / 1024 / 1024)} MB; files up to ${limit} MB can be opened.`, {
      hint: 'Open a shorter part of the file.', details: { name: file, megabytes: Math.ceil(bytes.length / 1024 / 1024), limit },
    });
  }
  const { text, encoding } = decodeText(bytes, file);
  const delimiter = sniffDelimiter(text);
  const records = parseRecords(text, delimiter, file);
  const first = records[0];
  if (first === undefined) throw inputError('data.empty', `"${file}" is empty.`, { hint: 'Open a file with a header line and rows of numbers.', details: { name: file } });
  const decimal = sniffDecimal(sampleCells(records), delimiter);
  const header = hasHeader(first.cells, (cell) => !Number.isNaN(parseNumber(cell, decimal)) || looksLikeTime(cell));
  const rows = header ? records.slice(1) : records;
  const names = header ? headerNames(first.cells, first.line, file) : first.cells.map((_, c) => `Column ${c + 1}`);
  if (rows.length === 0) {
    throw inputError('data.header-only', `"${file}" has only a header line and no rows.`, { hint: 'Open a file with rows of numbers below the header.', details: { name: file } });
  }
  for (const { cells, line } of rows) {
    if (cells.length !== names.length) throw ragged(file, line, names.length, cells.length);
  }
  return { file, dialect: { delimiter, decimal, header, encoding }, names, cells: rows.map((row) => row.cells), lines: Int32Array.from(rows, (row) => row.line) };
}

interface Row { cells: string[]; line: number }

function parseRecords(text: string, delimiter: string, file: string): Row[] {
  const content = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  let parsed: RecordWithInfo[];
  try {
    parsed = parse(content, { delimiter, info: true, relax_column_count: true, skip_empty_lines: true, record_delimiter: ['\r\n', '\n', '\r'] });
  } catch (error) {
    const { code, message, lines } = error as CsvErrorLike;
    if (!code?.startsWith('CSV_') && !code?.startsWith('INVALID_')) throw error;
    const line = lines ?? Number(/line (\d+)/.exec(message)?.[1] ?? 1);
    throw inputError('data.quote', `"${file}", line ${line}: a quotation mark is opened and not closed, or stands inside a cell that is not quoted.`, {
      hint: 'Close the quotation mark, or double it inside a quoted cell.', details: { name: file, line },
    });
  }
  return parsed
    // info.lines is the line after the record's last character; a quoted cell may span several.
    .map(({ record, info }) => ({ cells: record, line: info.lines - inner(record) }))
    // A line of blanks alone is no row, unless it is all that a one-column row says.
    .filter(({ cells }) => !(cells.length === 1 && cells[0]!.trim() === ''));
}

/** Line breaks inside the record's own cells. */
function inner(record: readonly string[]): number {
  let breaks = 0;
  for (const cell of record) if (cell.includes('\n') || cell.includes('\r')) breaks += cell.split(/\r\n|\n|\r/).length - 1;
  return breaks;
}

function* sampleCells(records: readonly Row[]): Generator<string> {
  for (const { cells } of records.slice(0, 200)) yield* cells;
}

function headerNames(cells: readonly string[], line: number, file: string): string[] {
  if (cells.length > MAX_COLUMNS) {
    throw inputError('data.too-many-columns', `"${file}" has ${cells.length} columns; up to ${MAX_COLUMNS} can be opened.`, {
      hint: 'Keep the columns that you need.', details: { name: file, columns: cells.length, limit: MAX_COLUMNS },
    });
  }
  const names = cells.map((cell, c) => cell.trim() || `Column ${c + 1}`);
  const seen = new Set<string>();
  for (const name of names) {
    if (seen.has(name)) {
      throw inputError('data.duplicate-column', `"${file}", line ${line}: two columns are called "${name}".`, { hint: 'Give each column a name of its own.', details: { name: file, line, column: name } });
    }
    seen.add(name);
  }
  return names;
}

function ragged(file: string, line: number, expected: number, got: number) {
  return inputError('data.ragged', `"${file}", line ${line}: the row has ${got} ${got === 1 ? 'cell' : 'cells'}, and the first line has ${expected}.`, {
    hint: got > expected ? 'Quote cells that hold the delimiter, or remove the surplus cell.' : 'Add the missing cells, empty if need be.',
    details: { name: file, line, expected, got },
  });
}

/** Rows `start` .. `start + count - 1` as they stand, for the table on the screen. */
export function tableRows(table: Table, start: number, count: number): { line: number; cells: string[] }[] {
  return table.cells.slice(start, start + count).map((cells, i) => ({ line: table.lines[start + i]!, cells }));
}
