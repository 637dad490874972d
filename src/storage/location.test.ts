import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { defaultDataFolder } from './location.ts';

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
