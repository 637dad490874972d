import type { Records } from './records.ts';

const QUOTE = 34;
/** Longer cells are decoded by the platform; a short one costs less by hand. */
const SHORT = 48;
const decoder = new TextDecoder();

/** The text of the bytes [from, to). */
function textOf(bytes: Uint8Array, from: number, to: number): string {
  if (to - from > SHORT) return decoder.decode(bytes.subarray(from, to));
  let text = '';
  for (let i = from; i < to; i++) {
    const code = bytes[i]!;
    if (code > 127) return decoder.decode(bytes.subarray(from, to));
    text += String.fromCharCode(code);
  }
  return text;
}

/** Every cell of a table as it stands in the file: bytes in UTF-8 and where each cell lies in them. */
export class Cells {
  readonly bytes: Uint8Array;
  readonly width: number;
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;

  /** @param starts [rows * width] @param ends [rows]: end of each row's last cell */
  constructor(bytes: Uint8Array, width: number, starts: Uint32Array, ends: Uint32Array) {
    this.bytes = bytes;
    this.width = width;
    this.starts = starts;
    this.ends = ends;
  }

  /** Where a cell ends, its delimiter left out. */
  end(row: number, c: number): number {
    return c === this.width - 1 ? this.ends[row]! : this.starts[row * this.width + c + 1]! - 1;
  }

  text(row: number, c: number): string {
    return cellText(this.bytes, this.starts[row * this.width + c]!, this.end(row, c));
  }
}

/** The text of a cell that lies in [start, end): its quotation marks and the blanks around them taken off. */
function cellText(bytes: Uint8Array, start: number, end: number): string {
  let from = start;
  while (from < end && (bytes[from] === 32 || bytes[from] === 9)) from += 1;
  if (bytes[from] !== QUOTE || from >= end) return textOf(bytes, start, end);
  let to = end - 1;
  while (bytes[to] !== QUOTE) to -= 1;
  const inside = textOf(bytes, from + 1, to);
  return inside.includes('"') ? inside.replaceAll('""', '"') : inside;
}

/** The cells of each record as texts: for the few that decide how a file is read. */
export function recordTexts(bytes: Uint8Array, { records, starts, ends, firsts }: Records): string[][] {
  return Array.from({ length: records }, (_, r) => {
    const [first, next] = [firsts[r]!, firsts[r + 1]!];
    return Array.from({ length: next - first }, (_cell, c) => cellText(bytes, starts[first + c]!, first + c === next - 1 ? ends[r]! : starts[first + c + 1]! - 1));
  });
}
