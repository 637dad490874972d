import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { invertPath } from '../../shared/inverse.ts';
import { recipeSchema, type Step } from '../../shared/recipe.ts';
import { readNumberColumn } from '../number-column.ts';
import { columnIndex, type Table } from '../table.ts';
import { days, errorOf, rowsOf, tableOf } from '../testing.ts';
import { applyRecipe, applyStep } from './apply.ts';
import { inverseOf } from './inverse.ts';

const recipe = (...steps: Step[]) => recipeSchema.parse({ version: 1, steps });
const numbers = (table: Table, name: string) => [...readNumberColumn(table, columnIndex(table, name)).values];
const seriesOf = (values: readonly (number | string)[]) => tableOf(`date,x\n${days(values.length, (i) => values[i]!)}`);

describe('times', () => {
  it('are put in order, rows of one time as they stood, and lines go with their rows', () => {
    const table = tableOf('date,x\n2024-01-03,3\n2024-01-01,1\n2024-01-03,4\n2024-01-02,2\n');
    const { table: sorted, changed } = applyStep(table, { kind: 'sort', time: 'date' });
    expect(rowsOf(sorted)).toEqual([['2024-01-01', '1'], ['2024-01-02', '2'], ['2024-01-03', '3'], ['2024-01-03', '4']]);
    expect([...sorted.lines]).toEqual([3, 5, 2, 4]);
    expect(changed).toBe(4);
    expect(rowsOf(table)[0]).toEqual(['2024-01-03', '3']);
  });

  it.each([['first', '1', 'a'], ['last', '5', 'b'], ['mean', '3', 'a']] as const)('that come twice keep their %s', (keep, x, word) => {
    const table = tableOf('date,x,w\n2024-01-01,1,a\n2024-01-01,5,b\n2024-01-02,7,c\n');
    const { table: kept, changed } = applyStep(table, { kind: 'dedupe', time: 'date', keep });
    expect(rowsOf(kept)).toEqual([['2024-01-01', x, word], ['2024-01-02', '7', 'c']]);
    expect(changed).toBe(1);
  });

  it('are read with the day or the month first, as chosen, and a day that there is not names its line', () => {
    const table = tableOf('date,x\n01/02/2024,1\n02/02/2024,2\n03/02/2024,3\n');
    expect(rowsOf(applyStep(table, { kind: 'dayMonth', column: 'date', order: 'dayFirst' }).table).map(([date]) => date)).toEqual(['2024-02-01', '2024-02-02', '2024-02-03']);
    expect(rowsOf(applyStep(table, { kind: 'dayMonth', column: 'date', order: 'monthFirst' }).table).map(([date]) => date)).toEqual(['2024-01-02', '2024-02-02', '2024-03-02']);
    const other = tableOf('date,x\n01/02/2024,1\n13/02/2024,2\n');
    expect(errorOf(() => applyStep(other, { kind: 'dayMonth', column: 'date', order: 'monthFirst' })).message).toBe('Line 3, column "date": "13/02/2024" is no date with the month first.');
  });

  it('that cannot be read are left out with their rows', () => {
    const table = tableOf('date,x\n2024-01-01,1\nn/a,2\n2024-01-03,3\n2024-02-30,4\nTotal,10\n');
    const { table: left, changed } = applyStep(table, { kind: 'dropUnread', time: 'date' });
    expect(rowsOf(left)).toEqual([['2024-01-01', '1'], ['2024-01-03', '3']]);
    expect(changed).toBe(3);
  });
});

