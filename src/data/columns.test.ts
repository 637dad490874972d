import { describe, expect, it } from 'vitest';
import { columnSeries, describeTable, seriesTable } from './index.ts';
import { isMissing, parseNumber } from './numbers.ts';
import { columnOf, days, errorOf, factsOf, tableOf } from './testing.ts';
import { rolesOf } from '../shared/roles.ts';

describe('numbers', () => {
  it.each<[cell: string, decimal: '.' | ',', value: number]>([
    ['1', '.', 1], ['-1', '.', -1], ['+1.5', '.', 1.5], ['.5', '.', 0.5], ['5.', '.', 5], [' 7 ', '.', 7], ['1e3', '.', 1000], ['-2.5E-3', '.', -0.0025],
    ['\u22121.5', '.', -1.5], ['007', '.', 7], ['1234.5', '.', 1234.5], ['1,234.5', '.', 1234.5], ['1,234,567', '.', 1_234_567], ['0.1', '.', 0.1],
    ['1 234', '.', 1234], ["1'234'567.5", '.', 1_234_567.5], ['1 234,5', ',', 1234.5], ['1\u00a0234,5', ',', 1234.5], ['-1\u202f234\u202f567,5', ',', -1_234_567.5],
    ['1,5', ',', 1.5], ['-1,5e2', ',', -150], ['1.234,5', ',', 1234.5], ['1.234.567', ',', 1_234_567], [',5', ',', 0.5], ['12', ',', 12],
    ['1e400', '.', Infinity], ['-1e400', '.', -Infinity], ['1e-400', '.', 0], ['-0', '.', -0],
  ])('%s with decimal %s', (cell, decimal, value) => {
    expect(parseNumber(cell, decimal)).toBe(value);
  });

  it.each(['', ' ', '.', '-', '+', 'e5', '1e', '1 2', '1 23', '1 2345', '0x10', '0b1', '1_000', '5%', '$5', '5 €', '1,23', '12,34,567', '1,2345', '1234,567', ',123', '1.2.3', '1,5', '--1', 'NaN', 'Infinity', '∞', '½', '一', '1n', '2024-01-01', "1'00"])('"%s" is none with a decimal point', (cell) => {
    expect(parseNumber(cell, '.')).toBeNaN();
  });

  it.each(['1.5', '1.2345', '12.34,5', '1,2,3', '1.234.56'])('"%s" is none with a decimal comma', (cell) => {
    expect(parseNumber(cell, ',')).toBeNaN();
  });

  it('an empty cell is missing, a word is not', () => {
    expect(['', '  ', '\t', 'n/a', '-', 'NULL'].map(isMissing)).toEqual([true, true, true, false, false, false]);
  });
});

