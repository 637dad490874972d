import { describe, expect, it } from 'vitest';
import { readTable, tableRows } from './index.ts';
import { errorOf, NAME, rowsOf, tableOf } from './testing.ts';

const bytes = (...parts: (string | number[])[]) => Uint8Array.from(parts.flatMap((part) => (typeof part === 'string' ? [...new TextEncoder().encode(part)] : part)));
const utf16 = (text: string, order: 'le' | 'be') => Uint8Array.from([...`\ufeff${text}`].flatMap((character) => {
  const code = character.charCodeAt(0);
  return order === 'le' ? [code & 255, code >> 8] : [code >> 8, code & 255];
}));

describe('what is read', () => {
  it.each<[what: string, file: string | Uint8Array, names: string[], rows: string[][], lines: number[]]>([
    ['a plain file', 'a,b\n1,2\n3,4\n', ['a', 'b'], [['1', '2'], ['3', '4']], [2, 3]],
    ['no line end at the end', 'a,b\n1,2', ['a', 'b'], [['1', '2']], [2]],
    ['Windows line ends', 'a,b\r\n1,2\r\n3,4\r\n', ['a', 'b'], [['1', '2'], ['3', '4']], [2, 3]],
    ['old Mac line ends', 'a,b\r1,2\r3,4\r', ['a', 'b'], [['1', '2'], ['3', '4']], [2, 3]],
    ['mixed line ends', 'a,b\r\n1,2\n3,4\r5,6', ['a', 'b'], [['1', '2'], ['3', '4'], ['5', '6']], [2, 3, 4]],
    ['empty lines', '\n\na,b\n\n1,2\n  \n\t\n3,4\n\n\n', ['a', 'b'], [['1', '2'], ['3', '4']], [5, 8]],
    ['empty Windows lines', 'a,b\r\n\r\n1,2\r\n', ['a', 'b'], [['1', '2']], [3]],
    ['a row of empty cells', 'a,b\n,\n1,2', ['a', 'b'], [['', ''], ['1', '2']], [2, 3]],
    ['quotes', 'a,b\n"1","2"\n', ['a', 'b'], [['1', '2']], [2]],
    ['a delimiter and a quote in quotes', 'a,b\n"x, ""y""",2\n', ['a', 'b'], [['x, "y"', '2']], [2]],
    ['line ends in quotes', 'a,b\n"x\ny",2\n3,4', ['a', 'b'], [['x\ny', '2'], ['3', '4']], [2, 4]],
    ['Windows line ends in quotes', 'a,b\r\n"x\r\n\r\ny",2\r\n3,4', ['a', 'b'], [['x\r\n\r\ny', '2'], ['3', '4']], [2, 5]],
    ['an empty cell in quotes', 'a,b\n"",2', ['a', 'b'], [['', '2']], [2]],
    ['an empty cell in quotes alone', 'a\n""\n1\n2', ['a'], [[''], ['1'], ['2']], [2, 3, 4]],
    ['blanks around quotes', '"a", "b"\n"1" , "2"\n', ['a', 'b'], [['1', '2']], [2]],
    ['a quote inside an unquoted cell', 'a,b\n5" pipe,2\n', ['a', 'b'], [['5" pipe', '2']], [2]],
    ['semicolons', 'a;b\n1;2\n', ['a', 'b'], [['1', '2']], [2]],
    ['tabs', 'a\tb\n1\t2\n', ['a', 'b'], [['1', '2']], [2]],
    ['tabs and empty cells', 'a\tb\tc\n1\t\t2\n\t\t\n', ['a', 'b', 'c'], [['1', '', '2'], ['', '', '']], [2, 3]],
    ['pipes', 'a|b\n1|2\n', ['a', 'b'], [['1', '2']], [2]],
    ['semicolons with decimal commas', 'a;b\n1,5;2,5\n2,5;3,5\n', ['a', 'b'], [['1,5', '2,5'], ['2,5', '3,5']], [2, 3]],
    ['the same without a header', '2024-01-01;1,5\n2024-01-02;2,5\n', ['Column 1', 'Column 2'], [['2024-01-01', '1,5'], ['2024-01-02', '2,5']], [1, 2]],
    ['commas in text beside semicolons', 'a;b\nx, y;1\nz;2\nu;3\n', ['a', 'b'], [['x, y', '1'], ['z', '2'], ['u', '3']], [2, 3, 4]],
    ['Excel naming the delimiter', 'sep=;\r\na;b\r\n1;2\r\n', ['a', 'b'], [['1', '2']], [3]],
    ['no header', '1,2\n3,4\n', ['Column 1', 'Column 2'], [['1', '2'], ['3', '4']], [1, 2]],
    ['a single row of numbers', '1,2\n', ['Column 1', 'Column 2'], [['1', '2']], [1]],
    ['years as names', 'Country,2019,2020\nx,1,2\n', ['Column 1', 'Column 2', 'Column 3'], [['Country', '2019', '2020'], ['x', '1', '2']], [1, 2]],
    ['a name over numbers beside years', 'Month,2019,2020\n1,5,6\n2,7,8\n', ['Month', '2019', '2020'], [['1', '5', '6'], ['2', '7', '8']], [2, 3]],
    ['a placeholder in a first row of values', 'n/a,1\n2,3\n4,5\n', ['Column 1', 'Column 2'], [['n/a', '1'], ['2', '3'], ['4', '5']], [1, 2, 3]],
    ['a column without a name', ',b\n1,2\n', ['Column 1', 'b'], [['1', '2']], [2]],
    ['a column called like one without a name', 'Column 2,\n1,2\n', ['Column 2', 'Column 2 (unnamed)'], [['1', '2']], [2]],
    ['blanks around names', ' a , b\n1,2\n', ['a', 'b'], [['1', '2']], [2]],
    ['names in Chinese', '日期,利率\n2024-01-01,2\n', ['日期', '利率'], [['2024-01-01', '2']], [2]],
    ['a byte order mark', bytes([0xef, 0xbb, 0xbf], 'a,b\n1,2'), ['a', 'b'], [['1', '2']], [2]],
    ['a byte order mark before a quote', bytes([0xef, 0xbb, 0xbf], '"a",b\n1,2'), ['a', 'b'], [['1', '2']], [2]],
    ['UTF-16, little end first', utf16('a,b\n1,ü', 'le'), ['a', 'b'], [['1', 'ü']], [2]],
    ['UTF-16, big end first', utf16('a,b\n1,ü', 'be'), ['a', 'b'], [['1', 'ü']], [2]],
    ['Windows-1252', bytes('a,b\n1,', [0xfc, 0x80]), ['a', 'b'], [['1', 'ü€']], [2]],
    ['one column', 'a\n1\n2\n', ['a'], [['1'], ['2']], [2, 3]],
    ['a delimiter at the end of every line', 'a,b,\n1,2,\n', ['a', 'b', 'Column 3'], [['1', '2', '']], [2]],
    ['a prototype of names', '__proto__,constructor\n1,2\n', ['__proto__', 'constructor'], [['1', '2']], [2]],
  ])('%s', (_what, file, names, rows, lines) => {
    const table = tableOf(file);
    expect(table.names).toEqual(names);
    expect(rowsOf(table)).toEqual(rows);
    expect([...table.lines]).toEqual(lines);
    expect(table.rows).toBe(rows.length);
  });

  it.each<[string, string | Uint8Array, object]>([
    ['UTF-8', 'a,b\n1,2', { delimiter: ',', decimal: '.', header: true, encoding: 'utf-8' }],
    ['Windows-1252', bytes('a;b\n1,5;', [0xfc]), { delimiter: ';', decimal: ',', header: true, encoding: 'windows-1252' }],
    ['UTF-16', utf16('1\t2\n3\t4', 'be'), { delimiter: '\t', decimal: '.', header: false, encoding: 'utf-16be' }],
  ])('says how it was read: %s', (_what, file, dialect) => {
    expect(tableOf(file).dialect).toEqual({ ...dialect, format: 'text', skippedLines: 0 });
  });

  it.each<[string, string, '.' | ',']>([
    ['commas between digits', 'a;b\n1,5;2\n', ','],
    ['points between digits', 'a;b\n1.5;2\n', '.'],
    ['grouped thousands and a point', 'a;b\n1,234.5;2\n', '.'],
    ['grouped thousands and a comma', 'a;b\n1.234,5;2\n', ','],
    ['three digits after a comma, which may be thousands', 'a;b\n1,234;2\n', ','],
    ['three digits after a point, which may be thousands', 'a;b\n1.234;2\n', '.'],
    ['one that decides among many that do not', 'a;b\n1.234;2\n2.345;2\n0,5;2\n', ','],
    ['dates with points only', 'a;b\n01.02.2024;2\n', '.'],
    ['commas in quotes of a file with commas', 'a,b\n"1,234",2\n', '.'],
  ])('the decimal mark: %s', (_what, text, decimal) => {
    expect(tableOf(text).dialect.decimal).toBe(decimal);
  });

  it('hands out rows with their lines, fewer at the end', () => {
    const table = tableOf('a,b\n1,2\n\n3,4\n5,6\n');
    expect(tableRows(table, 1, 100)).toEqual([{ line: 4, cells: ['3', '4'] }, { line: 5, cells: ['5', '6'] }]);
    expect(tableRows(table, 3, 100)).toEqual([]);
    expect(tableRows(table, 10, 1)).toEqual([]);
  });
});

