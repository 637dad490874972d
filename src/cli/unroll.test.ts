import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

// The real program, in a process of its own, on real files and a real database.
const entry = join(import.meta.dirname, 'unroll.ts');
const gs10 = join(import.meta.dirname, '../../resources/samples/us-treasury-10y-monthly.csv');
let folder: string;
let db: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'unroll-cli-'));
  db = join(folder, 'runs.db');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Line { event: string; [key: string]: unknown }

function unroll(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [entry, ...args], { encoding: 'utf8' });
  return { status, stdout, stderr, lines: () => stdout.trim().split('\n').map((line) => JSON.parse(line) as Line) };
}

const quick = ['--epochs', '3', '--batch', '64', '--db'];

function file(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

describe('unroll data inspect', () => {
  it('says how a file is read, its columns, types and roles, as JSON and in words', () => {
    const { status, lines } = unroll('data', 'inspect', file('title.csv', 'Rates of a bank\nDatum;Wert;Note\n01.02.2024;1,5;x\n13.02.2024;2,5;y\n'), '--json');
    expect(status).toBe(0);
    expect(lines()).toMatchObject([{
      file: 'title.csv', rows: 2, sampling: null, sha256: expect.stringMatching(/^[0-9a-f]{64}$/), problem: null,
      dialect: { delimiter: ';', decimal: ',', header: true, encoding: 'utf-8', format: 'text', skippedLines: 1 },
      columns: [{ name: 'Datum', type: 'time', timeProblem: null }, { name: 'Wert', type: 'number', min: 1.5, max: 2.5 }, { name: 'Note', type: 'text' }],
      roles: { time: 'Datum', targets: ['Wert'], inputs: ['Wert'] },
    }]);
    expect(unroll('data', 'inspect', gs10).stdout).toMatch(/^us-treasury-10y-monthly\.csv: 879 rows, 2 columns \(utf-8, delimiter ",", decimal mark "\.", with a header\)/);
  });

  it.each([
    ['no command', ['data'], /data needs a command.*unroll data inspect FILE/], ['another command', ['data', 'look', 'x.csv'], /no command "look"/], ['no file', ['data', 'inspect'], /needs a file/],
    ['a wrong number of rows', ['data', 'inspect', gs10, '--every', '1'], /--every must be a whole number from 2/], ['both ways of picking', ['data', 'inspect', gs10, '--every', '2', '--first', '3'], /cannot be used together/],
  ])('%s ends with 2 and a sentence', (_what, args, says) => {
    const { status, stderr } = unroll(...args);
    expect(status).toBe(2);
    expect(stderr).toMatch(says);
  });

  it('of a file that is too large names the options, and reads the rows that they pick', () => {
    const path = file('huge.csv', 'Year,Value\n1990,1\n1991,2\n1992,3\n');
    truncateSync(path, 5 * 1024 ** 3);
    const refused = unroll('data', 'inspect', path, '--json');
    expect(refused.status).toBe(2);
    expect(refused.stderr).toBe('unroll: "huge.csv" has 5120 MB; up to 512 MB are read whole. Read its first rows (--first 1000000) or every n-th row (--every 40).\n');
    expect(unroll('data', 'inspect', path, '--first', '2', '--json').lines()).toMatchObject([{ rows: 2, sampling: { first: 2 } }]);
    expect(unroll('data', 'inspect', gs10, '--every', '100', '--json').lines()).toMatchObject([{ rows: 9, sampling: { every: 100 } }]);
  });
});

describe('unroll train', () => {
  it('prints one JSON object a line, ends with done, and gives the same metrics twice to the last digit', () => {
    const run = () => unroll('train', gs10, '--target', 'Rate', '--sequence', '6', '--hidden', '20', '--seed', '7', '--json', ...quick, db);
    const [first, second] = [run(), run()];
    expect(first.status).toBe(0);
    const done = first.lines().at(-1)!;
    expect(done).toMatchObject({ event: 'done', runId: expect.stringMatching(/^run-/), seconds: expect.any(Number) });
    expect(Object.keys(done['metrics'] as object)).toEqual(['train', 'validation', 'test']);
    expect(done['baseline']).toMatchObject({ persistence: { test: { rmse: expect.any(Number) } } });
    expect(first.lines().filter((line) => line.event === 'epoch')).toHaveLength(3);
    expect(second.lines().at(-1)!['metrics']).toEqual(done['metrics']);
    expect(unroll('train', gs10, '--target', 'Rate', '--seed', '8', '--json', ...quick, db).lines().at(-1)!['metrics']).not.toEqual(done['metrics']);
  });

  it('ends in a table beside persistence and the id of the run, without --json', () => {
    const { status, stdout } = unroll('train', gs10, '--target', 'Rate', ...quick, db);
    expect(status).toBe(0);
    expect(stdout).toMatch(/persistence/);
    expect(stdout).toMatch(/Saved as run-\w{10}\./);
  });

  it.each([
    ['no file', [], /needs a file/],
    ['a file that is not there', ['nowhere.csv'], /"nowhere\.csv" is not there/],
    ['a column that is not there', [gs10, '--target', 'Yield'], /no column "Yield" \(--target\).*Date, Rate/],
    ['an option in place of a value', [gs10, '--target', '--json'], /Option '--target' needs a value\./],
    ['a choice that there is not', [gs10, '--cell', 'LSTM'], /--cell: it must be rnn_tanh, .* lstm or gru \(got LSTM\)/],
    ['an input that stands there twice', [gs10, '--inputs', 'Rate,Rate'], /"Rate" stands among the inputs twice/],
    ['one column for time and target', [gs10, '--target', 'Rate', '--time', 'Rate'], /both time and target/],
    ['a model too large to be kept, before its weights are made', [gs10, '--hidden', '2048', '--layers', '8', '--cell', 'lstm', '--init', 'orthogonal'], /would need \d+\.\d GiB \(\d+ bytes\)/],
    ['an option that is not there', [gs10, '--hiden', '3'], /--hiden/],
    ['hidden size 0', [gs10, '--hidden', '0'], /Hidden size must be a whole number from 1 to 2048.*got 0/],
    ['hidden size -1', [gs10, '--hidden', '-1'], /got -1/],
    ['sequence length 1.5', [gs10, '--sequence', '1.5'], /Sequence length must be a whole number.*got 1\.5/],
    ['sequence length 1e9', [gs10, '--sequence', '1e9'], /got 1000000000/],
    ['a word for a number', [gs10, '--hidden', 'many'], /got many/],
    ['a sequence longer than the file', [gs10, '--sequence', '2000'], /879 rows.*at least 2001/],
    ['a split that does not add up', [gs10, '--split', '0.7,0.2,0.2'], /add up to 1\.1/],
  ])('says what is wrong with %s, with exit code 2', (_what, args, says) => {
    const { status, stderr } = unroll('train', ...args, '--db', db);
    expect(stderr.replaceAll('\n', ' ')).toMatch(says);
    expect(status).toBe(2);
  });

  it.each([
    ['empty.csv', '', /"empty\.csv" is empty/],
    ['header.csv', 'Date,Rate\n', /only a header line/],
    ['text.csv', 'Name\nabc\ndef\n', /no column of numbers|text, not numbers/],
    ['words.csv', 'T,Y\n1,2\n2,n/a\n3,4\n', /[Ll]ine 3, column "Y": "n\/a" is not a number/],
    ['missing.csv', 'T,Y\n1,2\n2,\n3,4\n', /[Ll]ine 3, column "Y" is empty/],
    ['binary.csv', '\u0000\u0001\u0002\u0003', /not a text file/],
  ])('names what is wrong in %s', (name, content, says) => {
    const { status, stderr, stdout } = unroll('train', file(name, content), '--json', '--db', db);
    expect(stderr).toMatch(says);
    expect(status).toBe(2);
    expect(JSON.parse(stdout) as Line).toMatchObject({ event: 'error', code: expect.any(String), message: expect.stringMatching(says) });
  });

  it('is cancelled by Ctrl+C within a batch, keeps the epochs, exit code 130', async () => {
    const child = spawn(process.execPath, [entry, 'train', gs10, '--target', 'Rate', '--epochs', '100000', '--json', '--db', db], { stdio: ['ignore', 'pipe', 'inherit'] });
    let out = '';
    const seen = new Promise<void>((resolve) => child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString();
      if (out.includes('"event":"epoch"')) resolve();
    }));
    await seen;
    const asked = performance.now();
    child.kill('SIGINT');
    const code = await new Promise((resolve) => child.on('close', resolve));
    expect(code).toBe(130);
    expect(performance.now() - asked).toBeLessThan(2_000);
    const last = JSON.parse(out.trim().split('\n').at(-1)!) as Line;
    expect(last.event).toBe('cancelled');
    expect(JSON.parse(unroll('show', last['runId'] as string, '--json', '--db', db).stdout)).toMatchObject({ status: 'cancelled', epochsDone: last['epochs'] });
  });
});

