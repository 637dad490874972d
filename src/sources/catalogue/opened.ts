import type { Dialect } from '../../shared/dataset.ts';
import { bytes, daily, gzip, latin1, utf16, utf8, workbook } from './make.ts';

/** An odd file that opens all the same: what comes of it, and the very sentences at the columns that cannot be used. */
export interface Odd {
  name: string;
  content: () => Uint8Array;
  names: string[];
  rows: number;
  dialect?: Partial<Dialect>;
  /** First row as it stands. */
  first?: string[];
  /** First values of a column read as numbers. */
  values?: Record<string, number[]>;
  /** First values of a column read as time, ISO 8601. */
  times?: Record<string, string[]>;
  /** What a column says that cannot be taken for numbers or for the time. */
  numberSays?: Record<string, string>;
  timeSays?: Record<string, string>;
  /** Why there is nothing to predict. */
  problem?: string;
  /** What the data doctor says, by the code of the finding. */
  finds?: Record<string, string>;
}

const odd = (name: string, content: string | Uint8Array | (() => Uint8Array | string), expected: Omit<Odd, 'name' | 'content'>): Odd => ({
  name, ...expected, content: () => { const made = typeof content === 'function' ? content() : content; return typeof made === 'string' ? utf8(made) : made; },
});

const years = (from: number, values: string[]) => values.map((value, i) => `${from + i},${value}`).join('\n');

