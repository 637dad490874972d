import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
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
    ['one distinct character', 'aaaa\n', [], /one distinct character only \("a"\)/],
    ['a training part without a window', 'hello world', ['--sequence', '4', '--split', '0.2,0.4,0.4'], /training part has 2 characters, and one window needs 5/],
    ['a wrong count of first characters', 'hello', ['--first', '0'], /--first must be a whole number/],
    ['a column that is not there', 'a,b\n1,x\n', ['--column', 'c'], /no column "c"/],
    ['an option for series', 'hello', ['--target', 'x'], /--target has no meaning for a text/],
  ])('refuses %s', { timeout: 60_000 }, (_, content, args, sentence) => {
    const { status, stderr } = unroll('train', file('bad.txt', content), '--task', 'char', ...args);
    expect(status).toBe(2);
    expect(stderr).toMatch(sentence);
  });

  it('learns any script, half surrogates and combining characters, and keeps the text', { timeout: 60_000 }, () => {
    const odd = Buffer.concat([Buffer.from('שלום e\u0301 👍 '.repeat(4)), Buffer.from([0xed, 0xa0, 0x80])]);
    writeFileSync(join(folder, 'odd.txt'), odd);
    const trained = unroll('train', join(folder, 'odd.txt'), '--task', 'char', '--epochs', '2', '--normalization', 'none', '--json');
    expect(trained.status).toBe(0);
    const started = lines(trained.stdout).find(({ event }) => event === 'started') as { plan: { shapes: { X: number[] } } };
    // Five letters, the space, e, its accent, the thumb and U+FFFD: code points, not UTF-16 units.
    expect(started.plan.shapes.X).toEqual([39, 2, 9]);
  });

  it('learns the cells of a column, and the first characters of a file', { timeout: 60_000 }, () => {
    const table = file('reviews.csv', 'stars,words\n1,bad\n2,not good\n5,good\n');
    const trained = unroll('train', table, '--task', 'char', '--column', 'words', '--epochs', '1', '--json');
    expect((lines(trained.stdout).find(({ event }) => event === 'started') as { plan: { split: { rows: number } } }).plan.split.rows).toBe('bad\nnot good\ngood'.length);
    const first = unroll('train', file('long.txt', 'abc '.repeat(100)), '--task', 'char', '--first', '50', '--epochs', '1', '--json');
    expect((lines(first.stdout).find(({ event }) => event === 'started') as { plan: { split: { rows: number } } }).plan.split.rows).toBe(50);
  });

  it('refuses 100 MB in one sentence', { timeout: 60_000 }, () => {
    const path = file('big.txt', 'abc');
    truncateSync(path, 100 * 1024 * 1024);
    const { status, stderr } = unroll('train', path, '--task', 'char');
    expect(status).toBe(2);
    expect(stderr).toBe('unroll: The text "big.txt" has 100 MB; up to 64 MB are read whole. Read its first characters with --first N.\n');
  });
});
