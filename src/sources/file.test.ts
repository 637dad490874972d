import { chmodSync, mkdirSync, rmSync, symlinkSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkSource } from './check.ts';
import { readWhole, statSource } from './file.ts';
import { errorOf, makeFolder } from './testing.ts';

let folder: ReturnType<typeof makeFolder>;
let path: string;
beforeEach(() => {
  folder = makeFolder();
  path = join(folder.path, 'rates.csv');
});
afterEach(() => folder.remove());

describe('a source file', () => {
  it('is read whole, with its size and when it was changed', () => {
    writeFileSync(path, 'abc');
    utimesSync(path, 1_700_000_000, 1_700_000_000.5);
    const file = statSource(path);
    expect(file).toEqual({ path, name: 'rates.csv', size: 3, modifiedAt: '2023-11-14T22:13:20.500Z' });
    expect(readWhole(file)).toEqual(new TextEncoder().encode('abc'));
  });

  it('that was deleted or cut after it was seen is refused by name', () => {
    writeFileSync(path, 'abc');
    const file = statSource(path);
    truncateSync(path, 1);
    expect(errorOf(() => readWhole(file))).toMatchObject({ code: 'file.changed', message: '"rates.csv" was changed while it was read.' });
    rmSync(path);
    expect(errorOf(() => readWhole(file))).toMatchObject({ code: 'file.missing', message: 'The file "rates.csv" is not there.' });
  });

  it.each<[what: string, prepare: () => void, code: string]>([
    ['is not there', () => undefined, 'file.missing'],
    ['is a folder', () => mkdirSync(path), 'file.directory'],
    ...process.platform === 'win32' ? [] : [['is a link to itself', () => symlinkSync(path, path), 'file.missing'] as [string, () => void, string]],
  ])('that %s is refused by name', (_what, prepare, code) => {
    prepare();
    const error = errorOf(() => readWhole(statSource(path)));
    expect(error).toMatchObject({ code, fault: 'input', details: { name: 'rates.csv' } });
    expect(error.message).toContain('"rates.csv"');
  });

  // Root may read everything.
  it('that may not be read is refused by name', (context) => {
    context.skip(process.getuid?.() === 0 || process.platform === 'win32', 'root and Windows read every file: the missing permission cannot be made here');
    writeFileSync(path, 'abc');
    chmodSync(path, 0);
    expect(errorOf(() => readWhole(statSource(path))).code).toBe('file.permission');
  });
});

describe('a source since it was read', () => {
  const hash = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
  const noted = () => ({ path, size: 3, modifiedAt: '2023-11-14T22:13:20.500Z', sha256: hash, sampling: null });

  it('is the same, also when it was only touched or nobody noted its size', () => {
    writeFileSync(path, 'abc');
    utimesSync(path, 1_700_000_000, 1_700_000_000.5);
    expect(checkSource(noted())).toBe('same');
    utimesSync(path, 1_700_000_000, 1_700_009_999);
    expect(checkSource(noted())).toBe('same');
    expect(checkSource({ ...noted(), size: null, modifiedAt: null })).toBe('same');
  });

  it('has changed, in size or in its bytes', () => {
    writeFileSync(path, 'abd');
    expect(checkSource(noted())).toBe('changed');
    writeFileSync(path, 'abcd');
    expect(checkSource(noted())).toBe('changed');
  });

  it('is gone, or a folder lies in its place', () => {
    expect(checkSource(noted())).toBe('missing');
    mkdirSync(path);
    expect(checkSource(noted())).toBe('missing');
  });
});
