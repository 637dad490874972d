import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Finding } from '../shared/findings.ts';
import { recipeSchema } from '../shared/recipe.ts';

// The real program, in a process of its own, on a file with about everything that can be wrong.
let folder: string;
let messy: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'unroll-doctor-'));
  const lines = Array.from({ length: 200 }, (_, i) => `${new Date(Date.UTC(2023, 0, 1 + (i < 150 ? i : i + 2))).toISOString().slice(0, 10)},${i === 20 ? '' : i === 50 ? 'n/a' : (10 + 5 * Math.sin(i / 7)).toFixed(2)},5`);
  [lines[100], lines[101]] = [lines[101]!, lines[100]!];
  messy = file('messy.csv', `date,x,x\n${lines.join('\n')}\nTotal,,\n`);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

function unroll(...args: string[]) {
  return spawnSync(process.execPath, [join(import.meta.dirname, 'unroll.ts'), ...args], { encoding: 'utf8' });
}

it('data doctor names what is wrong with lines and remedies, and saves a recipe that leaves nothing to mend', () => {
  const recipe = join(folder, 'recipe.json');
  const { status, stdout } = unroll('data', 'doctor', messy, '--json', '--save', recipe);
  expect(status).toBe(0);
  const { findings } = JSON.parse(stdout) as { findings: Finding[] };
  expect(findings.map(({ code, column, count }) => [code, column, count])).toEqual(expect.arrayContaining([['unreadTimes', 'date', 1], ['words', 'x', 1], ['missing', 'x', 2], ['constant', 'x_2', 201], ['repeatedNames', null, 1]]));
  expect(findings.find(({ code }) => code === 'words')?.places).toEqual([{ line: 52, row: 50, text: 'n/a' }]);
  expect(recipeSchema.parse(JSON.parse(readFileSync(recipe, 'utf8'))).steps.map(({ kind }) => kind)).toEqual(['dropUnread', 'sort', 'words', 'fill', 'regularise', 'dropColumns']);
  expect(unroll('data', 'doctor', messy, '--recipe', recipe).stdout).toMatch(/^info: Line 1: 1 column has a name that was there before/);

  const out = join(folder, 'clean.csv');
  expect(unroll('data', 'apply', messy, '--recipe', recipe, '--out', out).stdout).toContain('202 rows and 2 columns');
  expect(readFileSync(out, 'utf8').split('\n').slice(0, 2)).toEqual(['date,x', '2023-01-01,10']);
  expect(unroll('data', 'doctor', out).stdout).toMatch(/nothing to mend in 202 rows and 2 columns/);

  const trained = unroll('train', messy, '--target', 'x', '--recipe', recipe, '--epochs', '2', '--json', '--db', join(folder, 'runs.db'));
  expect(trained.status).toBe(0);
  const inspected = unroll('data', 'inspect', messy, '--json');
  expect((JSON.parse(inspected.stdout) as { findings: Finding[] }).findings).toEqual(findings);
}, 120_000);

it.each([
  ['a step that a file does not allow', [{ kind: 'logarithm', columns: ['y'], of: 'log' }], /Step 1 \(logarithm\): Line 3, column "y": 0 has no logarithm/],
  ['a column that is not there', [{ kind: 'words', columns: ['z'] }], /Step 1 \(words\): "small\.csv" has no column "z"/],
  ['a kind that is not known', [{ kind: 'magic' }], /is not a recipe that Unroll knows \(step 1, kind\)/],
])('%s ends with 2 and a sentence', (_what, steps, says) => {
  const small = file('small.csv', 'date,y\n2024-01-01,1\n2024-01-02,0\n2024-01-03,2\n');
  const { status, stderr } = unroll('data', 'apply', small, '--recipe', file('r.json', JSON.stringify(steps)), '--out', join(folder, 'o.csv'));
  expect(status).toBe(2);
  expect(stderr).toMatch(says);
}, 60_000);

it('data apply wants a recipe and a place to write to', () => {
  expect(unroll('data', 'apply', messy).stderr).toMatch(/needs --recipe/);
  expect(unroll('data', 'apply', messy, '--recipe', file('e.json', '[]'), '--out', join(folder, 'nowhere', 'o.csv')).stderr).toMatch(/"o\.csv"|nowhere/);
}, 60_000);
