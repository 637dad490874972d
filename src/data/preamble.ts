import type { Dialect } from '../shared/dataset.ts';
import { hasHeader } from './dialect.ts';

/** More lines than these above a table are no title. */
const MOST = 50;

/** The table's place in a file: records above its header, and whether the header itself is written as a comment ("# time,value"). */
export interface Preamble { skip: number; commented: boolean }

/**
 * How many of the first records are title and comment lines: marked by #, // or %, of one cell or at most half as many as the table has,
 * or padded with empty cells up to its width, as spreadsheets do.
 */
export function findPreamble(records: readonly (readonly string[])[], decimal: Dialect['decimal']): Preamble {
  const width = usualWidth(records);
  let skip = 0;
  while (skip < records.length && isAbove(records[skip]!, width)) skip += 1;
  if (skip === records.length || skip > MOST) return { skip: 0, commented: false };
  const last = records[skip - 1];
  const below = records.slice(skip, skip + 20);
  const commented = last !== undefined && last.length === width && isComment(last) && width > 1 && !hasHeader(below[0]!, below.slice(1), decimal);
  return { skip: commented ? skip - 1 : skip, commented };
}

/** The width of most records; the larger one of two that are as frequent. */
function usualWidth(records: readonly (readonly string[])[]): number {
  const times = new Map<number, number>();
  for (const { length } of records) times.set(length, (times.get(length) ?? 0) + 1);
  return [...times].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0]?.[0] ?? 0;
}

function isComment([first = '']: readonly string[]): boolean {
  return /^\s*(?:#|\/\/|%)/.test(first) && !/^\s*#\s*$/.test(first);
}

function isAbove(record: readonly string[], width: number): boolean {
  if (isComment(record)) return true;
  if (record.length !== width) return record.length === 1 || record.length * 2 <= width;
  if (width < 2) return false;
  const filled = record.filter((cell) => cell.trim() !== '');
  return filled.length === 0 || (width > 2 && filled.length === 1 && record[0]!.trim() !== '' && Number.isNaN(Number(record[0])));
}
