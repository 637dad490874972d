import type { Column } from '../shared/dataset.ts';
import { AppError, type AppErrorData } from '../shared/errors.ts';
import { describeTable, type TableFacts } from './describe.ts';
import { recordTexts } from './cells.ts';
import { scanRecords } from './records.ts';
import { readTable, tableRows, type Table } from './table.ts';

// What the tests of this folder share.

export const NAME = 'rates.csv';

export function tableOf(text: string | Uint8Array): Table {
  return readTable(typeof text === 'string' ? new TextEncoder().encode(text) : text, NAME);
}

export function factsOf(text: string | Uint8Array): TableFacts {
  return describeTable(tableOf(text));
}

/** One column of a table. */
export function columnOf(text: string, name: string): Column {
  const column = factsOf(text).columns.find((candidate) => candidate.name === name);
  if (column === undefined) throw new Error(`There is no column ${name}.`);
  return column;
}

/** The cells of each row. */
export function rowsOf(table: Table): string[][] {
  return tableRows(table, 0, table.rows).map(({ cells }) => cells);
}

/** The cells of every record of a text. */
export function recordsOf(text: string, delimiter: string): string[][] {
  const bytes = new TextEncoder().encode(text);
  return recordTexts(bytes, scanRecords(bytes, delimiter.charCodeAt(0), NAME));
}

/** The data of the AppError that this throws. */
export function errorOf(action: () => unknown): AppErrorData {
  try {
    action();
  } catch (error) {
    if (error instanceof AppError) return error.data;
    throw error;
  }
  throw new Error('Nothing was thrown.');
}

/** Rows "2024-01-01,1" and on, a day each. */
export function days(count: number, value: (i: number) => string | number = (i) => (i * 7) % 5): string {
  return Array.from({ length: count }, (_, i) => `${new Date(Date.UTC(2024, 0, 1 + i)).toISOString().slice(0, 10)},${value(i)}\n`).join('');
}
