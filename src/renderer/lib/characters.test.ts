import { expect, it } from 'vitest';
import { en } from '../locales/en/index.ts';
import { characterLook } from './characters.ts';

it('names what cannot be seen, and shows the rest as it is', () => {
  expect(characterLook('a')).toEqual({ shown: 'a', name: null, code: 'U+0061' });
  expect(characterLook('👍')).toEqual({ shown: '👍', name: null, code: 'U+1F44D' });
  expect(characterLook(' ')).toMatchObject({ name: 'space', code: 'U+0020' });
  expect(characterLook('\n')).toMatchObject({ name: 'newline', code: 'U+000A' });
  expect(characterLook('\u0301')).toEqual({ shown: '\u25cc\u0301', name: 'combining', code: 'U+0301' });
  expect(characterLook('\u200f').name).toBe('rightToLeftMark');
  expect(characterLook('\u2003').name).toBe('otherSpace');
  expect(characterLook('\u0007').name).toBe('control');
  expect(characterLook('\u2060').name).toBe('format');
  expect(characterLook('\ue000').name).toBe('unassigned');
});

it('every name has its words', () => {
  const names = [' ', '\n', '\t', '\r', '\u00a0', '\u3000', '\u200b', '\u200c', '\u200d', '\u00ad', '\ufeff', '\u200e', '\u200f', '\u061c', '\u202a', '\u202c', '\u202e', '\u2066', '\ufffd', '\u0301', '\u2003', '\u0007', '\u2060', '\ue000'].map((c) => characterLook(c).name);
  for (const name of names) expect(Object.keys(en.characters)).toContain(name);
});