describe('runs by command', () => {
  const ids: string[] = [];
  let own: string;
  beforeAll(() => {
    own = join(folder, 'manage.db');
    for (const hidden of ['4', '8']) ids.push(unroll('train', gs10, '--target', 'Rate', '--hidden', hidden, '--name', `size ${hidden}`, '--json', ...quick, own).lines().at(-1)!['runId'] as string);
  });
  const list = (...args: string[]) => { const { stdout } = unroll('runs', ...args, '--json', '--db', own); return stdout.trim() === '' ? [] : stdout.trim().split('\n').map((line) => (JSON.parse(line) as { name: string }).name); };

  it('are filtered and sorted by any field', () => {
    expect(list('--filter', 'hidden>4 status:done')).toEqual(['size 8']);
    expect(list('--sort', 'model.hiddenSize')).toEqual(['size 4', 'size 8']);
    expect(list('--sort', '-hidden', '--limit', '1')).toEqual(['size 8']);
    expect(unroll('runs', '--filter', 'colour:red', '--db', own)).toMatchObject({ status: 2, stderr: expect.stringContaining('no field "colour"') });
    expect(unroll('runs', '--sort', 'colour', '--db', own)).toMatchObject({ status: 2, stderr: expect.stringContaining('no field "colour"') });
  });

  it('are judged at their best and at their last epoch', () => {
    const run = JSON.parse(unroll('show', ids[0]!, '--json', '--db', own).stdout) as { metrics: object; evaluations: { best: { epoch: number; metrics: object }; last: { epoch: number; metrics: object } }; epochs: { epoch: number; validationLoss: number }[] };
    const lowest = run.epochs.reduce((best, epoch) => (epoch.validationLoss < best.validationLoss ? epoch : best));
    expect(run.evaluations.best.epoch).toBe(lowest.epoch);
    expect(run.evaluations.last).toEqual({ epoch: 3, metrics: run.metrics });
  });

  it('are tagged and noted', () => {
    expect(unroll('tag', ids[0]!, '+good', '+old', '--db', own).stdout).toContain('good, old');
    expect(unroll('tag', ids[0]!, '-old', '--json', '--db', own).lines()[0]).toMatchObject({ tags: ['good'] });
    expect(list('--filter', 'tag:good')).toEqual(['size 4']);
    expect(unroll('tag', ids[0]!, '+two words', '--db', own).status).toBe(2);
    unroll('note', ids[0]!, 'worked **well**', '--db', own);
    expect(unroll('note', ids[0]!, '--db', own).stdout).toBe('worked **well**\n');
  });

  it('are archived, deleted and restored', () => {
    expect(unroll('archive', ids[0]!, '--db', own).status).toBe(0);
    expect([list(), list('--all').length]).toEqual([['size 8'], 2]);
    unroll('restore', ids[0]!, '--db', own);
    unroll('delete', ids[0]!, '--db', own);
    expect([list(), list('--trash')]).toEqual([['size 8'], ['size 4']]);
    unroll('restore', ids[0]!, '--db', own);
    expect(list()).toHaveLength(2);
  });

  it('are compared: what differs, and nothing else', () => {
    const [compared] = unroll('compare', ids[0]!, ids[1]!, '--json', '--db', own).lines() as unknown as [{ differences: Record<string, unknown[]> }];
    expect(compared.differences['model.hiddenSize']).toEqual([4, 8]);
    expect(compared.differences['test.rmse']).toHaveLength(2);
    expect(compared.differences).not.toHaveProperty('model.cell');
    expect(unroll('compare', ids[0]!, '--db', own).status).toBe(2);
  });

  it('are deleted for good when that is asked for', () => {
    expect(unroll('delete', ids[1]!, '--forever', '--db', own).stdout).toContain('1 deleted for good');
    expect(list('--trash')).toEqual([]);
  });
});

