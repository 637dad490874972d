import type { Dialect } from '../shared/dataset.ts';

// Digits, sign and exponent only: no percent sign, no currency, no hexadecimal. No part of these expressions can
// match the same text in two ways, so that a cell of a million digits takes no longer than its length.
const plain = { '.': /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/, ',': /^[+-]?(?:\d+(?:,\d*)?|,\d+)(?:[eE][+-]?\d+)?$/ };
const grouped = { '.': /^[+-]?\d{1,3}(?:,\d{3})+(?:\.\d*)?$/, ',': /^[+-]?\d{1,3}(?:\.\d{3})+(?:,\d*)?$/ };
/** Thousands set apart by a blank (also a narrow or unbreakable one) or an apostrophe, as in France and Switzerland. */
const spaced = { '.': /^[+-]?\d{1,3}(?:[ \u00a0\u2009\u202f'\u2019]\d{3})+(?:\.\d*)?$/, ',': /^[+-]?\d{1,3}(?:[ \u00a0\u2009\u202f'\u2019]\d{3})+(?:,\d*)?$/ };

/** The minus sign that typesetters use. */
const MINUS = '\u2212';

/**
 * A number as people write it: 1234.5, 1,234.5, 1 234.5, 1'234.5 or, with a decimal comma, 1234,5, 1.234,5 and 1 234,5.
 *
 * @param decimal the file's decimal mark; the other mark may group thousands
 * @returns NaN for what is no number, an infinity for one that float64 cannot hold
 */
export function parseNumber(cell: string, decimal: Dialect['decimal']): number {
  let text = cell.trim();
  if (text.startsWith(MINUS)) text = `-${text.slice(1)}`;
  if (plain[decimal].test(text)) return Number(decimal === ',' ? text.replace(',', '.') : text);
  if (grouped[decimal].test(text)) return Number(decimal === ',' ? text.replaceAll('.', '').replace(',', '.') : text.replaceAll(',', ''));
  if (!spaced[decimal].test(text)) return Number.NaN;
  return Number(text.replace(/[ \u00a0\u2009\u202f'\u2019]/g, '').replace(',', '.'));
}

/** An empty cell; words such as "n/a" are not missing but named to the person. */
export function isMissing(cell: string): boolean {
  return cell.trim() === '';
}

/** What other programs write for a value that is none. */
export function isNotFinite(cell: string): boolean {
  return /^[+-]?(?:nan|inf(?:inity)?)$/i.test(cell.trim());
}