describe('a column', () => {
  it('of numbers has its summary', () => {
    expect(columnOf('a\n1\n-3\n8\n', 'a')).toEqual({
      name: 'a', type: 'number', missing: 0, min: -3, max: 8, mean: 2, sparkline: [1, -3, 8], numberProblem: null, categories: null, encoding: null, timeProblem: expect.objectContaining({ code: 'data.time-order' }),
    });
  });

  it('has at most 120 points in its sparkline, the first and the last among them', () => {
    const { sparkline } = columnOf(`a\n${Array.from({ length: 1000 }, (_, i) => i).join('\n')}`, 'a');
    expect(sparkline).toHaveLength(120);
    expect([sparkline[0], sparkline.at(-1)]).toEqual([0, 999]);
  });

  it('has a mean also where the sum of its values is too large for float64', () => {
    expect(columnOf('a\n1.5e308\n1.7e308\n', 'a')).toMatchObject({ min: 1.5e308, max: 1.7e308, mean: 1.6e308 });
  });

  const good = days(60);
  it.each<[what: string, text: string, type: string, message: string, details: object]>([
    ['with a word', `Date,Rate\n${good.replace('2024-01-13,4', '2024-01-13,n/a')}`, 'number', 'Line 14, column "Rate": "n/a" is not a number.', { line: 14, column: 'Rate', cell: 'n/a', more: 0 }],
    ['with three words', 'Rate\n1\nx\n2\ny\n3\nz\n', 'number', 'Line 3, column "Rate": "x" is not a number (and 2 more such cells).', { line: 3, more: 2 }],
    ['with two words', 'Rate\n1\nx\n2\ny\n3\n', 'number', 'Line 3, column "Rate": "x" is not a number (and 1 more such cell).', { line: 3, more: 1 }],
    ['with an empty cell', `Date,Rate\n${good.replace('2024-02-25,0', '2024-02-25,')}`, 'number', 'Line 57, column "Rate" is empty.', { line: 57, column: 'Rate', more: 0 }],
    ['with a word after an empty cell', 'a,Rate\n1,\n2,1\n3,x\n4,2\n', 'number', 'Line 4, column "Rate": "x" is not a number.', { line: 4 }],
    ['with nothing', 'a,Rate\n1,\n2,\n', 'empty', 'Column "Rate" is empty.', { column: 'Rate' }],
    ['with text', 'Rate\nred\ngreen\n', 'text', 'Column "Rate" holds text, not numbers (line 2: "red").', { line: 2, cell: 'red' }],
    ['with NaN alone', 'a,Rate\n1,NaN\n2,-inf\n', 'text', 'Column "Rate" holds no number (line 2: "NaN").', { line: 2 }],
    ['with one NaN', 'Rate\n1\nNaN\n2\n', 'number', 'Line 3, column "Rate": "NaN" is not a number.', { line: 3 }],
    ['with a number that is too large', 'Rate\n1\n1e400\n2\n', 'number', 'Line 3, column "Rate": "1e400" is too large for a number.', { line: 3, cell: '1e400' }],
    ['with percent signs', 'a,Rate\n1,5%\n2,6%\n', 'text', 'Column "Rate" holds text, not numbers (line 2: "5%").', { line: 2 }],
    ['with a page in a cell', `Rate\n1\n"${'long words\n'.repeat(100)}"\n2\n`, 'number', 'Line 3, column "Rate": "long words long words long words long w…" is not a number.', { line: 3 }],
    ['with an empty line in quotes', 'Rate\n1\n""\n2\n', 'number', 'Line 3, column "Rate" is empty.', { line: 3 }],
  ])('%s says what is wrong', (_what, text, type, message, details) => {
    const column = columnOf(text, 'Rate');
    expect(column.type).toBe(type);
    expect(column.numberProblem).toMatchObject({ message, fault: 'input', field: 'Rate', details });
    expect(column.numberProblem!.hint).toMatch(/\.$/);
    expect(errorOf(() => seriesTable(tableOf(text), rolesOf(null, 'Rate')))).toEqual(column.numberProblem);
  });
});

describe('a series', () => {
  const table = tableOf('Date,a,b\n2024-01-01,1,2\n2024-01-02,3,4\n');

  it('has each column once, in float64, over the time', () => {
    const series = seriesTable(table, { ...rolesOf('Date', 'b'), inputs: ['a', 'b'] });
    expect(series).toEqual({
      rows: 2, time: { kind: 'date', name: 'Date', values: Float64Array.of(Date.UTC(2024, 0, 1), Date.UTC(2024, 0, 2)) },
      columns: [{ name: 'b', values: Float64Array.of(2, 4) }, { name: 'a', values: Float64Array.of(1, 3) }],
    });
  });

  it('without a time goes by the row number', () => {
    expect(seriesTable(table, rolesOf(null, 'a')).time).toEqual({ kind: 'row', name: '', values: Float64Array.of(0, 1) });
  });

  it('of a column that is not there, or of a time that is none, says so', () => {
    expect(errorOf(() => seriesTable(table, rolesOf(null, 'c')))).toMatchObject({ code: 'data.unknown-column', message: '"rates.csv" has no column "c".', hint: 'It has: Date, a, b.' });
    expect(errorOf(() => seriesTable(tableOf('a,b\nx,1\ny,2\n'), rolesOf('a', 'b'))).code).toBe('data.not-time');
  });

  it('for the chart has gaps where a cell is no number, and the row number where there is no time', () => {
    const broken = tableOf('Date,a\nx,1\ny,n/a\nz,3\n');
    expect(columnSeries(broken, 'a', 'Date')).toEqual({ kind: 'row', time: Float64Array.of(0, 1, 2), values: Float64Array.of(1, Number.NaN, 3) });
    expect(columnSeries(table, 'a', 'Date').kind).toBe('date');
  });
});

