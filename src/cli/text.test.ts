import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const entry = join(import.meta.dirname, 'unroll.ts');
let folder: string;
beforeAll(() => { folder = mkdtempSync(join(tmpdir(), 'unroll-text-')); });
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const unroll = (...args: string[]) => spawnSync(process.execPath, [entry, ...args, '--db', join(folder, 'runs.db')], { encoding: 'utf8' });
const lines = (stdout: string) => stdout.trim().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>);

function file(name: string, content: string): string {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
}

describe('a text on the command line', () => {
  it('learns "hello world" as in the article, and writes "hello w" after "he"', { timeout: 60_000 }, () => {
    const trained = unroll('train', file('hello.txt', 'hello world\n'), '--task', 'char', '--sequence', '2', '--hidden', '20', '--seed', '7', '--json');
    expect(trained.status).toBe(0);
    const events = lines(trained.stdout);
    expect(events[0]).toMatchObject({ event: 'started', plan: { shapes: { X: [9, 2, 8], output: [9, 2, 20], y: [9] } } });
    expect(events.filter(({ event }) => event === 'sample').map(({ epoch }) => epoch)).toEqual([1, 2, 5, 10, 20, 50, 100, 200]);
    const done = events.at(-1)!;
    expect(done).toMatchObject({ event: 'done', metrics: { train: { accuracy: 1, count: 9 }, test: null } });
    const id = String(done['runId']);
    const made = unroll('generate', id, '--prompt', 'he', '--length', '5', '--temperature', '0', '--json');
    expect(lines(made.stdout)).toEqual([expect.objectContaining({ event: 'generated', generated: 'llo w', text: 'hello w', checkpoint: 'final', ended: 'length' })]);
    expect(unroll('generate', id, '--prompt', 'hex').stderr).toMatch(/has not learnt: "x" \(U\+0078\)/);
    expect(unroll('generate', id, '--prompt', 'HEx', '--unknown', 'map', '--length', '5', '--temperature', '0').stdout).toBe('hello w\n');
  });

  it.each([
    ['an empty text', '', [], /The text is empty/],
    ['a sequence longer than the text', 'hello', ['--sequence', '5'], /has 5 characters.*at least 6/],
    ['an option for series', 'hello', ['--target', 'x'], /--target has no meaning for a text/],
  ])('refuses %s', { timeout: 60_000 }, (_, content, args, sentence) => {
    const { status, stderr } = unroll('train', file('bad.txt', content), '--task', 'char', ...args);
    expect(status).toBe(2);
    expect(stderr).toMatch(sentence);
  });
});