describe('what is refused, with the file and the line', () => {
  it.each<[what: string, file: string | Uint8Array, code: string, message: string]>([
    ['an empty file', '', 'data.empty', '"rates.csv" is empty.'],
    ['blank lines alone', ' \n\r\n\t\n', 'data.empty', '"rates.csv" is empty.'],
    ['a byte order mark alone', bytes([0xef, 0xbb, 0xbf]), 'data.empty', '"rates.csv" is empty.'],
    ['a header alone', 'Date,Rate\n', 'data.header-only', '"rates.csv" has only a header line and no rows.'],
    ['a word alone', 'hello', 'data.header-only', '"rates.csv" has only a header line and no rows.'],
    ['NUL bytes', bytes('a,b\n1,', [0], '2'), 'data.binary', '"rates.csv" is not a text file.'],
    ['NUL bytes far into the file', bytes('a,b\n', '1,2\n'.repeat(50_000), [0]), 'data.binary', '"rates.csv" is not a text file.'],
    ['a picture', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d), 'data.binary', '"rates.csv" is not a text file.'],
    ['control characters', Uint8Array.from({ length: 200 }, (_, i) => 1 + (i % 8)), 'data.binary', '"rates.csv" is not a text file.'],
    ['NUL in UTF-16', utf16('a,b\n1,\0', 'le'), 'data.binary', '"rates.csv" is not a text file.'],
    ['broken UTF-16', Uint8Array.of(0xff, 0xfe, 0x61, 0, 0x00, 0xd8, 0x61), 'data.encoding', '"rates.csv" begins as UTF-16LE text and has bytes that are none.'],
    ['broken UTF-8 after its mark', bytes([0xef, 0xbb, 0xbf], 'a,b\n1,', [0xff]), 'data.encoding', '"rates.csv" begins as UTF-8 text and has bytes that are none.'],
    ['a row with a cell too few', 'a,b\n1,2\n\n3\n', 'data.ragged', '"rates.csv", line 4: the row has 1 cell, and the first line has 2.'],
    ['a row with cells too many', 'a,b\n1,2\n3,4,5\n', 'data.ragged', '"rates.csv", line 3: the row has 3 cells, and the first line has 2.'],
    ['a quotation mark never closed', 'a,b\n1,2\n"x,3\n4,5\n', 'data.quote', '"rates.csv", line 3: a quotation mark is opened and never closed.'],
    ['text after a closing quotation mark', 'a,b\n"1"2,3\n', 'data.quote', '"rates.csv", line 2: text follows the closing quotation mark of a cell.'],
    ['the line after line ends in quotes', 'a,b\r\n"x\r\ny",2\r\n3\r\n', 'data.ragged', '"rates.csv", line 4: the row has 1 cell, and the first line has 2.'],
    ['a name of a page', `Date,${'x'.repeat(300)}\n1,2\n`, 'data.long-name', `"rates.csv", line 1: the column name "${'x'.repeat(39)}…" has more than 200 characters.`],
    ['a cell without end', `a,b\n1,2\n1,${'x'.repeat(1_000_001)}\n`, 'data.long-cell', '"rates.csv", line 3: a cell has more than 1000000 characters.'],
    ['columns without end', `${','.repeat(10_000)}\n`, 'data.header-only', '"rates.csv" has only a header line and no rows.'],
    ['a file that is too large', new Uint8Array(512 * 1024 * 1024 + 1), 'data.too-large', '"rates.csv" has 513 MB; up to 512 MB are read whole.'],
  ])('%s', (_what, file, code, message) => {
    const error = errorOf(() => tableOf(file));
    expect(error).toMatchObject({ code, message, fault: 'input' });
    expect(error.details).toMatchObject({ name: NAME });
    expect(error.hint).toMatch(/\.$/);
  });

  it('with the numbers for a translation', () => {
    expect(errorOf(() => tableOf('a,b\n1\n')).details).toEqual({ name: NAME, line: 2, expected: 2, got: 1 });
  });
});

