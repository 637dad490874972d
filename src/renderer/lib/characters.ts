/** How a character is shown where it would be invisible or would disturb what stands beside it. */
export interface CharacterLook {
  /** What is drawn for it. */
  shown: string;
  /** Key of its name in the locale's `characters`; null for one that speaks for itself. */
  name: string | null;
  /** U+0041 */
  code: string;
}

const known: Record<string, [shown: string, name: string]> = {
  ' ': ['␣', 'space'], '\n': ['⏎', 'newline'], '\t': ['⇥', 'tab'], '\r': ['␍', 'return'], '\u00a0': ['⍽', 'noBreakSpace'], '\u3000': ['▢', 'ideographicSpace'],
  '\u200b': ['·', 'zeroWidthSpace'], '\u200c': ['·', 'nonJoiner'], '\u200d': ['·', 'joiner'], '\u00ad': ['-', 'softHyphen'], '\ufeff': ['·', 'byteOrderMark'],
  '\u200e': ['→', 'leftToRightMark'], '\u200f': ['←', 'rightToLeftMark'], '\u061c': ['←', 'arabicMark'], '\u202a': ['→', 'embedding'], '\u202b': ['←', 'embedding'],
  '\u202c': ['·', 'popDirection'], '\u202d': ['→', 'override'], '\u202e': ['←', 'override'], '\u2066': ['→', 'isolate'], '\u2067': ['←', 'isolate'], '\u2068': ['·', 'isolate'], '\u2069': ['·', 'popDirection'],
  '\ufffd': ['\ufffd', 'replacement'],
};

export function characterLook(character: string): CharacterLook {
  const code = `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
  const named = known[character];
  if (named !== undefined) return { shown: named[0], name: named[1], code };
  // A mark alone would sit on whatever stands before it.
  if (/\p{M}/u.test(character)) return { shown: `\u25cc${character}`, name: 'combining', code };
  if (/\p{Z}/u.test(character)) return { shown: '␣', name: 'otherSpace', code };
  if (/\p{Cc}/u.test(character)) return { shown: '·', name: 'control', code };
  if (/\p{Cf}/u.test(character)) return { shown: '·', name: 'format', code };
  if (/[\p{Co}\p{Cn}]/u.test(character)) return { shown: '▯', name: 'unassigned', code };
  return { shown: character, name: null, code };
}
