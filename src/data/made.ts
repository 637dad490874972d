import type { Table } from './table.ts';

/**
 * A column of a table that was made of another one: cells of the file in another order, or values of their own.
 * `rows` [rows]: the row of the file for each row, -1 for an empty cell; null: the same rows.
 * A time shows its clock where one of its values has one.
 */
export type MadeColumn =
  | { kind: 'file'; c: number; rows: Int32Array | null }
  | { kind: 'numbers'; values: Float64Array }
  | { kind: 'times'; time: 'date' | 'number'; values: Float64Array; clock: boolean };

/** What a table was made of: the table of the file, and where each column comes from. */
export interface Made { of: Table; columns: readonly MadeColumn[] }

/** Where the columns of any table come from. */
export function columnsOf(table: Table): readonly MadeColumn[] {
  return table.made?.columns ?? table.names.map((_name, c) => ({ kind: 'file', c, rows: null }));
}

/** The text of a made cell: numbers as short as they can be read back, dates in ISO 8601, '' for what is missing. */
export function madeText(column: Exclude<MadeColumn, { kind: 'file' }>, row: number, decimal: '.' | ','): string {
  const value = column.values[row]!;
  if (Number.isNaN(value)) return '';
  if (column.kind === 'times' && column.time === 'date') return dateText(value, column.clock);
  return decimal === '.' ? String(value) : String(value).replace('.', ',');
}

function dateText(value: number, clock: boolean): string {
  const iso = new Date(value).toISOString();
  if (!clock) return iso.slice(0, iso.indexOf('T'));
  return iso.endsWith('.000Z') ? iso.replace('T', ' ').slice(0, -5) : iso.replace('T', ' ').slice(0, -1);
}

const DAY = 86_400_000;

/** A made column of times; their clock is shown where one of them is not midnight. */
export function timesColumn(time: 'date' | 'number', values: Float64Array): MadeColumn {
  return { kind: 'times', time, values, clock: time === 'date' && values.some((value) => !Number.isNaN(value) && value % DAY !== 0) };
}

/** The table with other columns, rows as they are. @param names those of the columns, in their order */
export function withColumns(table: Table, columns: readonly MadeColumn[], names: string[] = table.names): Table {
  return { ...table, names, made: { of: table.made?.of ?? table, columns } };
}

/** The table with one column replaced. */
export function withColumn(table: Table, c: number, column: MadeColumn): Table {
  return withColumns(table, columnsOf(table).map((each, i) => (i === c ? column : each)));
}

/**
 * The table of these rows, in this order. A row that is put in (-1) is empty, and has the line of the row before it.
 * @param index [rows of the new table]: rows of this one
 */
export function takeRows(table: Table, index: Int32Array): Table {
  // Columns of the file share their rows: each map is put together once.
  const composed = new Map<Int32Array | null, Int32Array>([[null, index]]);
  const through = (rows: Int32Array | null): Int32Array => {
    const known = composed.get(rows);
    if (known !== undefined) return known;
    const made = index.map((row) => (row < 0 ? -1 : rows![row]!));
    composed.set(rows, made);
    return made;
  };
  const columns = columnsOf(table).map((column): MadeColumn => (column.kind === 'file' ? { ...column, rows: through(column.rows) } : { ...column, values: gather(column.values, index) }));
  const lines = new Int32Array(index.length);
  for (let i = 0; i < index.length; i++) lines[i] = index[i]! < 0 ? (i === 0 ? table.lines[0]! : lines[i - 1]!) : table.lines[index[i]!]!;
  return { ...withColumns(table, columns), rows: index.length, lines };
}

/** values[index]; NaN where the index is -1. */
export function gather(values: Float64Array, index: Int32Array): Float64Array {
  const taken = new Float64Array(index.length);
  for (let i = 0; i < index.length; i++) taken[i] = index[i]! < 0 ? NaN : values[index[i]!]!;
  return taken;
}
