import { inputError } from '../shared/errors.ts';
import type { CharSpec } from '../shared/spec.ts';

/** A text as tokens, one a code point, and the characters that they stand for. */
export interface TokenText { ids: Int32Array; characters: string[]; unknown: number | null; counts: number[] }

/** Stands for every character that comes too rarely. */
export const UNKNOWN = '\ufffd';

/**
 * Characters are code points, sorted by them; half of a surrogate pair that stands alone is U+FFFD.
 * @throws inputError 'text.empty' or 'text.one-character'
 */
export function tokenize(text: string, { normalization, minCount }: Pick<CharSpec['text'], 'normalization' | 'minCount'>): TokenText {
  const whole = text.replace(/\p{Surrogate}/gu, UNKNOWN);
  const normal = normalization === 'none' ? whole : whole.normalize(normalization);
  const counted = new Map<string, number>();
  let length = 0;
  for (const character of normal) {
    counted.set(character, (counted.get(character) ?? 0) + 1);
    length += 1;
  }
  if (length === 0) throw inputError('text.empty', 'The text is empty.', { hint: 'Choose a file with some text.' });
  const kept = [...counted].filter(([, count]) => count >= minCount).map(([character]) => character);
  const rare = counted.size > kept.length;
  const characters = [...new Set([...kept, ...(rare ? [UNKNOWN] : [])])].sort((a, b) => a.codePointAt(0)! - b.codePointAt(0)!);
  if (characters.length < 2) {
    const [only = UNKNOWN] = characters;
    throw inputError('text.one-character', `The text has one distinct character only (${JSON.stringify(only)}), so there is nothing to learn.`, { hint: 'Choose a text with several characters.', details: { character: only } });
  }
  const tokens = new Map(characters.map((character, token) => [character, token]));
  const unknown = rare ? tokens.get(UNKNOWN)! : null;
  const ids = new Int32Array(length);
  const counts = characters.map(() => 0);
  let i = 0;
  for (const character of normal) {
    const token = tokens.get(character) ?? unknown!;
    counts[token]! += 1;
    ids[i++] = token;
  }
  return { ids, characters, unknown, counts };
}