describe('cells', () => {
  it('with words become missing, and only then are filled', () => {
    const table = seriesOf([1, 'n/a', 3, 'off', 5]);
    expect(errorOf(() => applyStep(seriesOf([1, '', 'n/a', 3]), { kind: 'fill', columns: ['x'], method: 'forward', time: null }).table).message).toBe('Line 4, column "x": "n/a" is not a number.');
    const { table: filled, changes } = applyRecipe(table, recipe({ kind: 'words', columns: ['x'] }, { kind: 'fill', columns: ['x'], method: 'interpolate', time: 'date' }));
    expect(numbers(filled, 'x')).toEqual([1, 2, 3, 4, 5]);
    expect(changes.map(({ changed }) => changed)).toEqual([2, 2]);
  });

  it.each([
    ['drop', [2, 5]], ['forward', [2, 2, 2, 5, 5]], ['interpolate', [2, 2, 3, 4, 5, 5]],
  ] as const)('that are missing: %s', (method, expected) => {
    expect(numbers(applyStep(seriesOf(['', 2, '', '', 5, '']), { kind: 'fill', columns: ['x'], method, time: 'date' }).table, 'x')).toEqual(expected);
  });

  it('are interpolated along the time, not by row', () => {
    const table = tableOf('date,x\n2024-01-01,0\n2024-01-02,\n2024-01-05,4\n');
    expect(numbers(applyStep(table, { kind: 'fill', columns: ['x'], method: 'interpolate', time: 'date' }).table, 'x')).toEqual([0, 1, 4]);
    expect(numbers(applyStep(table, { kind: 'fill', columns: ['x'], method: 'interpolate', time: null }).table, 'x')).toEqual([0, 2, 4]);
  });

  it('of words are filled forward with the word before', () => {
    const table = tableOf('date,x,w\n2024-01-01,1,a\n2024-01-02,2,\n2024-01-03,3,b\n');
    expect(rowsOf(applyStep(table, { kind: 'fill', columns: ['w'], method: 'forward', time: null }).table).map((row) => row[2])).toEqual(['a', 'a', 'b']);
    expect(errorOf(() => applyStep(table, { kind: 'fill', columns: ['w'], method: 'interpolate', time: null })).code).toBe('recipe.not-numbers');
  });

  it('that are outliers are clipped or blanked by the stated rule', () => {
    const table = seriesOf([1, 2, 3, 100, 2, 1, -999]);
    const range: Step = { kind: 'outliers', columns: ['x'], rule: { by: 'range', min: 0, max: 3 }, action: 'clip' };
    expect(numbers(applyStep(table, range).table, 'x')).toEqual([1, 2, 3, 3, 2, 1, 0]);
    expect(numbers(applyStep(table, { ...range, action: 'blank' }).table, 'x')).toEqual([1, 2, 3, NaN, 2, 1, NaN]);
    expect(numbers(applyStep(table, { ...range, rule: { by: 'equals', values: [-999] }, action: 'blank' }).table, 'x').at(-1)).toBeNaN();
    const spike = seriesOf(Array.from({ length: 60 }, (_, i) => (i === 30 ? 500 : i + (i % 3))));
    const { table: mended, changed } = applyStep(spike, { kind: 'outliers', columns: ['x'], rule: { by: 'neighbours', k: 8, rows: 5 }, action: 'blank' });
    expect(changed).toBe(1);
    expect(numbers(mended, 'x')[30]).toBeNaN();
  });

  it('of a column that is not wanted go with it, but for the last column', () => {
    expect(applyStep(seriesOf([1, 2]), { kind: 'dropColumns', columns: ['x'] }).table.names).toEqual(['date']);
    expect(errorOf(() => applyStep(seriesOf([1, 2]), { kind: 'dropColumns', columns: ['x', 'date'] })).code).toBe('recipe.nothing-left');
  });
});

