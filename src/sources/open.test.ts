import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readdirSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { columnSeries, describeTable, seriesTable, tableRows, type Table } from '../data/index.ts';
import { daily, utf8, workbook } from './catalogue/make.ts';
import { keepTable, openSource, restoreTable, sweepKept } from './index.ts';
import { makeFolder, refusalOf } from './testing.ts';
import { rolesOf } from '../shared/roles.ts';

let folder: ReturnType<typeof makeFolder>;
beforeEach(() => { folder = makeFolder(); });
afterEach(() => folder.remove());

const samples = join(import.meta.dirname, '../../resources/samples');
const put = (name: string, content: string | Uint8Array) => {
  const path = join(folder.path, name);
  writeFileSync(path, content);
  return path;
};
async function duckdb(sql: string): Promise<unknown[][]> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '2' });
  const connection = await instance.connect();
  try {
    return await (await connection.run(sql)).getRows();
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}
const all = (table: Table) => tableRows(table, 0, table.rows);

describe('one file in every form', () => {
  it('is the same table: CSV, TSV, semicolons with decimal commas, gzip, Parquet, JSON lines, a JSON array, a sheet', async () => {
    const rows = Array.from({ length: 400 }, (_, i) => ({ day: new Date(Date.UTC(2024, 0, 1 + i)).toISOString().slice(0, 10), value: ((i * 37) % 101) / 8, word: i % 3 === 0 ? 'a "b", c' : 'x' }));
    const quoted = (text: string, mark: string) => (text.includes(mark) || text.includes('"') ? `"${text.replaceAll('"', '""')}"` : text);
    const text = (mark: string, decimal = '.') => ['day', 'value', 'word'].join(mark) + '\n' + rows.map((row) => [row.day, quoted(String(row.value).replace('.', decimal), mark), quoted(row.word, mark)].join(mark)).join('\n');
    const csv = put('a.csv', text(','));
    const parquet = join(folder.path, 'a.parquet');
    await duckdb(`COPY (SELECT * FROM read_csv('${csv}', types = {'day': 'DATE', 'value': 'DOUBLE'})) TO '${parquet}' (FORMAT parquet)`);
    const forms = [
      csv, put('a.tsv', text('\t')), put('b.csv', text(';', ',')), put('a.csv.gz', gzipSync(text(','))), parquet, put('a.jsonl', rows.map((row) => JSON.stringify(row)).join('\n')),
      put('a.json', JSON.stringify(rows)), put('a.xlsx', workbook({ Sheet1: [['day', 'value', 'word'], ...rows.map((row) => [row.day, row.value, row.word])] })),
    ];
    const roles = rolesOf('day', 'value');
    const [first, ...others] = await Promise.all(forms.map(async (path) => {
      const { table } = await openSource(path);
      return { path, series: seriesTable(table, roles), roles: describeTable(table).roles, words: all(table).map(({ cells }) => cells[2]) };
    }));
    expect(first!.series.columns[0]!.values[1]).toBe(4.625);
    for (const other of others) {
      expect(other.series, other.path).toEqual(first!.series);
      expect(other.roles, other.path).toEqual(first!.roles);
      expect(other.words, other.path).toEqual(first!.words);
    }
  });

  it.each(readdirSync(samples).filter((name) => name.endsWith('.csv')))('%s has the numbers that DuckDB reads', async (name) => {
    const { table } = await openSource(join(samples, name));
    const facts = describeTable(table);
    const read = await duckdb(`SELECT * FROM read_csv('${join(samples, name)}', all_varchar = true, header = true)`);
    expect(all(table).map(({ cells }) => cells)).toEqual(read);
    // Labelled sequences have no column of numbers.
    if (name === 'waveforms.csv') {
      expect(facts.roles).toBeNull();
      return;
    }
    const target = facts.roles!.targets[0]!;
    const numbers = await duckdb(`SELECT CAST("${target}" AS DOUBLE) FROM read_csv('${join(samples, name)}', all_varchar = true, header = true)`);
    expect([...columnSeries(table, target, null).values]).toEqual(numbers.map(([value]) => value));
  });

  it('Parquet keeps times with their zone, decimals, big and missing values', async () => {
    const path = join(folder.path, 'types.parquet');
    await duckdb(`COPY (SELECT * FROM (VALUES (TIMESTAMPTZ '2024-01-01 00:00:00+02', 1.10::DECIMAL(9,2), 0.1::DOUBLE + 0.2, 9007199254740993::BIGINT, [1, 2]), (TIMESTAMPTZ '2024-01-01 01:00:00.5+02', NULL, 'nan'::DOUBLE, 2, NULL)) t("at", price, sum, big, list)) TO '${path}' (FORMAT parquet)`);
    const { table } = await openSource(path);
    expect(all(table)).toEqual([
      { line: 1, cells: ['2023-12-31 22:00:00+00', '1.10', '0.30000000000000004', '9007199254740993', '[1, 2]'] },
      { line: 2, cells: ['2023-12-31 23:00:00.5+00', '', 'nan', '2', ''] },
    ]);
    const { time } = columnSeries(table, 'big', 'at');
    expect([...time]).toEqual([Date.UTC(2023, 11, 31, 22), Date.UTC(2023, 11, 31, 23) + 500]);
  });
});

