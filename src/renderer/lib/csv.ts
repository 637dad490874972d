export type Cell = string | number | null;

/** A table as CSV (RFC 4180), with the byte order mark that lets spreadsheets read it as UTF-8. */
export function toCsv(header: readonly string[], rows: Iterable<readonly Cell[]>): Uint8Array {
  const lines = [header.map(cell).join(',')];
  for (const row of rows) lines.push(row.map(cell).join(','));
  return new TextEncoder().encode(`\uFEFF${lines.join('\r\n')}\r\n`);
}

function cell(value: Cell): string {
  if (value === null || (typeof value === 'number' && !Number.isFinite(value))) return '';
  // A spreadsheet would run a text that begins so as a formula; a number is none (OWASP, CSV injection).
  const text = typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** The bytes of a `data:…;base64,…` address. */
export function bytesOfDataUrl(url: string): Uint8Array {
  return Uint8Array.from(atob(url.slice(url.indexOf(',') + 1)), (character) => character.charCodeAt(0));
}