describe('unroll find-rate and trace', () => {
  it('suggests a learning rate between those tried', () => {
    const [search] = unroll('find-rate', gs10, '--target', 'Rate', '--json').lines() as unknown as [{ rates: number[]; losses: number[]; suggestion: number }];
    expect(search.rates.length).toBe(search.losses.length);
    expect(search.suggestion).toBeGreaterThan(1e-5);
    expect(search.suggestion).toBeLessThan(1);
  });

  it('shows states, gates and the gradient through time of one window', () => {
    const { stdout } = unroll('train', gs10, '--target', 'Rate', '--sequence', '6', '--cell', 'lstm', '--layers', '2', '--hidden', '5', '--json', ...quick, db);
    const { runId } = JSON.parse(stdout.trim().split('\n').at(-1)!) as { runId: string };
    const [trace] = unroll('trace', runId, '--window', '3', '--json', '--db', db).lines() as unknown as [{ hidden: number[][][]; gates: Record<string, number[][][]>; gradientNorms: number[][]; output: number[] }];
    expect([trace.hidden.length, trace.hidden[0]!.length, trace.hidden[0]![0]!.length]).toEqual([2, 6, 5]);
    expect(Object.keys(trace.gates).sort()).toEqual(['c', 'f', 'g', 'i', 'o']);
    expect(trace.gradientNorms.map((norms) => norms.length)).toEqual([6, 6]);
    expect(trace.output).toHaveLength(1);
    expect(unroll('trace', runId, '--window', '900', '--db', db)).toMatchObject({ status: 2, stderr: expect.stringContaining('from 0 to 872') });
  });
});

