import { chmodSync, mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { defaultDataFolder } from './location.ts';
import { MAX_SOURCE_BYTES, readSource } from './source-file.ts';
import { errorOf, makeFolder } from './testing.ts';

let folder: ReturnType<typeof makeFolder>;
let path: string;
beforeEach(() => {
  folder = makeFolder();
  path = join(folder.path, 'rates.csv');
});
afterEach(() => folder.remove());

describe('a source file', () => {
  it('is read whole, with its hash', () => {
    writeFileSync(path, 'abc');
    expect(readSource(path)).toEqual({
      name: 'rates.csv', bytes: new TextEncoder().encode('abc'), sha256: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    });
  });

  it.each<[what: string, prepare: () => void, code: string]>([
    ['is not there', () => undefined, 'file.missing'],
    ['is a folder', () => mkdirSync(path), 'file.directory'],
    ...process.platform === 'win32' ? [] : [['is a link to itself', () => symlinkSync(path, path), 'file.missing'] as [string, () => void, string]],
    ['is too large', () => { writeFileSync(path, ''); truncateSync(path, MAX_SOURCE_BYTES + 1); }, 'data.too-large'],
  ])('that %s is refused by name', (_what, prepare, code) => {
    prepare();
    const error = errorOf(() => readSource(path));
    expect(error).toMatchObject({ code, fault: 'input', details: { name: 'rates.csv' } });
    expect(error.message).toContain('"rates.csv"');
  });

  // Root may read everything.
  it('that may not be read is refused by name', (context) => {
    context.skip(process.getuid?.() === 0 || process.platform === 'win32', 'root and Windows read every file: the missing permission cannot be made here');
    writeFileSync(path, 'abc');
    chmodSync(path, 0);
    expect(errorOf(() => readSource(path)).code).toBe('file.permission');
  });
});

describe('the data folder', () => {
  it.each<[platform: NodeJS.Platform, env: NodeJS.ProcessEnv, folder: string]>([
    ['linux', {}, join('/home/a', '.config', 'unroll')],
    ['linux', { XDG_CONFIG_HOME: '/config' }, join('/config', 'unroll')],
    ['darwin', {}, join('/home/a', 'Library', 'Application Support', 'unroll')],
    ['win32', { APPDATA: '/roaming' }, join('/roaming', 'unroll')],
    ['linux', { UNROLL_DATA_DIR: '/chosen' }, '/chosen'],
  ])('on %s with %j is %s', (platform, env, expected) => {
    expect(defaultDataFolder(env, platform, '/home/a')).toBe(expected);
  });
});
