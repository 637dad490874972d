import { inputError } from '../shared/errors.ts';
import type { Dialect } from '../shared/dataset.ts';

/**
 * The text of a file: a byte order mark decides, else UTF-8 where the bytes are valid, else Windows-1252.
 * @throws inputError 'data.empty' and 'data.binary'
 */
export function decodeText(bytes: Uint8Array, name: string): { text: string; encoding: Dialect['encoding'] } {
  if (bytes.length === 0) throw inputError('data.empty', `"${name}" is empty.`, { hint: 'Open a file with a header line and rows of numbers.', details: { name } });
  const encoding = byMark(bytes);
  if (encoding !== null) return { text: new TextDecoder(encoding).decode(bytes), encoding };
  if (looksBinary(bytes)) {
    throw inputError('data.binary', `"${name}" is not a text file.`, { hint: 'Export it as CSV, then open the CSV.', details: { name } });
  }
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), encoding: 'utf-8' };
  } catch {
    return { text: new TextDecoder('windows-1252').decode(bytes), encoding: 'windows-1252' };
  }
}

function byMark(bytes: Uint8Array): Dialect['encoding'] | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return null;
}

/** A NUL byte, or many control characters, in the first 64 kB: no text has them. */
function looksBinary(bytes: Uint8Array): boolean {
  const head = bytes.subarray(0, 65_536);
  let control = 0;
  for (const byte of head) {
    if (byte === 0) return true;
    if (byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d && byte !== 0x0c && byte !== 0x1b) control += 1;
  }
  return control > Math.max(2, head.length * 0.02);
}
