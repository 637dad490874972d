import type { Dialect } from '../shared/dataset.ts';
import { parseNumber } from './numbers.ts';

const delimiters = [',', ';', '\t', '|'] as const;
export type Delimiter = Dialect['delimiter'];

/** The delimiter that cuts the first lines most evenly: the same count, not zero, in most of them. */
export function sniffDelimiter(text: string): Delimiter {
  const lines = firstLines(text, 50);
  let best: Delimiter = ',';
  let bestScore = 0;
  for (const delimiter of delimiters) {
    const counts = lines.map((line) => count(line, delimiter)).filter((n) => n > 0);
    if (counts.length === 0) continue;
    const usual = mode(counts);
    const even = counts.filter((n) => n === usual).length / lines.length;
    // Even cuts weigh most; more columns decide between two even ones.
    const score = even + Math.min(usual, 20) / 1000;
    if (score > bestScore + 1e-12) {
      bestScore = score;
      best = delimiter;
    }
  }
  return best;
}

function firstLines(text: string, most: number): string[] {
  return text.slice(0, 65_536).split(/\r\n|\n|\r/).filter((line) => line.trim() !== '').slice(0, most);
}

/** Occurrences outside of quotes. */
function count(line: string, delimiter: string): number {
  let n = 0;
  let quoted = false;
  for (const character of line) {
    if (character === '"') quoted = !quoted;
    else if (character === delimiter && !quoted) n += 1;
  }
  return n;
}

function mode(values: number[]): number {
  const times = new Map<number, number>();
  for (const value of values) times.set(value, (times.get(value) ?? 0) + 1);
  return [...times.entries()].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0]![0];
}

/** Decimal comma where the delimiter is not a comma and more cells read as numbers with it than with a point. */
export function sniffDecimal(cells: Iterable<string>, delimiter: Delimiter): '.' | ',' {
  if (delimiter === ',') return '.';
  let comma = 0;
  let point = 0;
  for (const cell of cells) {
    if (!/[.,]/.test(cell)) continue;
    if (!Number.isNaN(parseNumber(cell, ','))) comma += 1;
    if (!Number.isNaN(parseNumber(cell, '.'))) point += 1;
  }
  return comma > point ? ',' : '.';
}

/**
 * Whether the first row names the columns: no cell of it is a number or a date, unless names repeat no number below.
 * A file whose first row already holds values has none.
 */
export function hasHeader(first: readonly string[], isValue: (cell: string) => boolean): boolean {
  return !first.some((cell) => cell.trim() !== '' && isValue(cell));
}
