import { inputError, type AppError } from '../shared/errors.ts';

export type Kind = 'text' | 'gzip' | 'parquet' | 'json' | 'excel';

const starts = (bytes: Uint8Array, ...signature: number[]) => signature.every((byte, i) => bytes[i] === byte);
/** A name inside a ZIP archive that only a workbook has. */
const WORKBOOK = new TextEncoder().encode('xl/');

/**
 * What a file is, by its first bytes; its name decides nothing but whether a text may be JSON.
 * @throws inputError for what is known and cannot be read: an old workbook, an archive, a document
 */
export function kindOf(bytes: Uint8Array, name: string): Kind {
  if (starts(bytes, 0x1f, 0x8b)) return 'gzip';
  if (starts(bytes, 0x50, 0x41, 0x52, 0x31)) return 'parquet';
  if (starts(bytes, 0x50, 0x4b, 0x03, 0x04)) {
    if (indexOf(bytes, WORKBOOK) >= 0 || /\.xls[xm]$/i.test(name)) return 'excel';
    throw unsupported(name, 'ZIP archive', 'Unpack it, then open the file in it.');
  }
  const known: [signature: number[], what: string, hint: string][] = [
    [[0xd0, 0xcf, 0x11, 0xe0], 'workbook of an old Excel (.xls)', 'Save it as .xlsx or CSV, then open that.'],
    [[0x42, 0x5a, 0x68], 'bzip2 file', 'Unpack it, then open the file in it.'], [[0xfd, 0x37, 0x7a, 0x58, 0x5a], 'xz file', 'Unpack it, then open the file in it.'],
    [[0x28, 0xb5, 0x2f, 0xfd], 'Zstandard file', 'Unpack it, then open the file in it.'], [[0x37, 0x7a, 0xbc, 0xaf], '7-Zip archive', 'Unpack it, then open the file in it.'],
    [[0x89, 0x48, 0x44, 0x46], 'HDF5 file', 'Export it as CSV, then open the CSV.'], [[0x53, 0x51, 0x4c, 0x69, 0x74, 0x65], 'SQLite database', 'Export the table as CSV, then open the CSV.'],
    [[0x25, 0x50, 0x44, 0x46], 'PDF document', 'Export the table as CSV, then open the CSV.'],
  ];
  for (const [signature, what, hint] of known) if (starts(bytes, ...signature)) throw unsupported(name, what, hint);
  return looksJson(bytes, name) ? 'json' : 'text';
}

function unsupported(name: string, what: string, hint: string): AppError {
  return inputError('file.kind', `"${name}" is a ${what}, which cannot be opened.`, { hint, details: { name, what } });
}

/** An object or an array of objects at the start; a text that happens to begin with a bracket is none. */
function looksJson(bytes: Uint8Array, name: string): boolean {
  let at = starts(bytes, 0xef, 0xbb, 0xbf) ? 3 : 0;
  const next = () => {
    while (at < bytes.length && (bytes[at]! === 32 || (bytes[at]! >= 9 && bytes[at]! <= 13))) at += 1;
    return bytes[at++];
  };
  const first = next();
  const named = /\.(json|jsonl|ndjson|json5|geojson)(\.gz)?$/i.test(name);
  if (first === 0x7b) {
    const second = next();
    return named || second === 0x22 || second === 0x7d;
  }
  return first === 0x5b && (named || next() === 0x7b);
}

function indexOf(bytes: Uint8Array, wanted: Uint8Array): number {
  for (let at = bytes.indexOf(wanted[0]!); at >= 0; at = bytes.indexOf(wanted[0]!, at + 1)) {
    if (wanted.every((byte, i) => bytes[at + i] === byte)) return at;
  }
  return -1;
}
