import type { Dialect } from '../shared/dataset.ts';
import { inputError, type AppError } from '../shared/errors.ts';
import { hasHeader, sniffDecimal, sniffDelimiter, statedDelimiter } from './dialect.ts';
import { decodeText, emptyFile } from './encoding.ts';
import { eachRecord } from './records.ts';
import { shortened } from './words.ts';

/** A file as it stands: every cell a text, every row with its line. Nothing is repaired or dropped but empty lines. */
export interface Table {
  file: string;
  dialect: Dialect;
  names: string[];
  rows: number;
  /** [rows * columns], row after row: one array, since millions of small ones would cost more than the file. */
  cells: readonly string[];
  /** Line of the file on which each row begins, from 1. */
  lines: Int32Array;
}

/** Files above are refused by whoever reads them from disk; this guards the parser itself. */
const MAX_BYTES = 64 * 1024 * 1024;
const MAX_NAME = 200;
/** Rows that decide about decimal mark and header. */
const SAMPLE = 200;

/**
 * Reads a CSV, TSV, semicolon or pipe file.
 * @throws inputError that names the file, the line and what is wrong: data.empty, data.binary, data.encoding,
 *   data.header-only, data.ragged, data.quote, data.duplicate-column, data.long-cell, data.long-name, data.too-large, data.too-many-columns
 */
export function readTable(bytes: Uint8Array, file: string): Table {
  if (bytes.length > MAX_BYTES) throw tooLarge(bytes.length, file);
  const { text, encoding } = decodeText(bytes, file);
  if (text.trim() === '') throw emptyFile(file);
  const stated = statedDelimiter(text);
  const delimiter = stated?.delimiter ?? sniffDelimiter(text);
  const { width, cells, lines } = readCells(stated === null ? text : text.slice(stated.length), delimiter, file);
  const firstLine = stated === null ? 0 : 1;
  if (lines.length === 0) throw emptyFile(file);
  const head = Array.from({ length: Math.min(lines.length, SAMPLE + 1) }, (_, row) => cells.slice(row * width, (row + 1) * width));
  const decimal = sniffDecimal(head.flat(), delimiter);
  const header = hasHeader(head[0]!, head.slice(1), decimal);
  const names = header ? headerNames(head[0]!, lines[0]! + firstLine, file) : head[0]!.map((_, c) => `Column ${c + 1}`);
  const rows = lines.length - (header ? 1 : 0);
  if (rows === 0) {
    throw inputError('data.header-only', `"${file}" has only a header line and no rows.`, { hint: 'Open a file with rows of numbers below the header.', details: { name: file } });
  }
  if (header) {
    cells.splice(0, width);
    lines.shift();
  }
  return { file, dialect: { delimiter, decimal, header, encoding }, names, rows, cells, lines: Int32Array.from(lines, (line) => line + firstLine) };
}

/** All cells row after row, and the line of each row; every row has as many cells as the first. */
function readCells(text: string, delimiter: string, file: string): { width: number; cells: string[]; lines: number[] } {
  const cells: string[] = [];
  const lines: number[] = [];
  let width = 0;
  eachRecord(text, delimiter, file, (record, line) => {
    if (lines.length === 0) width = record.length;
    if (record.length !== width) throw ragged(file, line, width, record.length);
    for (const cell of record) cells.push(cell);
    lines.push(line);
    return true;
  });
  return { width, cells, lines };
}

/** A name that is empty becomes "Column 3". */
function headerNames(cells: readonly string[], line: number, file: string): string[] {
  const given = new Set<string>();
  for (const cell of cells) {
    const name = cell.trim();
    if (name.length > MAX_NAME) {
      throw inputError('data.long-name', `"${file}", line ${line}: the column name "${shortened(name)}" has more than ${MAX_NAME} characters.`, {
        hint: 'Shorten it, or add a header line if the first line holds something else.', details: { name: file, line, column: shortened(name), limit: MAX_NAME },
      });
    }
    if (name !== '' && given.has(name)) {
      throw inputError('data.duplicate-column', `"${file}", line ${line}: two columns are called "${name}".`, {
        hint: 'Give each column a name of its own.', details: { name: file, line, column: name },
      });
    }
    given.add(name);
  }
  return cells.map((cell, c) => {
    let name = cell.trim() || `Column ${c + 1}`;
    while (cell.trim() === '' && given.has(name)) name += ' (unnamed)';
    return name;
  });
}

function tooLarge(bytes: number, file: string): AppError {
  const megabytes = Math.ceil(bytes / 1024 / 1024);
  const limit = MAX_BYTES / 1024 / 1024;
  return inputError('data.too-large', `"${file}" has ${megabytes} MB; files up to ${limit} MB can be opened.`, {
    hint: 'Open a shorter part of the file.', details: { name: file, megabytes, limit },
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
  return table.cells[row * table.names.length + c]!;
}

/** Rows `start` .. `start + count - 1` as they stand, for the table on the screen; fewer at the end of the table. */
export function tableRows(table: Table, start: number, count: number): { line: number; cells: string[] }[] {
  const width = table.names.length;
  const end = Math.min(table.rows, start + count);
  return Array.from({ length: Math.max(0, end - start) }, (_, i) => ({
    line: table.lines[start + i]!, cells: table.cells.slice((start + i) * width, (start + i + 1) * width),
  }));
}
