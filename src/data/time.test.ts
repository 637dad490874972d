import { describe, expect, it } from 'vitest';
import { secondsPerRow } from './index.ts';
import { readTimeColumn } from './time-column.ts';
import { columnOf, tableOf } from './testing.ts';

const column = (...cells: string[]) => readTimeColumn(tableOf(`Date;x\n${cells.map((cell) => `${cell};1`).join('\n')}\n`), 0);
const utc = (...parts: [number, number, number?, number?, number?, number?]) => Date.UTC(...parts);

describe('a time', () => {
  it.each<[cells: string[], values: number[]]>([
    [['2024-01-31', '2024-02-01'], [utc(2024, 0, 31), utc(2024, 1, 1)]],
    [['2024/1/31', '2024/2/1'], [utc(2024, 0, 31), utc(2024, 1, 1)]],
    [['2024.01.31', '2024.02.01'], [utc(2024, 0, 31), utc(2024, 1, 1)]],
    [['1949-01', '1949-12'], [utc(1949, 0), utc(1949, 11)]],
    [['1949/01', '1949/12'], [utc(1949, 0), utc(1949, 11)]],
    [['1900', '1901'], [utc(1900, 0), utc(1901, 0)]],
    [['2024-01-31T10:20', '2024-01-31 10:20:30'], [utc(2024, 0, 31, 10, 20), utc(2024, 0, 31, 10, 20, 30)]],
    [['2024-01-31 10:20:30.5', '2024-01-31 10:20:30.5001'], [utc(2024, 0, 31, 10, 20, 30) + 500, utc(2024, 0, 31, 10, 20, 30) + 500.1]],
    [['2024-01-31', '2024-01-31 06:00'], [utc(2024, 0, 31), utc(2024, 0, 31, 6)]],
    [['2024-01-31T10:20:30Z', '2024-01-31T10:20:30-01:30'], [utc(2024, 0, 31, 10, 20, 30), utc(2024, 0, 31, 11, 50, 30)]],
    [['2024-10-27T02:30:00+0200', '2024-10-27T02:30:00+0100'], [utc(2024, 9, 27, 0, 30), utc(2024, 9, 27, 1, 30)]],
    [['31.01.2024', '01.02.2024'], [utc(2024, 0, 31), utc(2024, 1, 1)]],
    [['01.02.2024', '02.02.2024'], [utc(2024, 1, 1), utc(2024, 1, 2)]],
    [['01/02/2024', '13/02/2024'], [utc(2024, 1, 1), utc(2024, 1, 13)]],
    [['01/02/2024', '01/13/2024'], [utc(2024, 0, 2), utc(2024, 0, 13)]],
    [['1/2/2024 10:00', '1/13/2024 10:00'], [utc(2024, 0, 2, 10), utc(2024, 0, 13, 10)]],
    [['2024-02-29', '2024-03-01'], [utc(2024, 1, 29), utc(2024, 2, 1)]],
    [['0099-01-01', '0100-01-01'], [new Date('0099-01-01T00:00:00Z').getTime(), new Date('0100-01-01T00:00:00Z').getTime()]],
    [['1', '2.5', '1e3'], [1, 2.5, 1000]],
    [['-1', '0', '1'], [-1, 0, 1]],
    [['999', '1000'], [999, 1000]],
    [['1700000000', '1700000060'], [1_700_000_000_000, 1_700_000_060_000]],
  ])('%j', (cells, values) => {
    const read = column(...cells);
    expect(read.ok ? [...read.values] : read.problem.data).toEqual(values);
  });

  it('is a date, or a plain number', () => {
    const kind = (...cells: string[]) => { const read = column(...cells); return read.ok && read.kind; };
    expect([kind('2024-01', '2024-02'), kind('1990', '1991'), kind('1', '2'), kind('1990', '1991.5')]).toEqual(['date', 'date', 'number', 'number']);
  });

  it('may be a number with a decimal comma', () => {
    const read = readTimeColumn(tableOf('t;x\n0,5;1,5\n1,5;2,5\n'), 0);
    expect(read.ok && [...read.values]).toEqual([0.5, 1.5]);
  });

  it.each<[cells: string[], code: string, message: string]>([
    [['2024-02-29', '2024-02-30'], 'data.no-such-date', 'Line 3, column "Date": there is no date "2024-02-30".'],
    [['2023-02-28', '2023-02-29'], 'data.no-such-date', 'Line 3, column "Date": there is no date "2023-02-29".'],
    [['2024-01-01', '2024-13-01'], 'data.no-such-date', 'Line 3, column "Date": there is no date "2024-13-01".'],
    [['2024-00-01'], 'data.no-such-date', 'Line 2, column "Date": there is no date "2024-00-01".'],
    [['2024-01-01 24:00'], 'data.no-such-date', 'Line 2, column "Date": there is no date "2024-01-01 24:00".'],
    [['2024-01-01T00:00:00+15:00'], 'data.no-such-date', 'Line 2, column "Date": there is no date "2024-01-01T00:00:00+15:00".'],
    [['31.04.2024'], 'data.no-such-date', 'Line 2, column "Date": there is no date "31.04.2024".'],
    [['2024-13'], 'data.no-such-date', 'Line 2, column "Date": there is no date "2024-13".'],
    [['2024-01-02', '2024-01-01'], 'data.time-order', 'Line 3, column "Date": "2024-01-01" does not come after "2024-01-02" in the row before.'],
    [['2024-01-01', '2024-01-01'], 'data.time-order', 'Line 3, column "Date": "2024-01-01" does not come after "2024-01-01" in the row before.'],
    [['1', '3', '2'], 'data.time-order', 'Line 4, column "Date": "2" does not come after "3" in the row before.'],
    [['01/02/2024', '02/02/2024'], 'data.ambiguous-time', 'Line 2, column "Date": "01/02/2024" can be day/month/year or month/day/year, and no row decides it.'],
    [['13/02/2024', '02/13/2024'], 'data.mixed-time', 'Line 3, column "Date": "02/13/2024" is written in another way than the times above it.'],
    [['2024-01-01', '02.01.2024'], 'data.mixed-time', 'Line 3, column "Date": "02.01.2024" is written in another way than the times above it.'],
    [['2024-01-01', '45293'], 'data.mixed-time', 'Line 3, column "Date": "45293" is written in another way than the times above it.'],
    [['2024-01-01T00:00Z', '2024-01-01T01:00'], 'data.mixed-time', 'Line 3, column "Date": "2024-01-01T01:00" is written in another way than the times above it.'],
    [['2024-01-01', ''], 'data.missing-time', 'Line 3, column "Date": the time is empty.'],
    [['', '2024-01-01'], 'data.missing-time', 'Line 2, column "Date": the time is empty.'],
    [['2024-01-01', 'soon'], 'data.not-time', 'Line 3, column "Date": "soon" is not a time.'],
    [['2024-01-01', '1e400'], 'data.not-time', 'Line 3, column "Date": "1e400" is not a time.'],
    [['01-02/2024'], 'data.not-time', 'Line 2, column "Date": "01-02/2024" is not a time.'],
    [['24-01-01'], 'data.not-time', 'Line 2, column "Date": "24-01-01" is not a time.'],
  ])('%j is refused', (cells, code, message) => {
    const read = column(...cells);
    expect(read.ok ? null : read.problem.data).toMatchObject({ code, message, fault: 'input', field: 'Date', details: { column: 'Date' } });
  });

  it('is the type of a column of dates, also of broken ones', () => {
    const text = 'Date,x\n2024-01-01,1\n2024-02-30,2\n2024-03-01,3\n';
    expect(columnOf(text, 'Date')).toMatchObject({ type: 'time', timeProblem: { code: 'data.no-such-date', details: { line: 3 } } });
  });
});

describe('seconds per row', () => {
  it('is the median gap of dates, and null for anything else', () => {
    const table = tableOf('Date,n,x\n2024-01-01,1,5\n2024-02-01,2,5\n2024-03-01,3,5\n2024-04-01,4,5\n');
    expect(secondsPerRow(table, 'Date')).toBe(31 * 86_400);
    expect([secondsPerRow(table, 'n'), secondsPerRow(table, 'x'), secondsPerRow(table, null)]).toEqual([null, null, null]);
  });
});