describe('rows', () => {
  it('are put in where they miss, with the values in between', () => {
    const table = tableOf('date,x,w\n2024-01-01,1,a\n2024-01-02,2,b\n2024-01-05,5,c\n2024-01-06,6,d\n');
    const step: Step = { kind: 'regularise', time: 'date', every: { unit: 'day', n: 1 }, fill: 'interpolate' };
    const { table: whole, changed } = applyStep(table, step);
    expect(changed).toBe(2);
    expect(rowsOf(whole)).toEqual([['2024-01-01', '1', 'a'], ['2024-01-02', '2', 'b'], ['2024-01-03', '3', 'b'], ['2024-01-04', '4', 'b'], ['2024-01-05', '5', 'c'], ['2024-01-06', '6', 'd']]);
    expect(numbers(applyStep(table, { ...step, fill: 'forward' }).table, 'x')).toEqual([1, 2, 2, 2, 5, 6]);
    expect(numbers(applyStep(table, { ...step, fill: 'leave' }).table, 'x')).toEqual([1, 2, NaN, NaN, 5, 6]);
  });

  it('of months go by the calendar, ends of months too', () => {
    const table = tableOf('date,x\n2024-01-31,1\n2024-03-31,3\n2024-04-30,4\n');
    const { table: whole } = applyStep(table, { kind: 'regularise', time: 'date', every: { unit: 'month', n: 1 }, fill: 'interpolate' });
    expect(rowsOf(whole).map(([date]) => date)).toEqual(['2024-01-31', '2024-02-29', '2024-03-31', '2024-04-30']);
  });

  it('of weekdays leave weekends out', () => {
    const table = tableOf('date,x\n2024-01-04,1\n2024-01-05,2\n2024-01-09,4\n');
    const { table: whole } = applyStep(table, { kind: 'regularise', time: 'date', every: { unit: 'weekday', n: 1 }, fill: 'forward' });
    expect(rowsOf(whole).map(([date]) => date)).toEqual(['2024-01-04', '2024-01-05', '2024-01-08', '2024-01-09']);
  });

  it('are not put in by the thousand million', () => {
    const table = tableOf('date,x\n1900-01-01 00:00:00,1\n2024-01-01 00:00:00,2\n');
    expect(errorOf(() => applyStep(table, { kind: 'regularise', time: 'date', every: { unit: 'second', n: 1 }, fill: 'leave' })).code).toBe('recipe.too-many-rows');
  });

  it.each([
    ['mean', [2, 5]], ['sum', [4, 5]], ['min', [1, 5]], ['max', [3, 5]], ['first', [1, 5]], ['last', [3, 5]], ['median', [2, 5]],
  ] as const)('are resampled by their %s, missing ones left out', (aggregate, expected) => {
    const table = tableOf('date,x\n2024-01-30,1\n2024-01-31,3\n2024-02-01,\n2024-02-03,5\n');
    const { table: monthly } = applyStep(table, { kind: 'resample', time: 'date', unit: 'month', n: 1, aggregate, per: {}, partial: 'keep' });
    expect(numbers(monthly, 'x')).toEqual(expected);
    expect(rowsOf(monthly).map(([date]) => date)).toEqual(['2024-01-01', '2024-02-01']);
  });

  it.each([
    ['second', 2, '2024-05-15 13:47:58'], ['minute', 5, '2024-05-15 13:45:00'], ['hour', 1, '2024-05-15 13:00:00'], ['day', 1, '2024-05-15'],
    ['week', 1, '2024-05-13'], ['month', 1, '2024-05-01'], ['quarter', 1, '2024-04-01'], ['year', 1, '2024-01-01'],
  ] as const)('lie in their %s', (unit, n, start) => {
    const table = tableOf('time,x\n2024-05-15 13:47:59,1\n2025-05-15 13:47:59,2\n');
    const { table: made } = applyStep(table, { kind: 'resample', time: 'time', unit, n, aggregate: 'mean', per: {}, partial: 'keep' });
    expect(rowsOf(made)[0]![0]).toContain(start);
  });

  it('leave out a first and a last stretch that the data does not fill, where that is asked for', () => {
    const table = tableOf(`date,x\n${days(80)}`);
    const step: Step = { kind: 'resample', time: 'date', unit: 'month', n: 1, aggregate: 'sum', per: {}, partial: 'drop' };
    expect(rowsOf(applyStep(table, step).table).map(([date]) => date)).toEqual(['2024-01-01', '2024-02-01']);
    expect(applyStep(table, { ...step, partial: 'keep' }).table.rows).toBe(3);
  });

  it('name line and column where they cannot be resampled', () => {
    const unsorted = tableOf('date,x\n2024-01-02,1\n2024-01-01,2\n');
    expect(errorOf(() => applyRecipe(unsorted, recipe({ kind: 'resample', time: 'date', unit: 'day', n: 1, aggregate: 'mean', per: {}, partial: 'keep' })))).toMatchObject({
      code: 'recipe.unsorted', message: 'Step 1 (resample): Line 3, column "date": the time goes back.', details: { line: 3, column: 'date', step: 1 },
    });
  });
});

describe('transforms', () => {
  it('refuse a logarithm of what has none, with line and column', () => {
    const table = seriesOf([1, 0, 2]);
    expect(errorOf(() => applyStep(table, { kind: 'logarithm', columns: ['x'], of: 'log' }))).toMatchObject({ code: 'recipe.log', message: 'Line 3, column "x": 0 has no logarithm: it must be above 0.' });
    expect(numbers(applyStep(table, { kind: 'logarithm', columns: ['x'], of: 'log1p' }).table, 'x')).toEqual([1, 0, 2].map(Math.log1p));
  });

  it('over a window take what there is at the beginning, and missing values not at all', () => {
    const table = seriesOf([1, 3, '', 5, 9]);
    const step: Step = { kind: 'window', column: 'x', rows: 2, statistic: 'mean', into: 'x mean' };
    expect(numbers(applyStep(table, step).table, 'x mean')).toEqual([1, 2, 3, 5, 7]);
    expect(numbers(applyStep(table, { ...step, statistic: 'max', into: 'x' }).table, 'x')).toEqual([1, 3, 3, 5, 9]);
    expect(numbers(applyStep(table, { ...step, statistic: 'std' }).table, 'x mean')).toEqual([0, 1, 0, 0, 2]);
    expect(errorOf(() => applyStep(table, { ...step, into: 'date' })).code).toBe('recipe.name-taken');
  });
});

