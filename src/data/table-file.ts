import type { Dialect } from '../shared/dataset.ts';
import { inputError } from '../shared/errors.ts';
import { Cells } from './cells.ts';
import type { Repairs, Table } from './table.ts';

// A table as a file of our own: what was read once needs no reading again. A header in JSON, then lines [rows], ends [rows],
// starts [rows * columns] (32 bits each, in the order of this machine) and the text.

const MAGIC = 'unroll-table-1';
const HEAD = 16;

interface Header { magic: string; file: string; dialect: Dialect; names: string[]; rows: number; bytes: number; repairs?: Repairs }

/** The pieces to write one after another; they share the table's memory. */
export function encodeTable(table: Table): Uint8Array[] {
  const { file, dialect, names, rows, cells, lines, repairs } = table;
  const header: Header = { magic: MAGIC, file, dialect, names, rows, bytes: cells.bytes.length, ...(repairs === undefined ? {} : { repairs }) };
  const json = new TextEncoder().encode(JSON.stringify(header));
  const padded = new Uint8Array(Math.ceil(json.length / 8) * 8).fill(32);
  padded.set(json);
  const head = new Uint8Array(HEAD);
  new DataView(head.buffer).setUint32(0, padded.length, true);
  return [head, padded, bytesOf(lines), bytesOf(cells.ends), bytesOf(cells.starts), cells.bytes];
}

function bytesOf(values: Int32Array | Uint32Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}

/** @param bytes whole, at the beginning of their buffer @throws inputError 'dataset.copy-damaged' */
export function decodeTable(bytes: Uint8Array<ArrayBuffer>, name: string): Table {
  const damaged = () => inputError('dataset.copy-damaged', `The stored copy of "${name}" is damaged.`, { hint: 'Open the file again.', details: { name } });
  if (bytes.length < HEAD) throw damaged();
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  let header: Header;
  try {
    header = JSON.parse(new TextDecoder().decode(bytes.subarray(HEAD, HEAD + length))) as Header;
  } catch {
    throw damaged();
  }
  const { file, dialect, names, rows, repairs } = header;
  const cells = rows * names.length;
  let at = bytes.byteOffset + HEAD + length;
  if (header.magic !== MAGIC || HEAD + length + (rows * 2 + cells) * 4 + header.bytes !== bytes.length) throw damaged();
  const take = (count: number) => { at += count * 4; return at - count * 4; };
  const lines = new Int32Array(bytes.buffer, take(rows), rows);
  const ends = new Uint32Array(bytes.buffer, take(rows), rows);
  const starts = new Uint32Array(bytes.buffer, take(cells), cells);
  return { file, dialect, names, rows, lines, ...(repairs === undefined ? {} : { repairs }), cells: new Cells(new Uint8Array(bytes.buffer, at, header.bytes), names.length, starts, ends) };
}