describe('proposed roles', () => {
  const monthly = Array.from({ length: 24 }, (_, i) => `${2020 + Math.floor(i / 12)}-${String((i % 12) + 1).padStart(2, '0')}`);
  const over = (header: string, cells: (i: number) => string) => `${header}\n${monthly.map((_, i) => cells(i)).join('\n')}\n`;
  const wave = (i: number) => ((i * 7) % 11) - 3;

  it.each<[what: string, text: string, time: string | null, target: string]>([
    ['dates and numbers', over('Date,Rate', (i) => `${monthly[i]},${wave(i)}`), 'Date', 'Rate'],
    ['the last of several', over('Date,Open,Close', (i) => `${monthly[i]},${wave(i)},${wave(i + 1)}`), 'Date', 'Close'],
    ['not a text after it', over('Date,Rate,Note', (i) => `${monthly[i]},${wave(i)},x`), 'Date', 'Rate'],
    ['not a broken one after it', over('Date,Rate,Other', (i) => `${monthly[i]},${wave(i)},${i === 3 ? 'n/a' : i * i}`), 'Date', 'Rate'],
    ['dates in any place', over('Rate,When', (i) => `${wave(i)},${monthly[i]}`), 'When', 'Rate'],
    ['a year', over('Year,Value', (i) => `${1950 + i},${wave(i)}`), 'Year', 'Value'],
    ['a year after the value', over('Value,Year', (i) => `${wave(i)},${1950 + i}`), 'Year', 'Value'],
    ['a counter by name', over('t,x', (i) => `${i},${wave(i)}`), 't', 'x'],
    ['an index of pandas', over(',Date,x', (i) => `${i},${monthly[i]},${wave(i)}`), 'Date', 'x'],
    ['an unnamed index of pandas', over('Unnamed: 0,x', (i) => `${i},${wave(i)}`), 'Unnamed: 0', 'x'],
    ['a counter that is not called so', over('x,k', (i) => `${wave(i)},${i}`), null, 'x'],
    ['a year that repeats beside a value', over('x,Year', (i) => `${wave(i)},${1950 + (i >> 1)}`), null, 'x'],
    ['numbers alone', over('x', (i) => String(wave(i))), null, 'x'],
    ['numbers without a header', over('1', (i) => String(wave(i))), null, 'Column 1'],
    ['a stock index', over('Date,Index', (i) => `${monthly[i]},${wave(i)}`), 'Date', 'Index'],
    ['times that go up, alone', over('time', (i) => String(i * 1.5)), null, 'time'],
    ['a measurement with "time" inside a word', over('sometimes,x', (i) => `${i * i},${wave(i)}`), null, 'x'],
    ['a time by a word of its name', over('open_time,x', (i) => `${i * 60_000},${wave(i)}`), 'open_time', 'x'],
    ['dates out of order', over('Date,Rate', (i) => `${monthly[23 - i]},${wave(i)}`), null, 'Rate'],
  ])('%s', (_what, text, time, target) => {
    const { roles, problem } = factsOf(text);
    expect(roles).toEqual(rolesOf(time, target));
    expect(problem).toBeNull();
  });

  it.each<[what: string, text: string, code: string, message: RegExp]>([
    ['one column of text', 'Name\nabc\ndef\n', 'data.no-numeric-column', /^"rates\.csv" has no column of numbers to predict\.$/],
    ['dates alone', 'Date\n2024-01\n2024-02\n', 'data.no-numeric-column', /beside the time\.$/],
    ['a broken column alone', 'Date,Rate\n2024-01,1\n2024-02,n/a\n2024-03,2\n', 'data.word', /^Line 3, column "Rate": "n\/a" is not a number\.$/],
    ['empty columns', 'a,b\n,\n,\n', 'data.no-numeric-column', /to predict\.$/],
  ])('there are none for %s', (_what, text, code, message) => {
    const { roles, problem } = factsOf(text);
    expect(roles).toBeNull();
    expect(problem).toMatchObject({ code, message: expect.stringMatching(message), fault: 'input' });
  });

  it('say the time between two rows', () => {
    expect(factsOf(`Date,Rate\n${days(10)}`).secondsPerRow).toBe(86_400);
    expect(factsOf('x\n1\n3\n2\n').secondsPerRow).toBeNull();
  });

  it('also for a table of one row', () => {
    expect(describeTable(tableOf('Date,Rate\n2024-01-01,5\n'))).toMatchObject({ rows: 1, roles: { time: 'Date', targets: ['Rate'] }, secondsPerRow: null });
  });
});
