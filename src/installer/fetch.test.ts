import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { toErrorData } from '../shared/errors.ts';
import { fetchWheel } from './fetch.ts';

const content = randomBytes(300_000);
const wheel = { package: 'some-package', version: '1.0', file: 'some_package-1.0-py3-none-any.whl', sha256: createHash('sha256').update(content).digest('hex'), bytes: content.length };

let folder: string;
let server: Server;
let index: string;
/** What the server was asked for, and how it behaves. */
let asked: { path: string; range: string | undefined }[];
let behave: { breakAfter: number | null; status: number; send: Buffer };

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'unroll-fetch-'));
  [asked, behave] = [[], { breakAfter: null, status: 200, send: content }];
  server = createServer((request, response) => {
    const range = request.headers.range;
    asked.push({ path: request.url!, range });
    if (behave.status !== 200) {
      response.writeHead(behave.status).end();
      return;
    }
    if (request.url === '/simple/some-package/') {
      response.setHeader('content-type', 'application/vnd.pypi.simple.v1+json');
      response.end(JSON.stringify({ files: [{ filename: wheel.file, url: '../../files/it.whl' }] }));
      return;
    }
    const from = range === undefined ? 0 : Number(/bytes=(\d+)-/.exec(range)![1]);
    response.writeHead(range === undefined ? 200 : 206);
    if (behave.breakAfter === null) response.end(behave.send.subarray(from));
    else response.write(behave.send.subarray(from, behave.breakAfter), () => setTimeout(() => response.destroy(), 20));
  });
  await new Promise<void>((ready) => { server.listen(0, '127.0.0.1', ready); });
  index = `http://127.0.0.1:${(server.address() as AddressInfo).port}/simple/`;
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((closed) => { server.close(closed); });
  rmSync(folder, { recursive: true, force: true });
});

const host = () => ({ signal: new AbortController().signal, progress: () => undefined });
const errorOf = (work: Promise<unknown>) => work.then(() => null, toErrorData);

describe('a wheel', () => {
  it('is fetched, checked and kept', async () => {
    const seen: number[] = [];
    const path = await fetchWheel({ index }, wheel, folder, { ...host(), progress: (bytes) => { seen.push(bytes); } });
    expect(readFileSync(path).equals(content)).toBe(true);
    expect(seen.at(-1)).toBe(content.length);
    await fetchWheel({ index }, wheel, folder, host());
    expect(asked.length).toBe(2);
  });

  it('is continued where a broken connection ended', async () => {
    behave.breakAfter = 100_000;
    expect(await errorOf(fetchWheel({ index }, wheel, folder, host()))).toMatchObject({ code: 'engine.no-network', details: { file: wheel.file } });
    const part = statSync(join(folder, `${wheel.file}.part`)).size;
    expect(part).toBeGreaterThan(0);
    expect(part).toBeLessThanOrEqual(100_000);
    behave.breakAfter = null;
    expect(readFileSync(await fetchWheel({ index }, wheel, folder, host())).equals(content)).toBe(true);
    expect(asked.at(-1)!.range).toBe(`bytes=${part}-`);
  });

  it('that is not the published one is deleted and named', async () => {
    behave.send = Buffer.from(content);
    behave.send[1000]! ^= 1;
    expect(await errorOf(fetchWheel({ index }, wheel, folder, host()))).toMatchObject({ code: 'engine.corrupted', details: { file: wheel.file } });
    expect(existsSync(join(folder, wheel.file))).toBe(false);
    expect(existsSync(join(folder, `${wheel.file}.part`))).toBe(false);
  });

  it('that an earlier start left damaged is not trusted', async () => {
    writeFileSync(join(folder, wheel.file), content.subarray(0, 5));
    expect(await errorOf(fetchWheel({ index }, wheel, folder, host()))).toMatchObject({ code: 'engine.corrupted' });
  });

  it.each([404, 403, 503])('whose index answers %d is told with the reason', async (status) => {
    behave.status = status;
    const error = await errorOf(fetchWheel({ index }, wheel, folder, host()));
    expect(error).toMatchObject({ code: 'engine.no-network', fault: 'environment' });
    expect(error!.message).toContain(String(status));
  });

  it('is not fetched where nobody answers', async () => {
    server.closeAllConnections();
    await new Promise((closed) => { server.close(closed); });
    expect(await errorOf(fetchWheel({ index }, wheel, folder, host()))).toMatchObject({ code: 'engine.no-network', details: { reason: 'ECONNREFUSED' } });
    server = createServer().listen(0);
  });

  it('stops within a moment when cancelled, and keeps what is there', async () => {
    const control = new AbortController();
    behave.breakAfter = 50_000;
    await expect(fetchWheel({ index }, wheel, folder, { signal: control.signal, progress: () => control.abort() })).rejects.toThrow();
    expect(existsSync(join(folder, `${wheel.file}.part`))).toBe(true);
  });

  it('comes from a folder without any network', async () => {
    const offline = join(folder, 'offline');
    expect(await errorOf(fetchWheel({ folder: offline }, wheel, folder, host()))).toMatchObject({ code: 'engine.offline-missing' });
    await import('node:fs/promises').then(({ mkdir }) => mkdir(offline));
    writeFileSync(join(offline, wheel.file), 'something else');
    expect(await errorOf(fetchWheel({ folder: offline }, wheel, folder, host()))).toMatchObject({ code: 'engine.offline-corrupted' });
    writeFileSync(join(offline, wheel.file), content);
    expect(readFileSync(await fetchWheel({ folder: offline }, wheel, folder, host())).equals(content)).toBe(true);
    expect(asked).toEqual([]);
  });
});
