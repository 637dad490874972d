import { describe, expect, it } from 'vitest';
import { recipeSchema } from '../../shared/recipe.ts';
import type { Finding, FindingCode } from '../../shared/findings.ts';
import { applyRecipe } from '../recipe/apply.ts';
import { describeTable } from '../describe.ts';
import { days, tableOf } from '../testing.ts';
import { examine } from './doctor.ts';

const day = (i: number) => new Date(Date.UTC(2024, 0, 1 + i)).toISOString().slice(0, 10);
const season = (i: number) => (10 * Math.sin(i / 5)).toFixed(2);
/** Rows of a table with a column of dates and one of numbers. */
const rows = (count: number, line: (i: number) => string = (i) => `${day(i)},${season(i)}`) => `date,x\n${Array.from({ length: count }, (_, i) => `${line(i)}\n`).join('')}`;
const found = (text: string, code: FindingCode) => examine(tableOf(text)).find((each) => each.code === code);

/** What is left of a finding after its remedy. */
function mended(text: string, finding: Finding, remedy: number): Finding | undefined {
  const table = tableOf(text);
  const { table: after } = applyRecipe(table, recipeSchema.parse({ version: 1, steps: finding.remedies[remedy]!.steps }));
  return examine(after).find(({ code, column }) => code === finding.code && column === finding.column);
}

it('a clean series has no finding', () => {
  expect(examine(tableOf(rows(200)))).toEqual([]);
});

/** Each with where it is, how many there are and what it says. */
const cases: [what: string, text: string, code: FindingCode, count: number, lines: number[], says: RegExp][] = [
  ['days before months or after them', rows(60, (i) => `0${1 + (i % 9)}/0${1 + Math.floor(i / 9)}/2024,${season(i)}`), 'ambiguousDates', 60, [2, 3, 4, 5, 6], /"01\/01\/2024" in column "date" can be 2024-01-01 \(day first\) or 2024-01-01/],
  ['times that cannot be read', rows(60, (i) => `${i === 7 ? 'soon' : i === 9 ? '' : day(i)},${season(i)}`), 'unreadTimes', 2, [9, 11], /^2 times of column "date" cannot be read \(lines 9, 11\)\.$/],
  ['rows out of order', rows(60, (i) => `${day(i === 7 ? 30 : i === 30 ? 7 : i)},${season(i)}`), 'unsortedTime', 2, [10, 32], /goes back in 2 rows/],
  ['times that come twice', rows(60, (i) => `${day(i === 8 ? 7 : i)},${season(i)}`), 'duplicatedTimes', 1, [10], /1 row of column "date" has a time that was there before \(line 10\)/],
  ['rows that are not there', rows(60, (i) => `${day(i < 20 ? i : i + 3)},${season(i)}`), 'gaps', 3, [22], /a row every day, and 3 rows are missing in 1 gap/],
  ['cells that are empty', rows(60, (i) => `${day(i)},${i % 20 === 3 ? '' : season(i)}`), 'missing', 3, [5, 25, 45], /Column "x" misses 3 values/],
  ['words', rows(60, (i) => `${day(i)},${i === 12 ? 'n/a' : season(i)}`), 'words', 1, [14], /1 word among its numbers \(line 14\)/],
  ['a spike', rows(100, (i) => `${day(i)},${i === 50 ? 900 : season(i)}`), 'outliers', 1, [52], /1 value far from the rows around it \(line 52\)/],
  ['what a logger writes for nothing', rows(100, (i) => `${day(i)},${i > 50 && i < 60 ? -999 : season(i)}`), 'outliers', 9, [53, 54, 55, 56, 57], /-999, which stands for a value that was not measured/],
];

describe('a finding has its count, its lines and a sentence, and its first remedy mends it', () => {
  it.each(cases)('%s', (_what, text, code, count, lines, says) => {
    const finding = found(text, code);
    expect(finding).toMatchObject({ count, message: expect.stringMatching(says) as unknown });
    expect(finding!.places.map(({ line }) => line)).toEqual(lines);
    finding!.remedies.forEach((_remedy, i) => {
      // What is left empty on purpose is found again, as missing.
      if (['regularise-leave', 'blank', 'words'].includes(finding!.remedies[i]!.id)) return;
      expect(mended(text, finding!, i), finding!.remedies[i]!.id).toBeUndefined();
    });
  });

  it('and leaves the data trainable after one click on missing values', () => {
    const text = rows(60, (i) => `${day(i)},${i % 20 === 3 ? '' : season(i)}`);
    const before = describeTable(tableOf(text));
    expect(before.columns[1]!.numberProblem).not.toBeNull();
    for (const { steps } of found(text, 'missing')!.remedies) expect(describeTable(applyRecipe(tableOf(text), { version: 1, steps }).table)).toMatchObject({ problem: null, roles: { time: 'date', targets: ['x'] } });
  });
});

