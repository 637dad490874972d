import { inputError } from '../shared/errors.ts';
import type { Dialect } from '../shared/dataset.ts';

type Encoding = Dialect['encoding'];
/** Bytes that are decoded at a time: no text of a large file is ever in memory whole. */
const CHUNK = 1 << 23;
/** Bytes that tell the encoding. */
const HEAD = 1 << 18;

/**
 * A file's text as UTF-8 bytes without a byte order mark. A mark decides the encoding, else UTF-8 where the bytes are valid,
 * else GB18030 where they read as Chinese, else Windows-1252.
 * @throws inputError 'data.empty', 'data.binary', or 'data.encoding' when the bytes break what their mark promises
 */
export function toUtf8(bytes: Uint8Array, name: string): { bytes: Uint8Array; encoding: Encoding } {
  if (bytes.length === 0) throw emptyFile(name);
  const marked = byMark(bytes) ?? unmarkedUtf16(bytes);
  if (marked === 'utf-16le' || marked === 'utf-16be') {
    const recoded = recode(bytes, marked);
    if (recoded === null) throw broken(marked, name);
    if (recoded.includes(0)) throw binary(name);
    return { bytes: recoded, encoding: marked };
  }
  if (bytes.includes(0) || manyControls(bytes)) throw binary(name);
  if (isAscii(bytes) || isUtf8(bytes)) return { bytes: marked === 'utf-8' ? bytes.subarray(3) : bytes, encoding: 'utf-8' };
  if (marked === 'utf-8') throw broken(marked, name);
  const chinese = looksChinese(bytes) ? recode(bytes, 'gb18030') : null;
  return chinese === null ? { bytes: recode(bytes, 'windows-1252')!, encoding: 'windows-1252' } : { bytes: chinese, encoding: 'gb18030' };
}

export function emptyFile(name: string) {
  return inputError('data.empty', `"${name}" is empty.`, { hint: 'Open a file with a header line and rows of numbers.', details: { name } });
}

function binary(name: string) {
  return inputError('data.binary', `"${name}" is not a text file.`, { hint: 'Export it as CSV, then open the CSV.', details: { name } });
}

/** Nothing is replaced silently by the character that stands for broken bytes. */
function broken(encoding: Encoding, name: string) {
  return inputError('data.encoding', `"${name}" begins as ${encoding.toUpperCase()} text and has bytes that are none.`, {
    hint: 'Save it again as CSV in UTF-8.', details: { name, encoding: encoding.toUpperCase() },
  });
}

function byMark(bytes: Uint8Array): Encoding | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return null;
}

/** Digits and delimiters in UTF-16 have a zero for every other byte; nothing else does. */
function unmarkedUtf16(bytes: Uint8Array): Encoding | null {
  const head = bytes.subarray(0, 4096);
  if (head.length < 4 || bytes.length % 2 === 1) return null;
  const zeros = [0, 0];
  head.forEach((byte, i) => { if (byte === 0) zeros[i & 1]! += 1; });
  const [even, odd] = zeros as [number, number];
  const many = head.length * 0.35;
  return odd > many && even === 0 ? 'utf-16le' : even > many && odd === 0 ? 'utf-16be' : null;
}

/** In UTF-8, piece by piece; null where the bytes are none of that encoding. */
function recode(bytes: Uint8Array, encoding: Encoding): Uint8Array | null {
  const decoder = new TextDecoder(encoding, { fatal: true });
  const encoder = new TextEncoder();
  const parts: Uint8Array[] = [];
  try {
    for (let at = 0; at < bytes.length; at += CHUNK) parts.push(encoder.encode(decoder.decode(bytes.subarray(at, at + CHUNK), { stream: true })));
    parts.push(encoder.encode(decoder.decode()));
  } catch {
    return null;
  }
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function isAscii(bytes: Uint8Array): boolean {
  const aligned = bytes.byteOffset % 4 === 0 ? bytes.length >>> 2 : 0;
  const words = aligned === 0 ? new Uint32Array() : new Uint32Array(bytes.buffer, bytes.byteOffset, aligned);
  for (let i = 0; i < words.length; i++) if ((words[i]! & 0x80808080) !== 0) return false;
  for (let i = words.length * 4; i < bytes.length; i++) if (bytes[i]! > 127) return false;
  return true;
}

function isUtf8(bytes: Uint8Array): boolean {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for (let at = 0; at < bytes.length; at += CHUNK) decoder.decode(bytes.subarray(at, at + CHUNK), { stream: true });
    decoder.decode();
    return true;
  } catch {
    return false;
  }
}

/**
 * Whether bytes that are no UTF-8 read as GB18030: they come in pairs of which most are the frequent characters and the
 * punctuation of GB 2312. In a European text high bytes stand alone, and pairs of them are rare.
 */
function looksChinese(bytes: Uint8Array): boolean {
  const start = Math.max(0, bytes.findIndex((byte) => byte > 127));
  const end = Math.min(bytes.length, start + HEAD);
  let [frequent, rare] = [0, 0];
  for (let i = start; i < end - 3;) {
    const lead = bytes[i]!;
    if (lead < 0x80) { i += 1; continue; }
    const trail = bytes[i + 1]!;
    if (lead === 0x80 || lead === 0xff) return false;
    if (trail >= 0x30 && trail <= 0x39) {
      if (bytes[i + 2]! < 0x81 || bytes[i + 3]! < 0x30 || bytes[i + 3]! > 0x39) return false;
      rare += 1;
      i += 4;
      continue;
    }
    if (trail < 0x40 || trail === 0x7f || trail === 0xff) return false;
    if (trail >= 0xa1 && ((lead >= 0xb0 && lead <= 0xd7) || (lead >= 0xa1 && lead <= 0xa9))) frequent += 1;
    else rare += 1;
    i += 2;
  }
  if (frequent + rare === 0) {
    // Only at the very end: a pair there decides.
    const tail = bytes.subarray(start);
    return tail.length >= 2 && tail[0]! >= 0xb0 && tail[0]! <= 0xd7 && tail[1]! >= 0xa1;
  }
  return frequent > rare * 2;
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
