import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const cli = join(import.meta.dirname, 'unroll.ts');
let folder: string;
let db: string;
let data: string;
const json = (text: string) => text.trim().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>);
const unroll = (...args: string[]) => spawnSync(process.execPath, [cli, ...args, '--db', db], { encoding: 'utf8' });

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'unroll-resume-'));
  db = join(folder, 'unroll.db');
  data = join(folder, 'wave.csv');
  writeFileSync(data, `y\n${Array.from({ length: 400 }, (_, i) => Math.sin(i / 5).toFixed(4)).join('\n')}\n`);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Trains until the first epoch is told, then ends the process with this signal. */
async function broken(signal: NodeJS.Signals, ...args: string[]): Promise<void> {
  const child = spawn(process.execPath, [cli, 'train', data, '--json', '--db', db, ...args]);
  child.stderr.resume();
  child.stdout.on('data', (chunk: Buffer) => { if (chunk.includes('"epoch"')) child.kill(signal); });
  await new Promise((resolve) => { child.on('close', resolve); });
}

const long = ['--epochs', '25', '--hidden', '24', '--sequence', '12', '--batch', '8'];
/** Many processes one after the other, on a machine that may be busy. */
const PATIENCE = 90_000;

describe('unroll resume', () => {
  it.each(['SIGINT', 'SIGKILL'] as const)('goes on with a run that %s ended, and ends as one that was left alone', async (signal) => {
    await broken(signal, ...long);
    const [stopped] = json(unroll('runs', '--json').stdout);
    expect(stopped).toMatchObject({ status: signal === 'SIGINT' ? 'cancelled' : 'interrupted' });
    const resumed = unroll('resume', String(stopped!['id']), '--json');
    expect(resumed.status, resumed.stderr).toBe(0);
    expect(json(resumed.stdout).at(-1)).toMatchObject({ event: 'done', runId: stopped!['id'] });
    const whole = json(unroll('train', data, '--json', ...long).stdout).at(-1)!;
    expect(json(resumed.stdout).at(-1)!['metrics']).toEqual(whole['metrics']);
    const [a, b] = [stopped!['id'], whole['runId']].map((id) => (json(unroll('show', String(id), '--json').stdout)[0]!['epochs'] as Record<string, unknown>[]).map((epoch) => ({ ...epoch, seconds: 0 })));
    expect(a).toEqual(b);
    expect(a).toHaveLength(25);
  }, PATIENCE);

  it('refuses a run that is done, one that is not there, and wrong use, each in a sentence', () => {
    const done = json(unroll('train', data, '--json', '--epochs', '2').stdout).at(-1)!['runId'] as string;
    expect(unroll('resume', done)).toMatchObject({ status: 2, stderr: expect.stringMatching(/cannot go on: it is done\. Train again/) });
    expect(unroll('resume', 'nothing')).toMatchObject({ status: 2, stderr: expect.stringContaining('There is no run "nothing"') });
    expect(unroll('resume')).toMatchObject({ status: 2, stderr: expect.stringContaining('needs one run id') });
  }, PATIENCE);
});

describe('unroll train --seeds', () => {
  it('trains a group and tells mean, spread and best', () => {
    const lines = json(unroll('train', data, '--json', '--epochs', '3', '--seeds', '3', '--seed', '10').stdout);
    const group = lines.at(-1)!;
    expect(group).toMatchObject({ event: 'group', seeds: 3, split: 'test', judged: 3, runs: [{ seed: 10, status: 'done' }, { seed: 11 }, { seed: 12 }] });
    const rmse = lines.filter((line) => line['event'] === 'done').map((line) => (line['metrics'] as { test: { rmse: number } }).test.rmse);
    const spread = group['rmse'] as { mean: number; deviation: number; min: number };
    expect(spread.mean).toBeCloseTo(rmse.reduce((a, b) => a + b) / 3, 10);
    expect(new Set(json(unroll('runs', '--json', '--filter', 'seed>=10').stdout).map((run) => JSON.stringify(run['group']))).size).toBe(1);
    expect(unroll('train', data, '--epochs', '2', '--seeds', '2').stdout).toMatch(/2 of 2 seeds, on the test part[\s\S]*RMSE[\s\S]*Best: seed \d+/);
  }, PATIENCE);

  it('goes on with the next seed where one fails, and says so at the end', () => {
    writeFileSync(data, `y\n${Array.from({ length: 60 }, (_, i) => (i % 2) * 1e30).join('\n')}\n`);
    const run = unroll('train', data, '--json', '--epochs', '2', '--seeds', '2', '--scaling', 'none', '--lr', '10');
    expect(run.status).toBe(2);
    expect(json(run.stdout).at(-1)).toMatchObject({ event: 'group', runs: [{ status: 'failed' }, { status: 'failed' }], judged: 0 });
  });

  it.each(['0', '101', 'x', '1.5'])('refuses --seeds %s', (seeds) => {
    expect(unroll('train', data, '--seeds', seeds)).toMatchObject({ status: 2, stderr: expect.stringContaining('--seeds must be a whole number from 1 to 100') });
  });
});

describe('unroll backup and unroll storage', () => {
  it('backs up, exports, imports elsewhere, trims, compacts, checks and tells sizes', () => {
    const id = json(unroll('train', data, '--json', '--epochs', '2').stdout).at(-1)!['runId'] as string;
    const copy = join(folder, 'copy.db');
    expect(json(unroll('backup', copy, '--json').stdout)).toMatchObject([{ event: 'backup', path: copy, runs: 1 }]);
    const all = join(folder, 'all.unroll-data');
    expect(json(unroll('storage', 'export', all, '--json').stdout)).toMatchObject([{ event: 'export', runs: 1, datasets: 1 }]);
    const other = (...args: string[]) => spawnSync(process.execPath, [cli, ...args, '--db', join(folder, 'other.db')], { encoding: 'utf8' });
    expect(json(other('storage', 'import', all, '--json').stdout)).toMatchObject([{ event: 'import', runs: 1, known: 0 }]);
    expect(other('show', id).stdout).toContain(id);
    expect(json(other('storage', 'import', copy, '--json').stdout)).toMatchObject([{ runs: 0, known: 1 }]);
    expect(json(other('storage', 'trim', '--keep', 'none', '--json').stdout)).toMatchObject([{ event: 'trim', keep: 'none', runs: 1 }]);
    expect(json(other('storage', 'compact', '--json').stdout)).toMatchObject([{ event: 'compact' }]);
    expect(other('storage', 'check')).toMatchObject({ status: 0, stdout: 'The database is whole.\n' });
    expect(json(other('storage', 'info', '--json').stdout)).toMatchObject([{ runs: 1, datasets: 1, checkpoints: 0, keep: 'none' }]);
  }, PATIENCE);

  it.each<[string[], RegExp]>([
    [['storage'], /takes info, check/], [['storage', 'fly'], /got "fly"/], [['storage', 'export'], /needs one file/], [['storage', 'check', 'x'], /takes no file/], [['storage', 'import', '/nowhere/x'], /There is no file/], [['storage', 'trim', '--keep', 'some'], /--keep must be all/],
  ])('%j is refused in a sentence', (args, sentence) => {
    expect(unroll(...args)).toMatchObject({ status: 2, stderr: expect.stringMatching(sentence) });
  });
});
