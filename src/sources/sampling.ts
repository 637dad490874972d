import { readTable, type Table } from '../data/index.ts';
import { inputError, type AppError } from '../shared/errors.ts';
import { MAX_TABLE_BYTES } from '../data/index.ts';
import type { Sampling } from '../shared/dataset.ts';
import { readPieces, type SourceFile } from './file.ts';

const PIECE = 1 << 22;
/** From so many bytes the header is told. */
const HEAD = 1 << 20;
/** Bytes of a record: 2000 cells of some length. */
const MAX_RECORD = 32 * 1024 * 1024;
const LF = 10;
const QUOTE = 34;

/** A file is too large to be read whole: what is proposed instead goes into `details`. @param size bytes, null where nobody knows */
export function tooLargeWhole(name: string, size: number | null): AppError {
  const limit = MAX_TABLE_BYTES / 1024 / 1024;
  const megabytes = size === null ? limit : Math.ceil(size / 1024 / 1024);
  return inputError('file.choose-sample', size === null ? `"${name}" has more than ${limit} MB when unpacked; up to ${limit} MB are read whole.` : `"${name}" has ${megabytes} MB; up to ${limit} MB are read whole.`, {
    hint: 'Open its first rows or every n-th row.', details: { name, megabytes, limit, first: 1_000_000, every: size === null ? 10 : Math.ceil(size / (MAX_TABLE_BYTES / 4)) },
  });
}

/**
 * Some rows of a text file of any length: its first ones, or every n-th from the first on. Records are told apart by line
 * ends outside quotation marks. The lines of the rows stay those of the file.
 *
 * @param onProgress is told the share of the file that was read, 0 to 1
 * @returns the table and the text that it was made from
 */
export function sampleFile(file: SourceFile, sampling: Sampling, onProgress: (share: number) => void): { table: Table; text: Uint8Array } {
  const above = recordsAbove(file);
  const kept = new KeptRecords(file.name, above, sampling);
  let done = 0;
  readPieces(file, PIECE, (bytes) => {
    done += bytes.length;
    onProgress(done / file.size);
    return kept.take(bytes);
  });
  const { text, lines } = kept.done();
  return { table: readTable(text, file.name, { lineOf: lines }), text };
}

/** Records above the first row: those that are skipped, and the header. */
function recordsAbove(file: SourceFile): number {
  let head = new Uint8Array();
  readPieces(file, HEAD, (bytes) => { head = bytes.slice(); return false; });
  if (head[0] === 0xff || head[0] === 0xfe) {
    throw inputError('file.sample-encoding', `"${file.name}" is UTF-16 text; rows can be picked out of UTF-8 and single-byte text only.`, { hint: 'Save it as UTF-8, then open it again.', details: { name: file.name } });
  }
  const end = head.lastIndexOf(LF);
  const { dialect } = readTable(end < 0 ? head : head.subarray(0, end + 1), file.name);
  return dialect.skippedLines + (dialect.header ? 1 : 0);
}

/** Collects records until there are enough. */
class KeptRecords {
  readonly #name: string;
  readonly #above: number;
  readonly #sampling: Sampling;
  #parts: Uint8Array[] = [];
  #bytes = 0;
  #lines: number[] = [];
  /** The beginning of a record that goes on in the next piece. */
  #rest: Uint8Array | null = null;
  #record = 0;
  #line = 1;
  #began = 1;
  #quoted = false;

  constructor(name: string, above: number, sampling: Sampling) {
    this.#name = name;
    this.#above = above;
    this.#sampling = sampling;
  }

  take(bytes: Uint8Array): boolean {
    let start = 0;
    for (let at = 0; at < bytes.length; at++) {
      const code = bytes[at];
      if (code === QUOTE) this.#quoted = !this.#quoted;
      else if (code === LF) {
        this.#line += 1;
        if (this.#quoted) continue;
        this.#end(bytes.subarray(start, at + 1));
        start = at + 1;
        if (this.#full) return false;
      }
    }
    const tail = bytes.slice(start);
    this.#rest = this.#rest === null ? tail : joined([this.#rest, tail]);
    // What has no end is no row: a file of zeros, or a quotation mark that is never closed.
    if (this.#rest.length > MAX_RECORD) throw endless(this.#name, this.#began);
    return true;
  }

  get #full(): boolean {
    return 'first' in this.#sampling && this.#record >= this.#above + this.#sampling.first;
  }

  #end(bytes: Uint8Array): void {
    const whole = this.#rest === null ? bytes : joined([this.#rest, bytes]);
    this.#rest = null;
    const blank = whole.every((byte) => byte <= 32);
    const row = this.#record - this.#above;
    if (!blank) {
      if (row < 0 || 'first' in this.#sampling || row % this.#sampling.every === 0) {
        this.#parts.push(whole.slice());
        this.#bytes += whole.length;
        this.#lines.push(this.#began);
      }
      this.#record += 1;
    }
    this.#began = this.#line;
  }

  done(): { text: Uint8Array; lines: Int32Array } {
    if (this.#rest !== null && this.#rest.length > 0 && !this.#full) this.#end(new Uint8Array());
    if (this.#bytes > MAX_TABLE_BYTES) {
      throw inputError('file.sample-large', `The rows picked out of "${this.#name}" have ${Math.ceil(this.#bytes / 1024 / 1024)} MB; up to ${MAX_TABLE_BYTES / 1024 / 1024} MB are read.`, { hint: 'Pick fewer.', details: { name: this.#name } });
    }
    return { text: joined(this.#parts), lines: Int32Array.from(this.#lines) };
  }
}

function endless(name: string, line: number): AppError {
  return inputError('data.long-cell', `"${name}", line ${line}: a cell has more than 1000000 characters.`, { hint: 'Look for a quotation mark that is not closed.', details: { name, line, limit: 1_000_000 } });
}

function joined(parts: Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
