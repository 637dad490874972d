import { inputError, toErrorData } from '../shared/errors.ts';
import type { Dialect, TextFacts } from '../shared/dataset.ts';
import { toUtf8 } from './encoding.ts';
import { emptyText, UNKNOWN } from './text.ts';

/** Bytes of a text that are read whole: its characters take four times as much where it is trained. */
export const MAX_TEXT_BYTES = 64 * 1024 * 1024;

export interface DecodedText { text: string; encoding: Dialect['encoding']; /** Places that read U+FFFD since they are no characters. */ replaced: number }

const LONE_SURROGATE = /\p{Surrogate}/gu;
const count = (text: string, character: string): number => text.split(character).length - 1;

/**
 * The text of a file: UTF-8, UTF-16 with its mark or GB18030 and Windows-1252 as they are told apart for tables. Line ends
 * become line feeds, and the line feed that an editor puts at the very end is no part of the text.
 * Halves of surrogate pairs and broken bytes of a file that is otherwise UTF-8 or UTF-16 read U+FFFD, and are counted.
 * @throws inputError 'text.empty' or 'data.binary'
 */
export function decodeText(bytes: Uint8Array, name: string): DecodedText {
  if (bytes.length === 0) throw emptyText();
  const { text, encoding, replaced } = decoded(bytes, name);
  const trimmed = withoutEnds(text);
  if (trimmed === '') throw emptyText();
  return { text: trimmed, encoding, replaced };
}

/** The same of a text that was pasted. @throws inputError 'text.empty' */
export function pastedText(given: string): DecodedText {
  const text = withoutEnds(given);
  if (text.trim() === '') throw emptyText();
  return { text, encoding: 'utf-8', replaced: text.match(LONE_SURROGATE)?.length ?? 0 };
}

const withoutEnds = (text: string): string => text.replace(/\r\n?/g, '\n').replace(/\n$/, '');

function decoded(bytes: Uint8Array, name: string): DecodedText {
  if (hasEncodedSurrogates(bytes)) return lenient(withoutEncodedSurrogates(bytes), 'utf-8', 0, bytes);
  try {
    const { bytes: utf8, encoding } = toUtf8(bytes, name);
    if (encoding === 'windows-1252' && mostlyUtf8(bytes)) return lenient(bytes, 'utf-8', 0, bytes);
    return { text: new TextDecoder().decode(utf8), encoding, replaced: 0 };
  } catch (error) {
    const { code, details } = toErrorData(error);
    // A mark that promises an encoding, and bytes in between that break it.
    if (code === 'data.encoding') return lenient(bytes, String(details?.['encoding']).toLowerCase() as Dialect['encoding'], 0, bytes);
    if (code === 'data.binary') throw inputError('text.binary', `"${name}" is not a text file.`, { hint: 'Save it as plain text, then open that.', details: { name } });
    throw error;
  }
}

function lenient(bytes: Uint8Array, encoding: Dialect['encoding'], before: number, original: Uint8Array): DecodedText {
  const text = new TextDecoder(encoding).decode(bytes);
  const there = encoding === 'utf-8' ? replacementsIn(original) : 0;
  return { text, encoding, replaced: count(text, UNKNOWN) - there + before };
}

/** How often EF BF BD, the replacement character itself, stands in UTF-8. */
function replacementsIn(bytes: Uint8Array): number {
  let n = 0;
  for (let i = bytes.indexOf(0xef); i >= 0; i = bytes.indexOf(0xef, i + 1)) if (bytes[i + 1] === 0xbf && bytes[i + 2] === 0xbd) n += 1;
  return n;
}

const isEncodedSurrogate = (bytes: Uint8Array, i: number): boolean => bytes[i + 1]! >= 0xa0 && bytes[i + 1]! <= 0xbf && bytes[i + 2]! >= 0x80 && bytes[i + 2]! <= 0xbf;

/** ED A0..BF 80..BF: half of a surrogate pair as if it were a character, which UTF-8 forbids and no Western text has. */
function hasEncodedSurrogates(bytes: Uint8Array): boolean {
  for (let i = bytes.indexOf(0xed); i >= 0; i = bytes.indexOf(0xed, i + 1)) if (isEncodedSurrogate(bytes, i)) return true;
  return false;
}

/** Each of them as one U+FFFD instead of three. */
function withoutEncodedSurrogates(bytes: Uint8Array): Uint8Array {
  const copy = bytes.slice();
  for (let i = copy.indexOf(0xed); i >= 0; i = copy.indexOf(0xed, i + 1)) if (isEncodedSurrogate(copy, i)) copy.set([0xef, 0xbf, 0xbd], i);
  return copy;
}

/** More whole characters of several bytes than broken ones: UTF-8 with some damage, no single-byte text. */
function mostlyUtf8(bytes: Uint8Array): boolean {
  let whole = 0;
  let broken = 0;
  for (let i = 0; i < bytes.length; i++) {
    const lead = bytes[i]!;
    if (lead < 0x80) continue;
    const more = lead >= 0xf0 && lead < 0xf5 ? 3 : lead >= 0xe0 ? 2 : lead >= 0xc2 ? 1 : 0;
    let follow = 0;
    while (follow < more && (bytes[i + 1 + follow]! & 0xc0) === 0x80) follow++;
    if (more > 0 && lead < 0xf5 && follow === more) { whole += 1; i += more; } else broken += 1;
  }
  return whole > broken;
}

/** What a text tells about itself. @param column of the table that it comes from, null for a whole file */
export function textFacts({ text, replaced }: DecodedText, column: string | null): TextFacts {
  let [characters, lines] = [0, 1];
  const seen = new Set<number>();
  for (let i = 0; i < text.length; i++) {
    const code = text.codePointAt(i)!;
    if (code > 0xffff) i += 1;
    characters += 1;
    if (code === 10) lines += 1;
    seen.add(code);
  }
  return { characters, distinct: seen.size, lines, column, replaced, beginning: [...text.slice(0, 400)].slice(0, 200).join('').replace(LONE_SURROGATE, UNKNOWN) };
}

/** What keeps a text from being learnt whatever the settings; null for nothing. */
export function textProblem({ distinct, beginning }: TextFacts) {
  if (distinct > 1) return null;
  const character = [...beginning][0] ?? '';
  return inputError('text.one-character', `The text has one distinct character only (${JSON.stringify(character)}), so there is nothing to learn.`, { hint: 'Choose a text with several characters.', details: { character } }).data;
}
