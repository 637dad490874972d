import { gunzipSync, constants } from 'node:zlib';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { decodeText, describeTable, MAX_TEXT_BYTES, readTable, type DecodedText, type TableFacts } from '../data/index.ts';
import type { Sampling } from '../shared/dataset.ts';
import { environmentError, inputError, type AppError } from '../shared/errors.ts';
import { readPieces, readWhole, statSource, type SourceFile } from './file.ts';
import { gunzip } from './gzip.ts';
import { sha256 } from './open.ts';
import type { StoredSource } from './restore.ts';

/** A text that was read. */
export interface OpenedText { file: SourceFile; decoded: DecodedText; sha256: string; sampling: Sampling | null; bytes: Uint8Array }

/** From so many bytes it is told whether a .txt file holds a table. */
const HEAD = 1 << 18;
const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

/** Whether a file is meant as a text: Markdown is, and of a .txt file what is in it tells. Every other file is a table. */
export function isTextFile(path: string): boolean {
  if (/\.(md|markdown)(\.gz)?$/i.test(path)) return true;
  if (!/\.txt(\.gz)?$/i.test(path)) return false;
  const file = statSource(path);
  let head = new Uint8Array();
  readPieces(file, HEAD, (bytes) => { head = bytes.slice(); return false; });
  if (isGzip(head)) {
    try {
      head = new Uint8Array(gunzipSync(head, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: 64 * HEAD }));
    } catch {
      return false;
    }
  }
  // A line that is cut off would not fit the others.
  const end = head.length >= Math.min(HEAD, file.size) && file.size > HEAD ? head.lastIndexOf(10) + 1 : head.length;
  return isProse(end === 0 ? head : head.subarray(0, end), file.name);
}

/** Whether bytes read as a text rather than as a table: no column of numbers, and not two columns or more in every line. */
export function isProse(bytes: Uint8Array, name: string): boolean {
  try {
    return !isTable(describeTable(readTable(bytes, name)));
  } catch {
    return true;
  }
}

function isTable({ roles, columns, rows }: TableFacts): boolean {
  return roles !== null || (columns.length > 1 && rows > 1);
}

/**
 * Reads a text file, gzip'd or not.
 * @param sampling its first so many characters; null reads it whole
 * @throws AppError with one sentence that names the file; 'file.choose-sample' for one that is too large
 */
export function openText(path: string, sampling: Sampling | null = null): OpenedText {
  const file = statSource(path);
  if (sampling !== null) return firstCharacters(file, sampling);
  if (file.size > MAX_TEXT_BYTES) throw tooLargeText(file.name, file.size);
  const bytes = readWhole(file);
  return { file, decoded: decodedText(bytes, file.name), sha256: sha256(bytes), sampling, bytes };
}

/** The text of a file's bytes, gzip'd or not. */
export function decodedText(bytes: Uint8Array, name: string): DecodedText {
  const inner = isGzip(bytes) ? gunzip(bytes, name, MAX_TEXT_BYTES * 4) : bytes;
  if (inner.length > MAX_TEXT_BYTES) throw tooLargeText(name, inner.length);
  return decodeText(inner, name);
}

function tooLargeText(name: string, size: number): AppError {
  const [limit, megabytes] = [MAX_TEXT_BYTES / 1024 / 1024, Math.ceil(size / 1024 / 1024)];
  return inputError('file.choose-sample', `The text "${name}" has ${megabytes} MB; up to ${limit} MB are read whole.`, {
    hint: 'Read its first characters with --first N.', details: { name, megabytes, limit, first: 10_000_000, every: 0, text: true },
  });
}

function firstCharacters(file: SourceFile, sampling: Sampling): OpenedText {
  if (!('first' in sampling)) throw inputError('text.sampling', 'Of a text only its first characters can be read.', { hint: 'Say how many.' });
  // Four bytes a character at most.
  const wanted = Math.min(file.size, MAX_TEXT_BYTES, sampling.first * 4 + 4);
  const head = new Uint8Array(wanted);
  let at = 0;
  readPieces(file, 1 << 22, (bytes) => {
    const part = bytes.subarray(0, wanted - at);
    head.set(part, at);
    at += part.length;
    return at < wanted;
  });
  if (isGzip(head)) throw inputError('file.sample-kind', `Rows cannot be picked out of "${file.name}" as it is.`, { hint: 'Unpack it, then open that.', details: { name: file.name } });
  const whole = decodeText(wholeCharacters(head, wanted < file.size), file.name);
  const text = firstOf(whole.text, sampling.first);
  const bytes = new TextEncoder().encode(text);
  return { file, decoded: { ...whole, text }, sha256: sha256(bytes), sampling, bytes };
}

/** Without the last character where its bytes may be cut: up to three bytes of UTF-8. */
function wholeCharacters(bytes: Uint8Array, cut: boolean): Uint8Array {
  if (!cut || bytes[0] === 0xff || bytes[0] === 0xfe) return cut ? bytes.subarray(0, bytes.length & ~1) : bytes;
  for (let back = 1; back <= 3 && back < bytes.length; back++) {
    const byte = bytes[bytes.length - back]!;
    if (byte >= 0xc0) return bytes.subarray(0, bytes.length - back);
    if (byte < 0x80) break;
  }
  return bytes;
}

/** The first `count` code points. */
function firstOf(text: string, count: number): string {
  let end = 0;
  for (let n = 0; n < count && end < text.length; n++) end += text.codePointAt(end)! > 0xffff ? 2 : 1;
  return text.slice(0, end);
}

const fileOf = (folder: string, key: string) => join(folder, `${key}.text`);
let unfinished = 0;

/** Keeps a text that is too large for the database as a file of its own; what lies there under its name is there whole. */
export async function keepText(folder: string, key: string, bytes: Uint8Array): Promise<void> {
  if (existsSync(fileOf(folder, key))) return;
  await mkdir(folder, { recursive: true });
  const partial = join(folder, `${key}.${process.pid}-${unfinished++}.partial`);
  try {
    await writeFile(partial, bytes);
    await rename(partial, fileOf(folder, key));
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
}

/** The text of a stored dataset: from its copy, else from its source where that is still the same. @throws environmentError 'dataset.copy-gone' */
export function restoreText(folder: string, { key, name, content, path, sampling }: StoredSource): DecodedText {
  if (content !== null) return decodedText(new Uint8Array(gunzipSync(content)), name);
  const kept = fileOf(folder, key);
  if (existsSync(kept)) return decodedText(new Uint8Array(readFileSync(kept)), name);
  const again = path === null ? null : openText(path, sampling);
  if (again?.sha256 === key) return again.decoded;
  throw environmentError('dataset.copy-gone', `The stored copy of "${name}" is not there, and its file is no longer the same.`, { hint: 'Open the file again.', details: { name } });
}
