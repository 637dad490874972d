/**
 * Numbers as people write them. `decimal` is the file's decimal mark; the other mark may group thousands.
 * Digits, sign and exponent only: no percent sign, no currency, no hexadecimal.
 */
const plain = { '.': /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/, ',': /^[+-]?(\d+,?\d*|,\d+)([eE][+-]?\d+)?$/ };
const grouped = { '.': /^[+-]?\d{1,3}(,\d{3})+(\.\d*)?$/, ',': /^[+-]?\d{1,3}(\.\d{3})+(,\d*)?$/ };

/** @returns NaN for what is no finite number */
export function parseNumber(cell: string, decimal: '.' | ','): number {
  const text = cell.trim();
  let canonical: string;
  if (plain[decimal].test(text)) canonical = decimal === ',' ? text.replace(',', '.') : text;
  else if (grouped[decimal].test(text)) canonical = decimal === ',' ? text.replaceAll('.', '').replace(',', '.') : text.replaceAll(',', '');
  else return Number.NaN;
  const value = Number(canonical);
  return Number.isFinite(value) ? value : Number.NaN;
}

/** Whether a word stands for "no value" by custom; it is still named to the person, never dropped silently. */
export function isMissing(cell: string): boolean {
  return cell.trim() === '';
}
