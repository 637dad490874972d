import type { Dialect } from '../shared/dataset.ts';
import { recordTexts } from './cells.ts';
import { isMissing, isNotFinite, parseNumber } from './numbers.ts';
import { scanRecords, type Records } from './records.ts';
import { looksLikeTime } from './time-format.ts';

const delimiters = [',', ';', '\t', '|'] as const;
export type Delimiter = Dialect['delimiter'];

/** Records that decide how the file is read, and the bytes in which they are looked for. */
const SAMPLE = 100;
const HEAD = 1 << 20;

/** Excel's own first line that names the delimiter, for example "sep=;". */
const EXCEL_LINE = /^sep=([,;\t|])\r?\n/i;

/** The delimiter that a first line "sep=;" states; null for a file without one. */
export function statedDelimiter(bytes: Uint8Array): { delimiter: Delimiter; length: number } | null {
  const match = EXCEL_LINE.exec(String.fromCharCode(...bytes.subarray(0, 16)));
  return match === null ? null : { delimiter: match[1] as Delimiter, length: match[0].length };
}

/**
 * The delimiter that cuts the first records most evenly into most numbers and dates; a comma where none cuts at all.
 * Numbers decide where two cut evenly: "2024-01-31;1,5" is a date and a number, not two halves.
 */
export function sniffDelimiter(bytes: Uint8Array): Delimiter {
  let best: Delimiter = ',';
  let bestScore = 0;
  for (const delimiter of delimiters) {
    const score = scoreOf(sampleRecords(bytes, delimiter, SAMPLE).texts);
    if (score > bestScore + 1e-9) {
      bestScore = score;
      best = delimiter;
    }
  }
  return best;
}

/** The first records of a text, at most `most` of them; those before a broken quotation mark where there is one. */
export function sampleRecords(bytes: Uint8Array, delimiter: Delimiter, most: number, at = 0): { places: Records; texts: string[][] } {
  const head = bytes.subarray(0, HEAD);
  // An error comes again, with the file's name, when the whole file is read.
  const places = scanRecords(head, delimiter.charCodeAt(0), '', { at, limit: most, lenient: true });
  const texts = recordTexts(head, places);
  // The last one may have been cut with the head.
  if (head.length < bytes.length && places.records < most && texts.length > 1) texts.pop();
  return { places, texts };
}

function scoreOf(records: string[][]): number {
  const times = new Map<number, number>();
  for (const { length } of records) times.set(length, (times.get(length) ?? 0) + 1);
  times.delete(1);
  const [usual] = [...times].sort((a, b) => b[1] - a[1] || b[0] - a[0]);
  if (usual === undefined) return 0;
  const below = records.slice(1).flat();
  const values = below.filter((cell) => isMissing(cell) || isValue(cell, '.') || isValue(cell, ',')).length;
  return usual[1] / records.length + (below.length === 0 ? 0 : values / below.length) / 2;
}

/** Whether a cell holds a number or a date. */
export function isValue(cell: string, decimal: Dialect['decimal']): boolean {
  return !Number.isNaN(parseNumber(cell, decimal)) || looksLikeTime(cell);
}

/**
 * A comma is the decimal mark when more cells can only be read so. Where no
 * cell decides ("1,234" alone), a comma is taken for the decimal mark, as the delimiter suggests.
 */
export function sniffDecimal(cells: Iterable<string>, delimiter: Delimiter): Dialect['decimal'] {
  const only = { '.': 0, ',': 0 };
  const either = { '.': 0, ',': 0 };
  for (const cell of cells) {
    const marks = cell.includes(',') ? ',' : cell.includes('.') ? '.' : null;
    if (marks === null) continue;
    const [comma, point] = [!Number.isNaN(parseNumber(cell, ',')), !Number.isNaN(parseNumber(cell, '.'))];
    if (comma && point) either[marks] += 1;
    else if (comma) only[','] += 1;
    else if (point) only['.'] += 1;
  }
  // Between commas a decimal comma stands in quotes, and only a cell that can be read in no other way shows one.
  if (delimiter === ',') return only[','] > only['.'] ? ',' : '.';
  if (only[','] !== only['.']) return only[','] > only['.'] ? ',' : '.';
  return either[','] > either['.'] ? ',' : '.';
}

/** What stands for a value that is none; in a first row it does not make a header. */
function isPlaceholder(cell: string): boolean {
  return isMissing(cell) || isNotFinite(cell) || /^(?:n\/?a|null|none|-+|\.+|#n\/a)$/i.test(cell.trim());
}

/**
 * Whether the first row names the columns: it has a word where the rows below have values, or it has no value at all.
 * "Year,2019,2020" over rows of numbers is such a header.
 *
 * @param below some of the rows that follow
 */
export function hasHeader(first: readonly string[], below: readonly (readonly string[])[], decimal: Dialect['decimal']): boolean {
  if (!first.some((cell) => isValue(cell, decimal))) return true;
  return first.some((cell, c) => {
    if (isPlaceholder(cell) || isValue(cell, decimal)) return false;
    const values = below.filter((row) => isValue(row[c] ?? '', decimal)).length;
    return values * 2 > below.length;
  });
}