describe('a file on disk', () => {
  it('has its hash, size and time', async () => {
    const path = put('a.csv', daily(5));
    const opened = await openSource(path);
    expect(opened).toMatchObject({ sha256: createHash('sha256').update(daily(5)).digest('hex'), sampling: null, file: { name: 'a.csv', size: daily(5).length } });
  });

  it.each<[what: string, prepare: (path: string) => void, code: string, says: string]>([
    ['a folder', (path) => mkdirSync(path), 'file.directory', '"a.csv" is a folder, not a file.'],
    ['no file', () => undefined, 'file.missing', 'The file "a.csv" is not there.'],
    ['a link to nothing', (path) => symlinkSync(`${path}.gone`, path), 'file.missing', 'The file "a.csv" is not there.'],
    ['a link to itself', (path) => symlinkSync(path, path), 'file.missing', 'The file "a.csv" is not there.'],
    ['a device', (path) => symlinkSync('/dev/null', path), 'file.not-a-file', '"a.csv" is not a regular file.'],
  ])('%s is refused by name', async (_what, prepare, code, says) => {
    const path = join(folder.path, 'a.csv');
    prepare(path);
    expect(await refusalOf(openSource(path))).toMatchObject({ code, message: says });
  });
});

describe('a file that is too large', () => {
  it('of 5 GB is refused at once, with what could be read instead', async () => {
    const path = put('huge.csv', daily(1000));
    truncateSync(path, 5 * 1024 ** 3);
    const began = performance.now();
    expect(await refusalOf(openSource(path))).toMatchObject({
      code: 'file.choose-sample', message: '"huge.csv" has 5120 MB; up to 512 MB are read whole.', details: { name: 'huge.csv', first: 1_000_000, every: 40 },
    });
    expect(performance.now() - began).toBeLessThan(5_000);
    // The rest of the file is a hole: only its first rows can be read, and the hole is said.
    expect((await openSource(path, { first: 100 })).table.rows).toBe(100);
    expect(await refusalOf(openSource(path, { every: 10 }))).toMatchObject({ code: 'data.long-cell', message: '"huge.csv", line 1002: a cell has more than 1000000 characters.' });
  });

  const text = `Title of it\n# and a comment\nDate,Note,Value\n${Array.from({ length: 10_000 }, (_, i) => `${new Date(Date.UTC(2000, 0, 1 + i)).toISOString().slice(0, 10)},"line one\nof ${i}",${i}`).join('\n')}\n`;

  it('gives its first rows, with their lines', async () => {
    const { table, sampling, bytes } = await openSource(put('a.csv', text), { first: 3 });
    expect(all(table).map(({ line, cells }) => [line, cells[2]])).toEqual([[4, '0'], [6, '1'], [8, '2']]);
    expect([sampling, bytes]).toEqual([{ first: 3 }, null]);
  });

  it('gives every n-th row, with its line', async () => {
    const { table } = await openSource(put('a.csv', text), { every: 3000 });
    expect(all(table).map(({ line, cells }) => [line, cells[2]])).toEqual([[4, '0'], [6004, '3000'], [12_004, '6000'], [18_004, '9000']]);
    expect(table.dialect.skippedLines).toBe(2);
  });

  it('gives rows over the pieces in which it is read', async () => {
    const rows = 300_000;
    const path = put('a.csv', `t,v\n${Array.from({ length: rows }, (_, i) => `${i},${i}.${String(i).padStart(12, '0')}`).join('\n')}`);
    const { table } = await openSource(path, { every: 7 });
    expect(table.rows).toBe(Math.ceil(rows / 7));
    expect([...columnSeries(table, 't', null).values].every((value, i) => value === i * 7)).toBe(true);
    expect(table.lines.every((line, i) => line === i * 7 + 2)).toBe(true);
  });

  it('gives rows of Parquet and JSON lines too', async () => {
    const parquet = join(folder.path, 'a.parquet');
    await duckdb(`COPY (SELECT range AS t, range * 2 AS v FROM range(1000)) TO '${parquet}' (FORMAT parquet)`);
    expect(all((await openSource(parquet, { every: 300 })).table).map(({ cells }) => cells[1])).toEqual(['0', '600', '1200', '1800']);
    expect((await openSource(parquet, { first: 10 })).table.rows).toBe(10);
    const lines = put('a.jsonl', Array.from({ length: 100 }, (_, t) => JSON.stringify({ t })).join('\n'));
    expect(all((await openSource(lines, { every: 40 })).table).map(({ cells }) => cells[0])).toEqual(['0', '40', '80']);
  });

  it('cannot be sampled where rows do not lie one after another', async () => {
    expect(await refusalOf(openSource(put('a.csv.gz', gzipSync(daily(5))), { first: 2 }))).toMatchObject({ code: 'file.sample-kind' });
    expect(await refusalOf(openSource(put('u.csv', new Uint8Array([0xff, 0xfe, 0x61, 0, 0x0a, 0])), { first: 2 }))).toMatchObject({ code: 'file.sample-encoding' });
  });
});

