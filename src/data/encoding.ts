import { inputError } from '../shared/errors.ts';
import type { Dialect } from '../shared/dataset.ts';

type Encoding = Dialect['encoding'];

/**
 * The text of a file: a byte order mark decides, else UTF-8 where the bytes are valid, else Windows-1252.
 * @throws inputError 'data.empty', 'data.binary', or 'data.encoding' when the bytes break what their mark promises
 */
export function decodeText(bytes: Uint8Array, name: string): { text: string; encoding: Encoding } {
  if (bytes.length === 0) throw emptyFile(name);
  const marked = byMark(bytes);
  if (marked === 'utf-16le' || marked === 'utf-16be') return { text: checked(strictly(bytes, marked, name), name), encoding: marked };
  if (bytes.includes(0) || manyControls(bytes)) throw binary(name);
  if (marked === 'utf-8') return { text: strictly(bytes, marked, name), encoding: marked };
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), encoding: 'utf-8' };
  } catch {
    return { text: new TextDecoder('windows-1252').decode(bytes), encoding: 'windows-1252' };
  }
}

export function emptyFile(name: string) {
  return inputError('data.empty', `"${name}" is empty.`, { hint: 'Open a file with a header line and rows of numbers.', details: { name } });
}

function binary(name: string) {
  return inputError('data.binary', `"${name}" is not a text file.`, { hint: 'Export it as CSV, then open the CSV.', details: { name } });
}

function byMark(bytes: Uint8Array): Encoding | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return null;
}

/** Nothing is replaced silently by the character that stands for broken bytes. */
function strictly(bytes: Uint8Array, encoding: Encoding, name: string): string {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    throw inputError('data.encoding', `"${name}" begins as ${encoding.toUpperCase()} text and has bytes that are none.`, {
      hint: 'Save it again as CSV in UTF-8.', details: { name, encoding: encoding.toUpperCase() },
    });
  }
}

function checked(text: string, name: string): string {
  if (text.includes('\0')) throw binary(name);
  return text;
}

/** Many control characters in the first 64 kB: no text has them. */
function manyControls(bytes: Uint8Array): boolean {
  const head = bytes.subarray(0, 65_536);
  let control = 0;
  for (const byte of head) {
    if (byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d && byte !== 0x0c && byte !== 0x1b) control += 1;
  }
  return control > Math.max(2, head.length * 0.02);
}
