import type { Column } from '../shared/dataset.ts';
import type { Encoding } from '../shared/roles.ts';
import { readNumberColumn } from './number-column.ts';
import { cellAt, type Table } from './table.ts';

/** Categories of a column at most; more different cells are words of a text, or names. */
const MOST = 50;
/** With more categories than this a code is proposed: one-hot would make as many inputs. */
const FEW = 12;
/** Longer cells are sentences. */
const LONGEST = 60;

/** Words for yes and no, in lower case; the first of each pair is 1. */
const pairs: readonly (readonly [string, string])[] = [
  ['true', 'false'], ['yes', 'no'], ['y', 'n'], ['t', 'f'], ['on', 'off'], ['1', '0'], ['ja', 'nein'], ['j', 'n'], ['oui', 'non'], ['vrai', 'faux'], ['wahr', 'falsch'],
  ['sí', 'no'], ['si', 'no'], ['sim', 'não'], ['open', 'closed'], ['是', '否'], ['有', '无'], ['真', '假'], ['开', '关'],
];

/** The categories of a column and how it could go in, where its cells are few different ones. */
export function categoriesIn(table: Table, c: number, type: Column['type']): Pick<Column, 'categories' | 'encoding'> {
  const none = { categories: null, encoding: null };
  if (type !== 'text' && type !== 'number') return none;
  const found = type === 'number' ? wholeNumbers(table, c) : words(table, c);
  if (found === null || found.length < 2) return none;
  return { categories: found, encoding: type === 'number' ? null : encodingOf(found) };
}

/** Words for yes and no as a boolean, else one-hot, or a code where there are many. */
export function encodingOf(categories: readonly string[]): Encoding {
  const lower = categories.map((word) => word.toLowerCase());
  const different = new Set(lower);
  const pair = different.size === 2 ? pairs.find((words) => words.every((word) => different.has(word))) : undefined;
  if (pair !== undefined) return { kind: 'boolean', true: [pair[0]], false: [pair[1]] };
  return { kind: categories.length > FEW ? 'code' : 'onehot', categories: [...categories] };
}

/** In the order of the alphabet; null where they are many, long, or hardly repeat. */
function words(table: Table, c: number): string[] | null {
  const found = new Set<string>();
  let filled = 0;
  for (let row = 0; row < table.rows; row++) {
    const cell = cellAt(table, row, c).trim();
    if (cell === '') continue;
    filled += 1;
    if (cell.length > LONGEST) return null;
    found.add(cell);
    if (found.size > MOST) return null;
  }
  // A name for each row is none of a few words.
  return found.size * 2 > filled ? null : [...found].sort();
}

/** Few whole numbers (a weekday, a 0 and 1): ascending, as the file writes them. */
function wholeNumbers(table: Table, c: number): string[] | null {
  const { values } = readNumberColumn(table, c);
  const found = new Map<number, number>();
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!;
    if (Number.isNaN(value) || found.has(value)) continue;
    if (!Number.isInteger(value) || found.size === MOST) return null;
    found.set(value, row);
  }
  if (found.size * 2 > values.length) return null;
  return [...found].sort(([a], [b]) => a - b).map(([, row]) => cellAt(table, row, c).trim());
}