it('ambiguous dates are shown both ways, the way that goes up evenly first', () => {
  const text = rows(12, (i) => `0${1 + (i % 9)}/0${1 + Math.floor(i / 9)}/2024,${season(i)}`);
  const finding = found(text, 'ambiguousDates')!;
  expect(finding.details).toMatchObject({ dayFirst: '2024-01-01', monthFirst: '2024-01-01', dayFirstLast: '2024-02-03', monthFirstLast: '2024-03-02' });
  expect(finding.remedies.map(({ id }) => id)).toEqual(['dayFirst', 'monthFirst']);
  const american = rows(8, (i) => `0${1 + i}/01/2024,${season(i)}`);
  expect(found(american, 'ambiguousDates')!.remedies[0]!.id).toBe('dayFirst');
});

it('a column that says nothing is named, and the target among them is an error', () => {
  const text = `date,x,same,none\n${Array.from({ length: 60 }, (_, i) => `${day(i)},${season(i)},5,\n`).join('')}`;
  expect(examine(tableOf(text)).filter(({ code }) => code === 'constant').map(({ column, severity }) => [column, severity])).toEqual([['same', 'warning'], ['none', 'warning']]);
  expect(found(`date,x\n${days(60, () => 5)}`, 'constant')).toMatchObject({ severity: 'error', column: 'x', remedies: [] });
});

it('another level after the split is told with its distance, and a difference mends it', () => {
  const text = rows(200, (i) => `${day(i)},${(Number(season(i)) + (i >= 180 ? 80 : 0)).toFixed(2)}`);
  const finding = found(text, 'levelShift')!;
  expect(finding).toMatchObject({ column: 'x', details: { part: 'test' }, places: [{ row: 170, line: 172 }] });
  expect(finding.remedies[0]!.steps).toEqual([{ kind: 'difference', columns: ['x'], lag: 1 }]);
  expect(mended(text, finding, 0)).toBeUndefined();
});

it('too few rows for the sequence say how short it must be', () => {
  const table = tableOf(rows(60));
  const asked = { time: 'date', targets: ['x'], inputs: ['x'], split: { by: 'share' as const, train: 0.7, validation: 0.15, test: 0.15 }, window: { sequenceLength: 50, horizon: 1, stride: 1, targets: 'last' as const } };
  expect(examine(table, asked).find(({ code }) => code === 'tooFewRows')).toMatchObject({ severity: 'error', details: { rows: 42, needed: 51 }, remedies: [{ id: 'shorter', settings: { 'window.sequenceLength': 12 } }] });
  expect(examine(table, { ...asked, window: { ...asked.window, sequenceLength: 20 } }).find(({ code }) => code === 'tooFewRows')).toMatchObject({ severity: 'warning' });
  expect(examine(table, { ...asked, window: { ...asked.window, sequenceLength: 12 } })).toEqual([]);
});

it('series as they are have no outliers: seasons, noise, random walks, rain', () => {
  let seed = 1;
  const random = () => { seed = (seed * 16807) % 2147483647; return seed / 2147483647; };
  const normal = () => Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random());
  let walk = 0;
  const kinds: (() => string)[] = [() => normal().toFixed(4), () => (walk += normal()).toFixed(4), () => (random() < 0.7 ? 0 : -10 * Math.log(random())).toFixed(1)];
  for (const kind of kinds) expect(found(rows(800, (i) => `${day(i)},${kind()}`), 'outliers')).toBeUndefined();
});

it('weekends are no gaps in a series of weekdays', () => {
  const weekdays = Array.from({ length: 150 }, (_, i) => day(i)).filter((each) => ![0, 6].includes(new Date(each).getUTCDay()));
  expect(found(`date,x\n${weekdays.map((each, i) => `${each},${season(i)}\n`).join('')}`, 'gaps')).toBeUndefined();
  expect(found(`date,x\n${weekdays.filter((_, i) => i !== 30).map((each, i) => `${each},${season(i)}\n`).join('')}`, 'gaps')).toMatchObject({ count: 1, details: { unit: 'weekday' } });
});

it('rows without a frequency are told, with a length of time to resample to', () => {
  const text = rows(60, (i) => `${day(Math.floor(i * (1 + ((i * 7) % 5)) / 3) + i * i)},${season(i)}`);
  const sorted = text.split('\n').slice(1, -1).sort();
  const unique = sorted.filter((line, i) => i === 0 || line.slice(0, 10) !== sorted[i - 1]!.slice(0, 10));
  expect(found(`date,x\n${unique.join('\n')}\n`, 'irregularTime')!.remedies[0]!.steps[0]).toMatchObject({ kind: 'resample' });
});
