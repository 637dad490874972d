import { truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { errorOf, makeFolder } from './testing.ts';
import { isTextFile, keepText, openText, restoreText } from './text.ts';

let folder: ReturnType<typeof makeFolder>;
beforeEach(() => { folder = makeFolder(); });
afterEach(() => folder.remove());
const file = (name: string, content: string | Uint8Array) => {
  const path = join(folder.path, name);
  writeFileSync(path, content);
  return path;
};

describe('a file is a text', () => {
  const numbers = Array.from({ length: 40 }, (_, i) => `2024-01-${String((i % 28) + 1).padStart(2, '0')},${i}`).join('\n');
  it.each<[string, string | Uint8Array, boolean]>([
    ['a.md', '# Title\n\n1, 2, 3\n', true],
    ['hello.txt', 'hello world', true],
    ['prose.txt', 'It was the best of times, it was the worst of times,\nit was the age of wisdom.\nIn short, the period was, as it were, so far like the present.\n', true],
    ['prose.txt.gz', gzipSync('Call me Ishmael. Some years ago, never mind how long.\nThere now is your insular city.\n'), true],
    ['empty.txt', '', true],
    ['series.txt', `Date,Value\n${numbers}\n`, false],
    ['tab.txt', 'name\tword\nAnn\tred\nBob\tblue\n', false],
    ['long.txt', `Date,Value\n${`${numbers}\n`.repeat(800)}`, false],
    ['prose.csv', 'Call me Ishmael.', false],
  ])('%s', (name, content, expected) => {
    expect(isTextFile(file(name, content))).toBe(expected);
  });
});

it('is read whole, unpacked, or its first characters', () => {
  expect(openText(file('a.txt', 'né👍s\n')).decoded.text).toBe('né👍s');
  expect(openText(file('a.txt.gz', gzipSync('hello'))).decoded.text).toBe('hello');
  for (let n = 1; n <= 6; n++) expect(openText(file('b.txt', 'né👍שx!'), { first: n }).decoded.text).toBe([...'né👍שx!'].slice(0, n).join(''));
  expect(errorOf(() => openText(file('c.txt', 'abc'), { every: 2 })).code).toBe('text.sampling');
});

it('of 100 MB is not read into memory: its first characters are offered, and can be read', () => {
  const path = file('big.txt', 'abc '.repeat(1000));
  truncateSync(path, 100 * 1024 * 1024);
  const error = errorOf(() => openText(path));
  expect(error).toMatchObject({ code: 'file.choose-sample', message: 'The text "big.txt" has 100 MB; up to 64 MB are read whole.', details: { text: true, name: 'big.txt' } });
  expect(openText(path, { first: 900 }).decoded.text).toHaveLength(900);
});

it('comes back from its copy in the database, from the file beside it, or from its source as long as that is the same', async () => {
  const path = file('a.txt', 'hello world');
  const { sha256: key } = openText(path);
  const stored = { key, name: 'a.txt', path, sampling: null };
  expect(restoreText(folder.path, { ...stored, path: null, content: gzipSync('hello world') }).text).toBe('hello world');
  expect(restoreText(folder.path, { ...stored, content: null }).text).toBe('hello world');
  writeFileSync(path, 'something else');
  expect(errorOf(() => restoreText(folder.path, { ...stored, content: null })).code).toBe('dataset.copy-gone');
  await keepText(join(folder.path, 'tables'), key, new TextEncoder().encode('hello world'));
  expect(restoreText(join(folder.path, 'tables'), { ...stored, content: null }).text).toBe('hello world');
});
