import { describe, expect, it } from 'vitest';
import { npmErrors } from './dependencies.mjs';
import { expectedPackages, missingPackages } from './lockfile.mjs';

const machine = { platform: 'linux', arch: 'x64', libc: 'glibc' };
const locked = {
  '': { version: '1.0.0' },
  'node_modules/a': { version: '1.0.0', integrity: 'sha512-a' },
  'node_modules/native-linux-x64': { version: '1.0.0', optional: true, os: ['linux'], cpu: ['x64'], libc: ['glibc'] },
  'node_modules/native-linux-x64-musl': { version: '1.0.0', optional: true, os: ['linux'], cpu: ['x64'], libc: ['musl'] },
  'node_modules/native-darwin': { version: '1.0.0', optional: true, os: 'darwin', cpu: 'arm64' },
  'node_modules/native-wasm': { version: '1.0.0', optional: true, cpu: ['wasm32'] },
  'node_modules/not-windows': { version: '1.0.0', optional: true, os: ['!win32'] },
  'node_modules/nice-to-have': { version: '1.0.0', optional: true },
};

describe('the packages that a machine needs', () => {
  it('leaves out those for other machines and those without which all works', () => {
    expect(expectedPackages(locked, machine)).toEqual(['node_modules/a', 'node_modules/native-linux-x64', 'node_modules/not-windows']);
  });

  it('takes the other C library on a musl machine', () => {
    expect(expectedPackages(locked, { ...machine, libc: 'musl' })).toContain('node_modules/native-linux-x64-musl');
  });
});

describe('the packages that are missing', () => {
  const expected = ['node_modules/a'];
  const installed = { 'node_modules/a': { version: '1.0.0', integrity: 'sha512-a' } };

  it('are none where npm recorded the same and the folder is there', () => {
    expect(missingPackages(expected, locked, installed, () => true)).toEqual([]);
  });

  it('are those of another version, without a record or without a folder', () => {
    expect(missingPackages(expected, locked, { 'node_modules/a': { version: '0.9.0', integrity: 'sha512-a' } }, () => true)).toEqual(expected);
    expect(missingPackages(expected, locked, {}, () => true)).toEqual(expected);
    expect(missingPackages(expected, locked, installed, () => false)).toEqual(expected);
  });
});

describe('what npm says went wrong', () => {
  it('is told without its warnings and its list of options', () => {
    expect(npmErrors('npm warn peer\nnpm error code EUSAGE\nnpm error Usage:\nnpm error npm ci\nnpm error A complete log of this run is in: x\n')).toBe('npm error code EUSAGE\nnpm error A complete log of this run is in: x');
  });
});
