import { expect, it } from 'vitest';
import { tokenize } from './text.ts';

const plain = { normalization: 'none', minCount: 1 } as const;

it('counts characters by code point', () => {
  expect(tokenize('hello world', plain)).toMatchObject({ characters: [' ', 'd', 'e', 'h', 'l', 'o', 'r', 'w'], counts: [1, 1, 1, 1, 3, 2, 1, 1], unknown: null });
  expect(tokenize('👍a👍', plain)).toMatchObject({ characters: ['a', '👍'], ids: Int32Array.of(1, 0, 1) });
  expect(tokenize('e\u0301é', plain).characters).toHaveLength(3);
  expect(tokenize('e\u0301éa', { normalization: 'NFC', minCount: 1 }).characters).toEqual(['a', 'é']);
});

it('takes half of a surrogate pair and rare characters as one unknown symbol', () => {
  expect(tokenize('a\ud83db', plain).characters).toEqual(['a', 'b', '\ufffd']);
  expect(tokenize('aaabbbcd', { normalization: 'none', minCount: 2 })).toMatchObject({ characters: ['a', 'b', '\ufffd'], unknown: 2, counts: [3, 3, 2] });
});

it('refuses a text without anything to learn', () => {
  expect(() => tokenize('', plain)).toThrow('The text is empty.');
  expect(() => tokenize('aaa', plain)).toThrow('one distinct character only ("a")');
});