export const opened: readonly Odd[] = [
  odd('mixed-line-ends.csv', 'Year,Rate\r\n1990,1\n1991,2\r1992,3', { names: ['Year', 'Rate'], rows: 3, values: { Rate: [1, 2, 3] } }),
  odd('semicolon-comma.csv', 'Datum;Wert\n01.02.2024;1.234,5\n02.02.2024;-2,25\n', { names: ['Datum', 'Wert'], rows: 2, dialect: { delimiter: ';', decimal: ',' }, values: { Wert: [1234.5, -2.25] }, times: { Datum: ['2024-02-01', '2024-02-02'] } }),
  odd('tab-point.tsv', 't\tv\n1\t1.5\n2\t2.5\n', { names: ['t', 'v'], rows: 2, dialect: { delimiter: '\t' } }),
  odd('pipe.txt', 't|v\n1|1.5\n2|2.5\n', { names: ['t', 'v'], rows: 2, dialect: { delimiter: '|' } }),
  odd('quoted-line-ends.csv', 'Note,Rate\n"two\nlines, a ""quote""",1\nplain,2\n', { names: ['Note', 'Rate'], rows: 2, first: ['two\nlines, a "quote"', '1'], numberSays: { Note: 'Column "Note" holds text, not numbers (line 2: "two lines, a "quote"").' } }),
  odd('quoted-decimal-comma.csv', 'Date,Rate\n2024-01-01,"1,5"\n2024-01-02,"2,25"\n', { names: ['Date', 'Rate'], rows: 2, dialect: { decimal: ',' }, values: { Rate: [1.5, 2.25] } }),
  odd('thousands.csv', 'Year;Value\n1990;1 234,5\n1991;12 345 678,25\n', { names: ['Year', 'Value'], rows: 2, values: { Value: [1234.5, 12_345_678.25] } }),
  odd('apostrophes.csv', "Year;Value\n1990;1'234.5\n1991;2'345.5\n", { names: ['Year', 'Value'], rows: 2, values: { Value: [1234.5, 2345.5] } }),
  odd('excel-names-it.csv', 'sep=;\r\na;b\r\n1;2\r\n', { names: ['a', 'b'], rows: 1, dialect: { delimiter: ';' } }),
  odd('title-lines.csv', `Rates of the bank\nAs of today\n\n${daily(5)}`, { names: ['Date', 'Value'], rows: 5, dialect: { skippedLines: 2 }, times: { Date: ['2024-01-01'] } }),
  odd('comment-lines.csv', `# made by a logger, version 2\n# unit: degrees\n${daily(5)}`, { names: ['Date', 'Value'], rows: 5, dialect: { skippedLines: 2 } }),
  odd('commented-header.csv', '# t,value\n1,5\n2,6\n3,7\n', { names: ['t', 'value'], rows: 3, values: { value: [5, 6, 7] } }),
  odd('padded-title.csv', 'Report,,\n,,\nDate,A,B\n2024-01-01,1,2\n2024-01-02,3,4\n', { names: ['Date', 'A', 'B'], rows: 2, dialect: { skippedLines: 2 } }),
  odd('no-header.csv', '2024-01-01,1.5\n2024-01-02,2.5\n', { names: ['Column 1', 'Column 2'], rows: 2, dialect: { header: false } }),
  odd('no-last-line-end.csv', 'a,b\n1,2\n3,4', { names: ['a', 'b'], rows: 2 }),
  odd('delimiter-at-ends.csv', 'a,b,\n1,2,\n3,4,\n', { names: ['a', 'b', 'Column 3'], rows: 2, numberSays: { 'Column 3': 'Column "Column 3" is empty.' } }),
  odd('marked.csv', bytes([0xef, 0xbb, 0xbf], '"Date",Value\n2024-01-01,1\n'), { names: ['Date', 'Value'], rows: 1, dialect: { encoding: 'utf-8' } }),
  odd('utf16le.csv', () => utf16('日期;值\n2024-01-01;1,5\n', 'le'), { names: ['日期', '值'], rows: 1, dialect: { encoding: 'utf-16le' } }),
  odd('utf16be-unmarked.csv', () => utf16(daily(5), 'be', false), { names: ['Date', 'Value'], rows: 5, dialect: { encoding: 'utf-16be' } }),
  odd('latin1.csv', latin1('Monat;Größe\n2024-01;1,5\n2024-02;2,5\n'), { names: ['Monat', 'Größe'], rows: 2, dialect: { encoding: 'windows-1252' } }),
  odd('windows1252.csv', bytes('Date;Price ', [0x80], '\n2024-01-01;5\n'), { names: ['Date', 'Price €'], rows: 1, dialect: { encoding: 'windows-1252' } }),
  odd('gb18030.csv', bytes([0xc8, 0xd5, 0xc6, 0xda], ',', [0xc0, 0xfb, 0xc2, 0xca], '\n2015', [0xc4, 0xea], '01', [0xd4, 0xc2], '01', [0xc8, 0xd5], ',2.5\n2015', [0xc4, 0xea], '01', [0xd4, 0xc2], '02', [0xc8, 0xd5], ',2.6\n'), {
    names: ['日期', '利率'], rows: 2, dialect: { encoding: 'gb18030' }, times: { 日期: ['2015-01-01', '2015-01-02'] }, values: { 利率: [2.5, 2.6] },
  }),
  odd('chinese-times.csv', '时间,值\n2015年1月1日 上午9:05,1\n2015年1月1日 下午3:30,2\n2015年1月2日 08时,3\n', { names: ['时间', '值'], rows: 3, times: { 时间: ['2015-01-01T09:05', '2015-01-01T15:30', '2015-01-02T08:00'] } }),
  odd('month-names.csv', 'Month,Value\nJan 2020,1\nFeb 2020,2\nMarch 2020,3\n', { names: ['Month', 'Value'], rows: 3, times: { Month: ['2020-01-01', '2020-02-01', '2020-03-01'] } }),
  odd('american.csv', 'When;Value\nMarch 3, 2020;1\nApril 13, 2020;2\n', { names: ['When', 'Value'], rows: 2, times: { When: ['2020-03-03', '2020-04-13'] } }),
  odd('am-pm.csv', 'When,Value\n1/13/2024 1:05 PM,1\n1/13/2024 11:59 PM,2\n1/14/2024 12:00 AM,3\n', { names: ['When', 'Value'], rows: 3, times: { When: ['2024-01-13T13:05', '2024-01-13T23:59', '2024-01-14'] } }),
  odd('compact.csv', 'Date,Value\n20240131,1\n20240201,2\n', { names: ['Date', 'Value'], rows: 2, times: { Date: ['2024-01-31', '2024-02-01'] } }),
  odd('quarters.csv', 'Quarter,Value\n2023Q4,1\n2024Q1,2\n', { names: ['Quarter', 'Value'], rows: 2, times: { Quarter: ['2023-10-01', '2024-01-01'] } }),
  odd('iso-weeks.csv', 'Week,Value\n2020-W53,1\n2021-W01,2\n', { names: ['Week', 'Value'], rows: 2, times: { Week: ['2020-12-28', '2021-01-04'] } }),
  odd('zones.csv', 'At,Value\n2024-03-31T00:30:00+01:00,1\n2024-03-31T00:30:00Z,2\n2024-03-31 03:30:00+02,3\n', { names: ['At', 'Value'], rows: 3, times: { At: ['2024-03-30T23:30', '2024-03-31T00:30', '2024-03-31T01:30'] } }),
  odd('year-zero.csv', 'Date,Value\n0000-01-01,1\n0001-01-01,2\n', { names: ['Date', 'Value'], rows: 2, times: { Date: ['0000-01-01', '0001-01-01'] } }),
  odd('year-99999.csv', 'Date,Value\n9999-12-31,1\n99999-01-01,2\n', { names: ['Date', 'Value'], rows: 2, timeSays: { Date: 'Line 3, column "Date": "99999-01-01" is not a time.' } }),
  odd('no-such-day.csv', 'Date,Value\n2024-02-29,1\n2024-02-30,2\n', { names: ['Date', 'Value'], rows: 2, timeSays: { Date: 'Line 3, column "Date": there is no date "2024-02-30".' }, finds: { unreadTimes: '1 time of column "Date" cannot be read (line 3).' } }),
  odd('ambiguous-days.csv', 'Date,Value\n01/02/2024,1\n02/02/2024,2\n', { names: ['Date', 'Value'], rows: 2, timeSays: { Date: 'Line 2, column "Date": "01/02/2024" can be day/month/year or month/day/year, and no row decides it.' }, finds: { ambiguousDates: '"01/02/2024" in column "Date" can be 2024-02-01 (day first) or 2024-01-02 (month first), and no row decides it.' } }),
  odd('unsorted.csv', 'Date,Value\n2024-01-02,1\n2024-01-01,2\n', { names: ['Date', 'Value'], rows: 2, timeSays: { Date: 'Line 3, column "Date": "2024-01-01" does not come after "2024-01-02" in the row before.' }, finds: { unsortedTime: 'The time in column "Date" goes back in 1 row (line 3).' } }),
  odd('huge-numbers.csv', `Year,Value\n${years(1990, ['1', '1e400', '-1e400'])}\n`, { names: ['Year', 'Value'], rows: 3, numberSays: { Value: 'Line 3, column "Value": "1e400" is too large for a number (and 1 more such cell).' } }),
  odd('nan-inf.csv', `Year,Value\n${years(1990, ['1', 'NaN', 'Inf', '-inf', '2'])}\n`, { names: ['Year', 'Value'], rows: 5, numberSays: { Value: 'Line 3, column "Value": "NaN" is not a number (and 2 more such cells).' } }),
  odd('nan-alone.csv', `Year,Value\n${years(1990, ['nan', 'nan'])}\n`, { names: ['Year', 'Value'], rows: 2, numberSays: { Value: 'Column "Value" holds no number (line 2: "nan").' } }),
  odd('words.csv', `Year,Value\n${years(1990, ['1', 'n/a', '3', '--'])}\n`, { names: ['Year', 'Value'], rows: 4, numberSays: { Value: 'Line 3, column "Value": "n/a" is not a number (and 1 more such cell).' }, finds: { words: 'Column "Value" has 2 words among its numbers (lines 3, 5).' } }),
  odd('empty-cells.csv', `Year,Value\n${years(1990, ['1', '', '3', ''])}\n`, { names: ['Year', 'Value'], rows: 4, numberSays: { Value: 'Line 3, column "Value" is empty (and 1 more such cell).' }, finds: { missing: 'Column "Value" misses 2 values (lines 3, 5).' } }),
  odd('all-empty.csv', ',\n,\n,\n', { names: ['Column 1', 'Column 2'], rows: 2, problem: '"all-empty.csv" has no column of numbers to predict.' }),
  odd('text-alone.csv', 'Name,City\nAnn,Rome\nBob,Oslo\n', { names: ['Name', 'City'], rows: 2, problem: '"text-alone.csv" has no column of numbers to predict.' }),
  odd('header-quotes.csv', '"The ""real"" rate",Other\n1,2\n3,5\n', { names: ['The "real" rate', 'Other'], rows: 2 }),
  odd('header-emoji.csv', '📅,🌡️ °C\n2024-01-01,1\n2024-01-02,3\n', { names: ['📅', '🌡️ °C'], rows: 2, times: { '📅': ['2024-01-01'] } }),
  odd('header-formula.csv', '=SUM(A1:A9),@cmd,<b>bold</b>\n1,5,9\n2,7,8\n', { names: ['=SUM(A1:A9)', '@cmd', '<b>bold</b>'], rows: 2 }),
  odd('header-prototype.csv', '__proto__,constructor\n1,5\n2,7\n', { names: ['__proto__', 'constructor'], rows: 2 }),
  odd('one-row.csv', 'Date,Value\n2024-01-01,5\n', { names: ['Date', 'Value'], rows: 1 }),
  odd('one-column.csv', 'Value\n5\n3\n8\n', { names: ['Value'], rows: 3, values: { Value: [5, 3, 8] } }),
  odd('constant.csv', daily(30).replace(/\d\.5/g, '1'), { names: ['Date', 'Value'], rows: 30, finds: { constant: 'Column "Value" holds 1 in every row: there is nothing to learn from it.' } }),
  odd('two-thousand-columns.csv', () => {
    const line = (cell: (c: number) => string | number) => Array.from({ length: 2000 }, (_, c) => cell(c)).join(',');
    return `${line((c) => `c${c}`)}\n${Array.from({ length: 5 }, (_, r) => line((c) => r * c)).join('\n')}\n`;
  }, { names: Array.from({ length: 2000 }, (_, c) => `c${c}`), rows: 5 }),
  odd('twice.csv', 'Date,Rate,Rate\n2024-01-01,1,2\n', { names: ['Date', 'Rate', 'Rate_2'], rows: 1, finds: { repeatedNames: 'Line 1: 1 column has a name that was there before: "Rate" is now "Rate_2".' } }),
  odd('twice-quoted.csv', '"a, b"," a, b ",x_2,x,x\n1,2,3,4,5\n', { names: ['a, b', 'a, b_2', 'x_2', 'x', 'x_3'], rows: 1, finds: { repeatedNames: 'Line 1: 2 columns have a name that was there before: "a, b" is now "a, b_2", "x" is now "x_3".' } }),
  odd('ten-thousand-columns.csv', () => {
    const line = (cell: (c: number) => string | number) => Array.from({ length: 10_000 }, (_, c) => cell(c)).join(',');
    return `${line((c) => `c${c}`)}\n${Array.from({ length: 20 }, (_, r) => line((c) => r * c)).join('\n')}\n`;
  }, { names: Array.from({ length: 2000 }, (_, c) => `c${c}`), rows: 20, values: { c1999: [0, 1999] }, finds: { columnsLeftOut: 'The file has 10000 columns; the first 2000 are read.' } }),
  odd('one-line-of-cells.csv', () => utf8('1,'.repeat(25_000_000)), { names: Array.from({ length: 2000 }, (_, c) => `Column ${c + 1}`), rows: 1, finds: { columnsLeftOut: 'The file has 25000001 columns; the first 2000 are read.' } }),
  odd('packed.csv.gz', () => gzip(daily(40)), { names: ['Date', 'Value'], rows: 40, times: { Date: ['2024-01-01'] } }),
  odd('packed-without-its-name.csv', () => gzip(daily(40)), { names: ['Date', 'Value'], rows: 40 }),
  odd('lines.jsonl', '{"at":"2024-01-01","v":1.5}\n{"at":"2024-01-02","v":null}\n{"v":2.5,"at":"2024-01-03","extra":"x, y"}\n', { names: ['at', 'v', 'extra'], rows: 3, dialect: { format: 'json' }, times: { at: ['2024-01-01'] }, numberSays: { v: 'Line 2, column "v" is empty.' } }),
  odd('array.json', '[\n {"at": "01/02/2024", "v": "1"},\n {"at": "13/02/2024", "v": "2"}\n]', { names: ['at', 'v'], rows: 2, dialect: { format: 'json' }, times: { at: ['2024-02-01', '2024-02-13'] }, values: { v: [1, 2] } }),
  odd('packed.jsonl.gz', () => gzip('{"t":1,"v":5}\n{"t":2,"v":6}\n'), { names: ['t', 'v'], rows: 2, dialect: { format: 'json' } }),
  odd('bracket.csv', '[a],{b}\n1,2\n3,4\n', { names: ['[a]', '{b}'], rows: 2, dialect: { format: 'text' } }),
  odd('sheet.xlsx', () => workbook({ Empty: [], Data: [[null, null, null], ['Quarterly report'], ['Date', 'Rate', 'Open'], [{ day: 45_292 }, 1.5, true], [{ day: 45_293.5 }, 2.5, false]] }), {
    names: ['Date', 'Rate', 'Open'], rows: 2, dialect: { format: 'excel', skippedLines: 1 }, times: { Date: ['2024-01-01', '2024-01-02T12:00'] }, values: { Rate: [1.5, 2.5] }, numberSays: { Open: 'Column "Open" holds text, not numbers (line 4: "true").' },
  }),
  odd('sheet-texts.xlsx', () => workbook({ Sheet1: [['Date', 'Note, "quoted"'], ['2024-01-01', 'a\nb'], ['2024-01-02', '1,5']] }), { names: ['Date', 'Note, "quoted"'], rows: 2, first: ['2024-01-01', 'a\nb'] }),
];
