import { describe, expect, it } from 'vitest';
import { vocabularyOf } from './text.ts';
import { decodeText, pastedText, textFacts, textProblem } from './text-file.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);
const utf16le = (text: string) => Uint8Array.from([0xff, 0xfe, ...[...Array(text.length).keys()].flatMap((i) => [text.charCodeAt(i) & 255, text.charCodeAt(i) >> 8])]);

describe('a text file', () => {
  it('is UTF-8 with or without a mark, UTF-16 with one, GB18030 or Windows-1252', () => {
    expect(decodeText(utf8('né👍'), 'a.txt')).toEqual({ text: 'né👍', encoding: 'utf-8', replaced: 0 });
    expect(decodeText(Uint8Array.from([0xef, 0xbb, 0xbf, 0x61, 0x62]), 'a.txt').text).toBe('ab');
    expect(decodeText(utf16le('né👍'), 'a.txt')).toEqual({ text: 'né👍', encoding: 'utf-16le', replaced: 0 });
    expect(decodeText(Uint8Array.from([0x63, 0x61, 0x66, 0xe9]), 'a.txt')).toEqual({ text: 'café', encoding: 'windows-1252', replaced: 0 });
    expect(decodeText(Uint8Array.from([0xc4, 0xe3, 0xba, 0xc3, 0xca, 0xc0, 0xbd, 0xe7]), 'a.txt')).toEqual({ text: '你好世界', encoding: 'gb18030', replaced: 0 });
  });

  it('has line feeds for line ends of any kind, and none at the very end', () => {
    expect(decodeText(utf8('a\r\nb\rc\n'), 'a.txt').text).toBe('a\nb\nc');
    expect(decodeText(utf8('a\n\n'), 'a.txt').text).toBe('a\n');
  });

  it('reads U+FFFD where half a surrogate pair or a broken byte stands, and counts these places', () => {
    expect(decodeText(Uint8Array.from([0x61, 0xed, 0xa0, 0xbd, 0x62, 0xef, 0xbf, 0xbd]), 'a.txt')).toEqual({ text: 'a\ufffdb\ufffd', encoding: 'utf-8', replaced: 1 });
    expect(decodeText(utf16le('a\ud83db'), 'a.txt')).toEqual({ text: 'a\ufffdb', encoding: 'utf-16le', replaced: 1 });
    expect(decodeText(Uint8Array.from([...utf8('été déjà'), 0xff, 0x61]), 'a.txt')).toEqual({ text: 'été déjà\ufffda', encoding: 'utf-8', replaced: 1 });
    expect(pastedText('x\ud83dy')).toMatchObject({ replaced: 1 });
  });

  it('is refused when it is empty or no text', () => {
    expect(() => decodeText(new Uint8Array(), 'a.txt')).toThrow('The text is empty.');
    expect(() => decodeText(utf8('\n'), 'a.txt')).toThrow('The text is empty.');
    expect(() => pastedText(' \n ')).toThrow('The text is empty.');
    expect(() => decodeText(Uint8Array.from([1, 0, 2, 0, 3]), 'a.txt')).toThrow('"a.txt" is not a text file.');
  });
});

it('facts count code points, not UTF-16 units', () => {
  expect(textFacts(pastedText('שלום 👍👍\ne\u0301'), null)).toEqual({ characters: 10, distinct: 9, lines: 2, column: null, replaced: 0, beginning: 'שלום 👍👍\ne\u0301' });
  expect(textProblem(textFacts(pastedText('aaa'), null))?.message).toBe('The text has one distinct character only ("a"), so there is nothing to learn.');
  expect(textProblem(textFacts(pastedText('ab'), null))).toBeNull();
});

describe('a vocabulary', () => {
  it('has the most frequent character first, and follows the normalisation', () => {
    const text = 'e\u0301éa\u05d0\u05d0';
    expect(vocabularyOf(text, { normalization: 'none', minCount: 1 })).toEqual({
      length: 6, distinct: 5, size: 5, rare: null,
      entries: [{ character: '\u05d0', count: 2 }, { character: 'a', count: 1 }, { character: 'e', count: 1 }, { character: 'é', count: 1 }, { character: '\u0301', count: 1 }],
    });
    expect(vocabularyOf(text, { normalization: 'NFC', minCount: 1 })).toMatchObject({ length: 5, distinct: 3, size: 3 });
    expect(vocabularyOf('Ａ1', { normalization: 'NFKC', minCount: 1 }).entries.map(({ character }) => character)).toEqual(['1', 'A']);
  });

  it('tells what becomes the unknown symbol, which is U+FFFD also where it stands in the text', () => {
    expect(vocabularyOf('aaabbbcd', { normalization: 'none', minCount: 2 })).toMatchObject({ distinct: 4, size: 3, rare: { kinds: 2, characters: 2 } });
    expect(vocabularyOf('aa\ufffd\ufffdb', { normalization: 'none', minCount: 2 })).toMatchObject({ distinct: 3, size: 2, rare: { kinds: 1, characters: 1 } });
  });
});
