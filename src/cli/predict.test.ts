import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const entry = join(import.meta.dirname, 'unroll.ts');
let folder: string;
let id: string;
let knownId: string;
const unroll = (...args: string[]) => spawnSync(process.execPath, [entry, ...args, '--db', join(folder, 'runs.db')], { encoding: 'utf8' });

function file(name: string, header: string, row: (r: number) => string, rows: number): string {
  writeFileSync(join(folder, name), `${header}\n${Array.from({ length: rows }, (_, r) => row(r)).join('\n')}\n`);
  return join(folder, name);
}
const day = (r: number) => new Date(Date.UTC(2024, 0, 1 + r)).toISOString().slice(0, 10);
const wave = (r: number, level = 20) => (level + 5 * Math.sin(r / 3)).toFixed(4);
const lastOf = (stdout: string) => JSON.parse(stdout.trim().split('\n').at(-1)!) as { runId: string };

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'unroll-predict-'));
  id = lastOf(unroll('train', file('learnt.csv', 'day,value', (r) => `${day(r)},${wave(r)}`, 120), '--target', 'value', '--sequence', '8', '--epochs', '60', '--lr', '0.01', '--json').stdout).runId;
  knownId = lastOf(unroll('train', file('promo.csv', 'day,value,promo', (r) => `${day(r)},${wave(r)},${r % 2}`, 120), '--target', 'value', '--inputs', 'value,promo', '--known', 'promo', '--sequence', '8', '--epochs', '2', '--json').stdout).runId;
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('unroll predict', () => {
  it('predicts every row of another file and goes on beyond its end', { timeout: 60_000 }, () => {
    const out = join(folder, 'out.csv');
    const told = unroll('predict', id, file('new.csv', 'note,day,value', (r) => `=1+1,${day(r + 500)},${wave(r + 500)}`, 40), '--steps', '5', '--out', out);
    expect(told.status).toBe(0);
    const lines = readFileSync(out, 'utf8').trim().split('\r\n');
    expect(lines[0]).toBe('day,kind,value,value predicted,value lower 80%,value upper 80%,value lower 95%,value upper 95%');
    expect(lines.length).toBe(1 + 40 + 5);
    expect(lines[8]).toMatch(/,row,[\d.]+,,,,,$/);
    expect(lines[45]!.split(',').slice(0, 2)).toEqual([day(544), 'beyond (recursive)']);
    // A sine is learnt well: the error lies far under its amplitude of 5.
    for (const line of lines.slice(9, 41)) expect(Math.abs(Number(line.split(',')[3]) - Number(line.split(',')[2]))).toBeLessThan(1);
    expect(unroll('predict', id, join(folder, 'new.csv'), '--out', out).stderr).toMatch(/is there already/);
    expect(unroll('predict', id, join(folder, 'new.csv'), '--out', out, '--force').status).toBe(0);
    expect(readdirSync(folder).filter((name) => name.startsWith('.'))).toEqual([]);
  });

  it('scales by the numbers of the training and not by those of the new file', { timeout: 60_000 }, () => {
    const said = (level: number) => lastOf(unroll('predict', id, file(`level-${level}.csv`, 'day,value', (r) => `${day(r)},${wave(r, level)}`, 20), '--steps', '1', '--json').stdout) as unknown as { beyond: { targets: { values: number[] }[] } };
    // Refitted, a series 1000 higher would be predicted 1000 higher: with the run's own numbers it lies beyond what tanh can say.
    expect(said(1020).beyond.targets[0]!.values[0]! - said(20).beyond.targets[0]!.values[0]!).toBeLessThan(500);
  });

  it.each([
    ['a column that is not there', 'day,other', (r: number) => `${day(r)},${wave(r)}`, 20, /no column "value", which the run learnt from.*It has: day, other/],
    ['words among the numbers', 'day,value', (r: number) => `${day(r)},${r === 3 ? 'abc' : wave(r)}`, 20, /Line 5, column "value": "abc" is not a number/],
    ['too few rows', 'day,value', (r: number) => `${day(r)},${wave(r)}`, 5, /5 rows, and a sequence length of 8 needs at least 8/],
  ])('refuses %s', { timeout: 60_000 }, (_, header, row, rows, sentence) => {
    const { status, stderr } = unroll('predict', id, file('bad.csv', header, row, rows));
    expect(status).toBe(2);
    expect(stderr).toMatch(sentence);
  });

  it('asks for what is known in the future before it looks beyond the end', { timeout: 60_000 }, () => {
    const data = file('promo-new.csv', 'day,value,promo', (r) => `${day(r)},${wave(r)},${r % 2}`, 30);
    expect(unroll('predict', knownId, data, '--steps', '3').stderr).toMatch(/needs the values of "promo"/);
    const known = file('known.csv', 'promo', (r) => String(r % 2), 3);
    const { status, stdout } = unroll('predict', knownId, data, '--steps', '3', '--known', known);
    expect(status).toBe(0);
    expect(stdout.trim().split('\r\n').filter((line) => line.includes('beyond')).length).toBe(3);
    expect(unroll('predict', knownId, data, '--steps', '3', '--known', join(folder, 'learnt.csv')).stderr).toMatch(/no column "promo"/);
  });

  it('reads a column that is called otherwise where --map says so', { timeout: 60_000 }, () => {
    const data = file('renamed.csv', 'day,price', (r) => `${day(r)},${wave(r)}`, 20);
    const { status, stdout } = unroll('predict', id, data, '--map', 'value=price');
    expect(status).toBe(0);
    expect(stdout).toMatch(/^day,kind,value,value predicted/);
    expect(unroll('predict', id, data).stderr).toMatch(/no column "value".*--map "value=/s);
    expect(unroll('predict', id, data, '--map', 'value=cost').stderr).toMatch(/no column "cost"/);
  });

  it('tells the classes of a file of sequences, and how well another text is told', { timeout: 120_000 }, () => {
    const sequence = (r: number) => (r % 2 === 0 ? 'ab' : 'xy').repeat(2 + (r % 5));
    const learnt = file('sequences.csv', 'text,label', (r) => `${sequence(r)},${r % 2 === 0 ? '=first' : 'second'}`, 60);
    const classes = lastOf(unroll('train', learnt, '--task', 'classify', '--epochs', '8', '--json').stdout).runId;
    const lines = unroll('predict', classes, file('some.csv', 'words', sequence, 4), '--map', 'text=words').stdout.trim().split('\r\n');
    expect(lines[0]).toBe('line,text,predicted,probability,p(=first),p(second)');
    expect(lines.slice(1).map((line) => line.split(',')[2])).toEqual(["'=first", 'second', "'=first", 'second']);
    const written = (name: string, text: string) => { writeFileSync(join(folder, name), text); return join(folder, name); };
    const text = lastOf(unroll('train', written('learnt.txt', 'hello world. '.repeat(60)), '--task', 'char', '--sequence', '6', '--epochs', '2', '--json').stdout).runId;
    const judged = JSON.parse(unroll('predict', text, written('other.txt', 'world \u03a9. '.repeat(20)), '--json').stdout) as { bitsPerCharacter: number; perplexity: number; unknown: number };
    expect(judged.perplexity).toBeCloseTo(2 ** judged.bitsPerCharacter, 6);
    expect(judged.unknown).toBe(20);
    expect(unroll('predict', text, written('tiny.txt', 'hel')).stderr).toMatch(/needs at least 7/);
  });
});
