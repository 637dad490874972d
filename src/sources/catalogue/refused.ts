import { zipSync } from 'fflate';
import { bytes, daily, edited, gzip, utf16, utf8, workbook } from './make.ts';

/** A file that cannot be opened, and the very sentence that says why. */
export interface Refused { name: string; content: () => Uint8Array; code: string; says: string }

const refuse = (name: string, code: string, says: string, content: () => Uint8Array | string): Refused => ({
  name, code, says, content: () => { const made = content(); return typeof made === 'string' ? utf8(made) : made; },
});

export const refused: readonly Refused[] = [
  refuse('empty.csv', 'data.empty', '"empty.csv" is empty.', () => ''),
  refuse('blank-lines.csv', 'data.empty', '"blank-lines.csv" is empty.', () => '\n \r\n\t\n\n'),
  refuse('mark-alone.csv', 'data.empty', '"mark-alone.csv" is empty.', () => bytes([0xef, 0xbb, 0xbf])),
  refuse('mark-alone-16.csv', 'data.empty', '"mark-alone-16.csv" is empty.', () => bytes([0xff, 0xfe])),
  refuse('header-only.csv', 'data.header-only', '"header-only.csv" has only a header line and no rows.', () => 'Date,Rate\n'),
  refuse('word.txt', 'data.header-only', '"word.txt" has only a header line and no rows.', () => 'hello'),
  refuse('nul.csv', 'data.binary', '"nul.csv" is not a text file.', () => bytes('Date,Rate\n2024-01-01,', [0], '\n')),
  refuse('nul-far.csv', 'data.binary', '"nul-far.csv" is not a text file.', () => bytes(daily(2000), [0, 0, 0])),
  refuse('random.csv', 'data.binary', '"random.csv" is not a text file.', () => Uint8Array.from({ length: 4096 }, (_, i) => (i * 7919) % 256)),
  refuse('picture.png', 'data.binary', '"picture.png" is not a text file.', () => bytes([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d, 0x49, 0x48, 0x44, 0x52])),
  refuse('controls.csv', 'data.binary', '"controls.csv" is not a text file.', () => Uint8Array.from({ length: 300 }, (_, i) => 1 + (i % 8))),
  refuse('half-utf16.csv', 'data.encoding', '"half-utf16.csv" begins as UTF-16LE text and has bytes that are none.', () => bytes([0xff, 0xfe, 0x61, 0, 0, 0xd8, 0x61])),
  refuse('nul-utf16.csv', 'data.binary', '"nul-utf16.csv" is not a text file.', () => utf16('a,b\n1,\0\n', 'le')),
  refuse('marked-latin.csv', 'data.encoding', '"marked-latin.csv" begins as UTF-8 text and has bytes that are none.', () => bytes([0xef, 0xbb, 0xbf], 'Ort,Wert\nK', [0xf6], 'ln,1\n')),
  refuse('too-few-cells.csv', 'data.ragged', '"too-few-cells.csv", line 5: the row has 1 cell, and the first line has 2.', () => 'a,b\n1,2\n3,4\n\n5\n'),
  refuse('too-many-cells.csv', 'data.ragged', '"too-many-cells.csv", line 3: the row has 3 cells, and the first line has 2.', () => 'a,b\n1,2\n3,4,5\n'),
  refuse('note-below.csv', 'data.ragged', '"note-below.csv", line 12: the row has 1 cell, and the first line has 2.', () => `${daily(10)}Source: somebody\n`),
  refuse('decimal-comma-between-commas.csv', 'data.ragged', '"decimal-comma-between-commas.csv", line 2: the row has 3 cells, and the first line has 2.', () => 'Date,Rate\n2024-01-01,1,5\n2024-01-02,2\n2024-01-03,3\n'),
  refuse('open-quote.csv', 'data.quote', '"open-quote.csv", line 3: a quotation mark is opened and never closed.', () => 'a,b\n1,2\n"3,4\n5,6\n'),
  refuse('after-quote.csv', 'data.quote', '"after-quote.csv", line 2: text follows the closing quotation mark of a cell.', () => 'a,b\n"1"x,2\n'),
  refuse('quotes-alone.csv', 'data.quote', '"quotes-alone.csv", line 1: a quotation mark is opened and never closed.', () => '"'.repeat(99_999)),
  refuse('long-name.csv', 'data.long-name', `"long-name.csv", line 1: the column name "${'x'.repeat(39)}…" has more than 200 characters.`, () => `Date,${'x'.repeat(300)}\n1,2\n3,4\n`),
  refuse('long-cell.csv', 'data.long-cell', '"long-cell.csv", line 3: a cell has more than 1000000 characters.', () => `a,b\n1,2\n1,${'x'.repeat(1_000_001)}\n`),
  refuse('one-line.csv', 'data.long-cell', '"one-line.csv", line 1: a cell has more than 1000000 characters.', () => new Uint8Array(50_000_000).fill(0x31)),
  refuse('one-line-of-blanks.csv', 'data.empty', '"one-line-of-blanks.csv" is empty.', () => new Uint8Array(50_000_000).fill(0x20)),
  refuse('cut.csv.gz', 'file.gzip', '"cut.csv.gz" is a gzip file that ends too early.', () => gzip(daily(500)).slice(0, -40)),
  refuse('damaged.csv.gz', 'file.gzip', '"damaged.csv.gz" begins as a gzip file and is damaged.', () => edited(gzip(daily(500)), -6, 1, 2, 3)),
  refuse('garbage.csv.gz', 'file.gzip', '"garbage.csv.gz" begins as a gzip file and is damaged.', () => bytes([0x1f, 0x8b], 'not a gzip file at all')),
  refuse('empty.csv.gz', 'data.empty', '"empty.csv.gz" is empty.', () => gzip('')),
  refuse('binary.csv.gz', 'data.binary', '"binary.csv.gz" is not a text file.', () => gzip(bytes('a,b\n', [0, 1, 2, 3]))),
  refuse('twice.csv.gz', 'file.gzip', '"twice.csv.gz" is packed by gzip twice.', () => gzip(gzip(daily(10)))),
  refuse('bomb.csv.gz', 'file.choose-sample', '"bomb.csv.gz" has more than 512 MB when unpacked; up to 512 MB are read whole.', () => gzip(new Uint8Array(540 * 1024 * 1024))),
  refuse('archive.zip', 'file.kind', '"archive.zip" is a ZIP archive, which cannot be opened.', () => zipSync({ 'data.csv': utf8(daily(5)) })),
  refuse('old.xls', 'file.kind', '"old.xls" is a workbook of an old Excel (.xls), which cannot be opened.', () => bytes([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0, 0])),
  refuse('report.pdf', 'file.kind', '"report.pdf" is a PDF document, which cannot be opened.', () => '%PDF-1.7\n1 0 obj\n'),
  refuse('data.sqlite', 'file.kind', '"data.sqlite" is a SQLite database, which cannot be opened.', () => bytes('SQLite format 3', [0, 16, 0])),
  refuse('data.zst', 'file.kind', '"data.zst" is a Zstandard file, which cannot be opened.', () => bytes([0x28, 0xb5, 0x2f, 0xfd, 4, 0])),
  refuse('cut.xlsx', 'file.excel', '"cut.xlsx" is a damaged or locked Excel workbook.', () => workbook({ Sheet1: [['Date', 'Rate'], [{ day: 45_000 }, 1]] }).slice(0, 700)),
  refuse('no-sheet.xlsx', 'file.excel', '"no-sheet.xlsx" is a damaged or locked Excel workbook.', () => zipSync({ 'xl/other.xml': utf8('<a/>') })),
  refuse('empty.xlsx', 'data.empty', '"empty.xlsx" is empty.', () => workbook({ Sheet1: [], Sheet2: [[null, null]] })),
  refuse('header-only.xlsx', 'data.header-only', '"header-only.xlsx" has only a header line and no rows.', () => workbook({ Sheet1: [['Date', 'Rate']] })),
  refuse('cut.parquet', 'file.parquet', '"cut.parquet" is a damaged or incomplete Parquet file.', () => bytes('PAR1', [0x15, 4, 0x15, 0x20, 0x4c, 0x15], 'values')),
  refuse('magic-alone.parquet', 'file.parquet', '"magic-alone.parquet" is a damaged or incomplete Parquet file.', () => 'PAR1'),
  refuse('broken.jsonl', 'file.json', '"broken.jsonl", line 2: this is no valid JSON.', () => '{"t":1,"v":2}\n{"t":2,"v":}\n{"t":3,"v":4}\n'),
  refuse('cut.json', 'file.json', '"cut.json" is not valid JSON.', () => '[{"t":1,"v":2},{"t":2,'),
  refuse('empty-list.json', 'data.header-only', '"empty-list.json" has only a header line and no rows.', () => '[]'),
];