describe('unroll runs and show', () => {
  it('lists what was trained, and shows one by the start of its id', () => {
    const { stdout } = unroll('train', gs10, '--target', 'Rate', '--name', 'my run', '--json', ...quick, db);
    const { runId } = JSON.parse(stdout.trim().split('\n').at(-1)!) as { runId: string };
    expect(unroll('runs', '--json', '--db', db).lines()[0]).toMatchObject({ id: runId, name: 'my run', status: 'done' });
    expect(unroll('runs', '--db', db).stdout).toContain('my run');
    const shown = unroll('show', runId.slice(0, 9), '--db', db);
    expect(shown.status).toBe(0);
    expect(shown.stdout).toMatch(/my run[\s\S]*persistence/);
  });

  it('says that a run is not there', () => {
    expect(unroll('show', 'run-zzzz', '--db', db)).toMatchObject({ status: 2, stderr: expect.stringContaining('run-zzzz') });
  });

  it('refuses a --db that is no database, and leaves it as it is', () => {
    const notes = file('notes.txt', 'not a database, but mine\n'.repeat(100));
    expect(unroll('runs', '--db', notes)).toMatchObject({ status: 2, stderr: expect.stringContaining('notes.txt') });
    expect(readFileSync(notes, 'utf8')).toContain('but mine');
  });

  it('refuses a --db whose folder is a file', () => {
    const { status, stderr } = unroll('runs', '--db', join(file('plain', 'x'), 'runs.db'));
    expect(status).toBe(2);
    expect(stderr).toMatch(/plain/);
  });
});

it('ends the sentence about an option without its value or path', () => {
  expect(unroll('train', gs10, '--target').stderr).toContain("'--target <value>' argument missing. unroll --help");
  const { status, stderr } = unroll('train', gs10, '--db', '');
  expect(stderr).toContain('--db needs the path');
  expect(status).toBe(2);
});

describe('unroll train among other programs', () => {
  const long = ['--epochs', '100000', '--json', '--db'];
  const lastRun = (database: string) => JSON.parse(unroll('runs', '--json', '--db', database).stdout.split('\n')[0]!) as { status: string; epochsDone: number };

  it.skipIf(process.platform === 'win32')('is cancelled when its reader goes away, and keeps the run', async () => {
    const database = join(folder, 'head.db');
    const child = spawn(process.execPath, [entry, 'train', gs10, ...long, database], { stdio: ['ignore', 'pipe', 'ignore'] });
    child.stdout.once('data', () => child.stdout.destroy());
    const code = await new Promise((ended) => { child.on('exit', ended); });
    expect(code).toBe(130);
    expect(lastRun(database).status).toBe('cancelled');
  });

  it.skipIf(process.platform === 'win32').each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('is cancelled by %s, and a second one changes nothing', async (signal) => {
    const database = join(folder, `${signal}.db`);
    const child = spawn(process.execPath, [entry, 'train', gs10, ...long, database], { stdio: ['ignore', 'pipe', 'ignore'] });
    child.stdout.once('data', () => { child.kill(signal); child.kill(signal); });
    child.stdout.resume();
    const code = await new Promise((ended) => { child.on('exit', ended); });
    expect(code).toBe(130);
    expect(lastRun(database).status).toBe('cancelled');
  });

  it('goes on when nobody reads its progress', async () => {
    const child = spawn(process.execPath, [entry, 'train', gs10, '--epochs', '200', '--db', join(folder, 'quiet.db')], { stdio: ['ignore', 'ignore', 'pipe'] });
    child.stderr.once('data', () => child.stderr.destroy());
    expect(await new Promise((ended) => { child.on('exit', ended); })).toBe(0);
  });

  it('says that the rows are numbered where the times are out of order', () => {
    const path = file('unsorted.csv', `d,v\n${Array.from({ length: 40 }, (_, i) => `2024-01-${String(((i * 7) % 28) + 1).padStart(2, '0')},${i}`).join('\n')}\n`);
    const { status, stderr } = unroll('train', path, ...quick, db);
    expect(status).toBe(0);
    expect(stderr).toMatch(/numbered.*Line \d+, column "d"/);
  });

  it('measures values near the end of float64', () => {
    const path = file('huge.csv', `v\n${Array.from({ length: 60 }, (_, i) => `${Math.sin(i) + 2}e300`).join('\n')}\n`);
    const { status, lines } = unroll('train', path, '--json', ...quick, db);
    expect(status).toBe(0);
    expect(lines().at(-1)).toMatchObject({ event: 'done', metrics: { test: { rmse: expect.any(Number), r2: expect.any(Number) } } });
  });
});