describe('a large file', () => {
  it('of 10 MB is read in a second or two', () => {
    const text = `Date,Rate\n${Array.from({ length: 500_000 }, (_, i) => `${new Date(i * 3_600_000).toISOString().slice(0, 16)},${((i * 37) % 1000) / 100}`).join('\n')}`;
    const file = new TextEncoder().encode(text);
    expect(file.length).toBeGreaterThan(10e6);
    const began = performance.now();
    expect(readTable(file, NAME).rows).toBe(500_000);
    expect(performance.now() - began).toBeLessThan(2000);
  });

  it.each<[string, string]>([
    ['of one long line', '1'.repeat(8_000_000)],
    ['of one long number and a letter', `a\n${'1'.repeat(8_000_000)}x`],
    ['of groups of digits', `a;b\n${'1,111'.repeat(1_000_000)};x`],
    ['of quotation marks', '"'.repeat(8_000_000)],
    ['of blanks', ' '.repeat(8_000_000)],
    ['of line ends', '\r\n'.repeat(4_000_000)],
    ['of delimiters', 'a,b\n' + ','.repeat(8_000_000)],
    ['of blanks and quotes', ' "'.repeat(4_000_000)],
    ['of rows of one character', '1\n'.repeat(4_000_000)],
  ])('%s is not slow', (_what, text) => {
    const began = performance.now();
    try {
      tableOf(text);
    } catch (error) {
      expect((error as { data?: { fault: string } }).data?.fault).toBe('input');
    }
    expect(performance.now() - began).toBeLessThan(4000);
  });
});
