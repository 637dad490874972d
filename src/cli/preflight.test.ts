import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';

const entry = join(import.meta.dirname, 'unroll.ts');
const rates = join(import.meta.dirname, '../../resources/samples/us-treasury-10y-monthly.csv');
const text = join(import.meta.dirname, '../../resources/samples/hello-world.txt');
let folder = '';
beforeAll(() => { folder = mkdtempSync(join(tmpdir(), 'unroll-preflight-')); });
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Works in a data folder of its own, so that what is measured stays there. */
function unroll(...args: string[]) {
  return spawnSync(process.execPath, [entry, ...args], { encoding: 'utf8', env: { ...process.env, UNROLL_DATA_DIR: folder, UNROLL_ENGINES: join(folder, 'engines') } });
}

it.each([['a series', [rates, '--target', 'Rate']], ['a text', [text, '--task', 'char', '--sequence', '2']]])('--estimate says what %s would take, and trains nothing', (_, args) => {
  const { status, stdout } = unroll('train', ...args, '--epochs', '50', '--estimate', '--json');
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ event: 'estimate', fits: true, device: { backend: 'wasm' }, seconds: expect.any(Number) as number, bytes: expect.any(Number) as number });
  expect(existsSync(join(folder, 'unroll.db'))).toBe(false);
});

it('what fits no machine is refused beforehand, with both sizes', () => {
  const long = join(folder, 'long.csv');
  writeFileSync(long, `y\n${Array.from({ length: 60_000 }, (_, i) => Math.sin(i / 9).toFixed(4)).join('\n')}\n`);
  const { status, stderr } = unroll('train', long, '--target', 'y', '--hidden', '2048', '--layers', '8', '--cell', 'lstm', '--sequence', '500', '--batch', '40000');
  expect(status).toBe(2);
  expect(stderr).toMatch(/would need about [\d.]+ TiB of memory, and [\d.]+ [GM]iB are free\. .*--anyway/);
  expect(existsSync(join(folder, 'unroll.db'))).toBe(false);
});

it('devices tells of the machine and what was measured on it', () => {
  const { stdout } = unroll('devices');
  expect(stdout).toMatch(/threads; [\d.]+ GiB of [\d.]+ GiB memory free/);
  expect(stdout).toContain('auto takes the fastest');
  const lines = unroll('devices', '--json').stdout.trim().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(lines.at(-1)).toMatchObject({ machine: { threads: expect.any(Number) as number, memory: { totalBytes: expect.any(Number) as number } } });
});
