import { inputError } from '../shared/errors.ts';
import type { CharSpec } from '../shared/spec.ts';
import type { TokenText, Vocabulary } from '../shared/text.ts';

export type { TokenText };

/** Stands for every character that comes too rarely. */
export const UNKNOWN = '\ufffd';
const UNKNOWN_CODE = 0xfffd;
const CODES = 0x110000;
/** Characters that a vocabulary lists at most; Chinese books have a few thousand. */
const LISTED = 20_000;

type Choice = Pick<CharSpec['text'], 'normalization' | 'minCount'>;

/** Calls `take` with each code point; half of a surrogate pair that stands alone is U+FFFD. */
function eachCode(text: string, take: (code: number) => void): void {
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0xd800 || unit > 0xdfff) { take(unit); continue; }
    const next = unit < 0xdc00 ? text.charCodeAt(i + 1) : NaN;
    if (next >= 0xdc00 && next <= 0xdfff) {
      take((unit - 0xd800) * 0x400 + next - 0xdc00 + 0x10000);
      i += 1;
    } else take(UNKNOWN_CODE);
  }
}

/** How often each code point comes, [1114112]; and how many there are. */
function counted(text: string): { counts: Int32Array; length: number } {
  const counts = new Int32Array(CODES);
  let length = 0;
  eachCode(text, (code) => {
    counts[code]! += 1;
    length += 1;
  });
  return { counts, length };
}

const normalized = (text: string, { normalization }: Choice): string => (normalization === 'none' ? text : text.normalize(normalization));

/**
 * Characters are code points, sorted by them.
 * @throws inputError 'text.empty' or 'text.one-character'
 */
export function tokenize(source: string, choice: Choice): TokenText {
  const text = normalized(source, choice);
  const { counts: all, length } = counted(text);
  if (length === 0) throw emptyText();
  const codes: number[] = [];
  let rare = false;
  for (let code = 0; code < CODES; code++) {
    if (all[code] === 0) continue;
    if (all[code]! >= choice.minCount) codes.push(code);
    else rare = true;
  }
  if (rare && !codes.includes(UNKNOWN_CODE)) codes.push(UNKNOWN_CODE);
  codes.sort((a, b) => a - b);
  const characters = codes.map((code) => String.fromCodePoint(code));
  if (characters.length < 2) {
    const [only = UNKNOWN] = characters;
    throw inputError('text.one-character', `The text has one distinct character only (${JSON.stringify(only)}), so there is nothing to learn.`, { hint: 'Choose a text with several characters.', details: { character: only } });
  }
  const tokenOf = new Int32Array(CODES).fill(-1);
  codes.forEach((code, token) => { tokenOf[code] = token; });
  const unknown = rare ? tokenOf[UNKNOWN_CODE]! : null;
  const ids = new Int32Array(length);
  const counts = characters.map(() => 0);
  let i = 0;
  eachCode(text, (code) => {
    const known = tokenOf[code]!;
    const token = known < 0 ? unknown! : known;
    counts[token]! += 1;
    ids[i++] = token;
  });
  return { ids, characters, unknown, counts };
}

/** The characters of a text with their counts, the most frequent first, and what the choice makes of them. */
export function vocabularyOf(source: string, choice: Choice): Vocabulary {
  const { counts, length } = counted(normalized(source, choice));
  const entries: Vocabulary['entries'] = [];
  const rare = { kinds: 0, characters: 0 };
  let distinct = 0;
  for (let code = 0; code < CODES; code++) {
    const count = counts[code]!;
    if (count === 0) continue;
    distinct += 1;
    entries.push({ character: String.fromCodePoint(code), count });
    if (count >= choice.minCount) continue;
    rare.kinds += 1;
    rare.characters += count;
  }
  const merged = rare.kinds > 0 && counts[UNKNOWN_CODE]! >= choice.minCount;
  const size = distinct - rare.kinds + (rare.kinds > 0 && !merged ? 1 : 0);
  entries.sort((a, b) => b.count - a.count || a.character.codePointAt(0)! - b.character.codePointAt(0)!);
  return { length, distinct, size, rare: rare.kinds === 0 ? null : rare, entries: entries.slice(0, LISTED) };
}

export function emptyText() {
  return inputError('text.empty', 'The text is empty.', { hint: 'Choose a file with some text.' });
}