describe('a kept table', () => {
  const stored = { key: 'k', name: 'a.csv', content: null, sampling: null };

  it('comes back as it was, cell by cell', async () => {
    const { table } = await openSource(put('a.csv', `# note\n${daily(300)}`));
    await keepTable(join(folder.path, 'tables'), 'k', table);
    const again = await restoreTable(join(folder.path, 'tables'), { ...stored, path: null });
    expect(again.dialect).toEqual(table.dialect);
    expect(all(again)).toEqual(all(table));
    expect(describeTable(again)).toEqual(describeTable(table));
    expect(readdirSync(join(folder.path, 'tables'))).toEqual(['k.table']);
  });

  it('that is damaged is said, and one that is gone is read from its source where that is the same', async () => {
    const tables = join(folder.path, 'tables');
    const path = put('a.csv', daily(300));
    const { table, sha256 } = await openSource(path);
    await keepTable(tables, sha256, table);
    truncateSync(join(tables, `${sha256}.table`), 500);
    expect(await refusalOf(restoreTable(tables, { ...stored, key: sha256, path }))).toMatchObject({ code: 'dataset.copy-damaged', message: 'The stored copy of "a.csv" is damaged.' });
    rmSync(join(tables, `${sha256}.table`));
    expect((await restoreTable(tables, { ...stored, key: sha256, path })).rows).toBe(300);
    copyFileSync(put('b.csv', daily(299)), path);
    expect(await refusalOf(restoreTable(tables, { ...stored, key: sha256, path }))).toMatchObject({ code: 'dataset.copy-gone', message: 'The stored copy of "a.csv" is not there, and its file is no longer the same.' });
  });

  it('of small files is their bytes', async () => {
    const table = await restoreTable(folder.path, { ...stored, path: null, content: gzipSync(utf8(daily(7))) });
    expect(table.rows).toBe(7);
  });

  it('leaves the disk when its dataset is gone, and not before', async () => {
    const tables = join(folder.path, 'tables');
    const { table } = await openSource(put('rates.csv', 'Year,Rate\n1990,1\n1991,2\n'));
    await keepTable(tables, 'gone', table);
    await keepTable(tables, 'kept', table);
    writeFileSync(join(tables, 'kept.7-0.partial'), 'half');
    expect(sweepKept(tables, ['kept'], 0)).toEqual([]);
    expect(sweepKept(tables, ['kept'], Date.now() + 60_000).sort()).toEqual(['gone.table', 'kept.7-0.partial']);
    expect(readdirSync(tables)).toEqual(['kept.table']);
    expect(sweepKept(join(folder.path, 'nowhere'), [], 1)).toEqual([]);
  });
});