const value = fc.double({ min: -1e6, max: 1e6, noNaN: true });
const positive = fc.double({ min: 1e-3, max: 1e6, noNaN: true });

describe('properties', () => {
  it('a recipe replayed makes the same table', () => {
    fc.assert(fc.property(fc.array(fc.oneof(value, fc.constant('')), { minLength: 8, maxLength: 60 }), fc.integer({ min: 1, max: 3 }), (values, lag) => {
      fc.pre(values.some((each) => each !== ''));
      const steps = recipe({ kind: 'fill', columns: ['x'], method: 'interpolate', time: 'date' }, { kind: 'window', column: 'x', rows: 3, statistic: 'std', into: 's' }, { kind: 'difference', columns: ['x'], lag });
      const table = seriesOf(values);
      expect(rowsOf(applyRecipe(table, steps).table)).toEqual(rowsOf(applyRecipe(seriesOf(values), recipeSchema.parse(JSON.parse(JSON.stringify(steps)))).table));
      expect(rowsOf(table)).toEqual(rowsOf(seriesOf(values)));
    }), { numRuns: 100 });
  });

  it('no transform and no forward fill looks into the future', () => {
    const steps: Step[] = [
      { kind: 'window', column: 'x', rows: 4, statistic: 'mean', into: 'x' }, { kind: 'window', column: 'x', rows: 4, statistic: 'std', into: 'x' },
      { kind: 'window', column: 'x', rows: 4, statistic: 'min', into: 'x' }, { kind: 'window', column: 'x', rows: 4, statistic: 'max', into: 'x' },
      { kind: 'difference', columns: ['x'], lag: 2 }, { kind: 'logarithm', columns: ['x'], of: 'log' }, { kind: 'fill', columns: ['x'], method: 'forward', time: null },
    ];
    fc.assert(fc.property(fc.array(positive, { minLength: 6, maxLength: 40 }), fc.array(positive, { minLength: 1, maxLength: 10 }), fc.constantFrom(...steps), (past, future, step) => {
      const alone = numbers(applyStep(seriesOf(past), step).table, 'x');
      expect(numbers(applyStep(seriesOf([...past, ...future]), step).table, 'x').slice(0, alone.length)).toEqual(alone);
    }), { numRuns: 200 });
  });

  it('differences and logarithms lead back to the file', () => {
    const orders: Step[][] = [
      [{ kind: 'difference', columns: ['x'], lag: 1 }], [{ kind: 'difference', columns: ['x'], lag: 3 }], [{ kind: 'logarithm', columns: ['x'], of: 'log' }],
      [{ kind: 'logarithm', columns: ['x'], of: 'log1p' }, { kind: 'difference', columns: ['x'], lag: 2 }],
      [{ kind: 'difference', columns: ['x'], lag: 1 }, { kind: 'difference', columns: ['x'], lag: 2 }],
    ];
    fc.assert(fc.property(fc.array(positive, { minLength: 10, maxLength: 30 }), fc.constantFrom(...orders), fc.integer({ min: 0, max: 4 }), (values, steps, first) => {
      const table = seriesOf(values);
      const made = applyRecipe(table, recipe(...steps)).table;
      const inverse = inverseOf(table, recipe(...steps), 'x');
      if (inverse === null || !inverse.ok) throw new Error('There is a way back.');
      const back = invertPath(inverse, first, numbers(made, 'x').slice(first, first + 3));
      const dropped = values.length - made.rows;
      expect([...inverse.truth]).toEqual(values.slice(dropped));
      back.forEach((each, h) => expect(Math.abs(each - values[dropped + first + h]!)).toBeLessThan(1e-6 * Math.max(1, ...values)));
    }), { numRuns: 200 });
  });

  it('there is no way back where rows change after a difference, and none is needed without one', () => {
    const table = seriesOf([1, 2, 4, 8, 16, 32]);
    const sum: Step = { kind: 'resample', time: 'date', unit: 'week', n: 1, aggregate: 'sum', per: {}, partial: 'keep' };
    expect(inverseOf(table, recipe(sum), 'x')).toBeNull();
    expect(inverseOf(table, recipe({ kind: 'difference', columns: ['x'], lag: 1 }, { kind: 'words', columns: ['x'] }, sum), 'x')).toEqual({ ok: false, step: 3 });
  });
});
