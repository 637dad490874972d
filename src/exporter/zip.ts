import { crc32, inflateRawSync } from 'node:zlib';
import { inputError } from '../shared/errors.ts';

// Reading a zip that may come from anywhere: sizes are bounded as they are declared and as they turn out, names lead nowhere.
// Source: PKWARE APPNOTE 6.3.9, sections 4.3.7, 4.3.12 and 4.3.16.

const END = 0x06054b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;
const END_SIZE = 22;
/** Bytes of one entry and of all, unpacked, and entries of a file. */
const MAX_ENTRY = 512 * 1024 * 1024;
const MAX_TOTAL = 768 * 1024 * 1024;
const MAX_ENTRIES = 4096;
const SYMLINK = 0xa000;

interface Place { at: number; packed: number; size: number; crc: number; method: number }
export interface Zip { sizes: Map<string, number>; read(path: string): Uint8Array }

/**
 * Opens a zip; nothing of it is unpacked before it is asked for.
 * @param file its name, for sentences
 * @throws inputError 'import.damaged', 'import.foreign'
 */
export function openZip(bytes: Uint8Array, file: string): Zip {
  const refuse = (reason: string) => inputError('import.damaged', `${file} cannot be imported: ${reason}.`, { hint: 'Export the run again, or take another copy of the file.', details: { file, reason } });
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < END_SIZE || view.getUint32(0, true) !== LOCAL) throw inputError('import.foreign', `${file} is no .unroll file: it is no zip.`, { hint: 'Choose a file that Unroll has exported.', details: { file } });
  let end = bytes.length - END_SIZE;
  while (end >= 0 && end > bytes.length - END_SIZE - 65_536 && view.getUint32(end, true) !== END) end -= 1;
  if (end < 0 || view.getUint32(end, true) !== END) throw refuse('it is cut off: its directory is missing');
  const count = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  if (count > MAX_ENTRIES) throw refuse(`it holds more than ${MAX_ENTRIES} parts`);
  const places = new Map<string, Place>();
  let total = 0;
  for (let i = 0; i < count; i++) {
    if (at + 46 > end || view.getUint32(at, true) !== CENTRAL) throw refuse('its directory is damaged');
    const [flags, method, crc, packed, size] = [view.getUint16(at + 8, true), view.getUint16(at + 10, true), view.getUint32(at + 16, true), view.getUint32(at + 20, true), view.getUint32(at + 24, true)];
    const [nameLength, extra, comment, mode, offset] = [view.getUint16(at + 28, true), view.getUint16(at + 30, true), view.getUint16(at + 32, true), view.getUint32(at + 38, true) >>> 16, view.getUint32(at + 42, true)];
    if (at + 46 + nameLength > end) throw refuse('its directory is damaged');
    const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength));
    const said = JSON.stringify(name.slice(0, 80));
    if (!/^[a-z0-9][a-z0-9-]*(\/[a-z0-9][a-z0-9-]*)?(\.[a-z]+)?$/.test(name)) throw refuse(`it holds a part with the name ${said}, which no .unroll file has`);
    if (places.has(name)) throw refuse(`it holds ${said} twice`);
    if ((mode & 0xf000) === SYMLINK) throw refuse(`${said} is a link`);
    if ((flags & 1) !== 0 || (method !== 0 && method !== 8)) throw refuse(`${said} is encrypted or packed in an unknown way`);
    total += size;
    if (size > MAX_ENTRY || total > MAX_TOTAL) throw refuse(`unpacked it would take more than ${(size > MAX_ENTRY ? MAX_ENTRY : MAX_TOTAL) / 1024 / 1024} MB`);
    places.set(name, { at: dataAt(offset, packed, name), packed, size, crc, method });
    at += 46 + nameLength + extra + comment;
  }
  const ordered = [...places].sort(([, a], [, b]) => a.at - b.at);
  ordered.forEach(([name, place], i) => {
    const before = ordered[i - 1];
    if (before !== undefined && before[1].at + before[1].packed > place.at) throw refuse(`its parts ${before[0]} and ${name} lie in the same place`);
  });

  function dataAt(offset: number, packed: number, name: string): number {
    if (offset + 30 > end || view.getUint32(offset, true) !== LOCAL) throw refuse(`${name} is not where the directory says`);
    const nameLength = view.getUint16(offset + 26, true);
    const start = offset + 30 + nameLength + view.getUint16(offset + 28, true);
    if (start + packed > end || new TextDecoder().decode(bytes.subarray(offset + 30, offset + 30 + nameLength)) !== name) throw refuse(`${name} is not where the directory says`);
    return start;
  }

  return {
    sizes: new Map(ordered.map(([name, { size }]) => [name, size])),
    read: (path) => {
      const { at: from, packed, size, crc, method } = places.get(path)!;
      const raw = bytes.subarray(from, from + packed);
      let content: Uint8Array;
      try {
        content = method === 0 ? raw.slice() : new Uint8Array(inflateRawSync(raw, { maxOutputLength: Math.max(1, size) }));
      } catch {
        throw refuse(`${path} cannot be unpacked, or it is larger than it says`);
      }
      if (content.length !== size || crc32(content) !== crc) throw refuse(`${path} is damaged: its size or checksum is wrong`);
      return content;
    },
  };
}
