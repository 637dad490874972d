import { csvText, type Cell } from '../../shared/csv.ts';

/** A table as CSV (RFC 4180), with the byte order mark that lets spreadsheets read it as UTF-8. */
export function toCsv(header: readonly string[], rows: Iterable<readonly Cell[]>): Uint8Array {
  return new TextEncoder().encode(`\uFEFF${csvText(header, rows)}`);
}

/** The bytes of a `data:…;base64,…` address. */
export function bytesOfDataUrl(url: string): Uint8Array {
  return Uint8Array.from(atob(url.slice(url.indexOf(',') + 1)), (character) => character.charCodeAt(0));
}
