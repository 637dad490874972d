import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { datasetSummarySchema } from '../shared/dataset.ts';
import { AppError } from '../shared/errors.ts';
import { describeTable, readTable, seriesTable } from './index.ts';
import { days, recordsOf, rowsOf } from './testing.ts';

/** Reads and describes: the answer is a table that hangs together or an error that a person can act on, never anything else. */
function check(bytes: Uint8Array): void {
  const began = performance.now();
  try {
    const table = readTable(bytes, 'fuzz.csv');
    expect(rowsOf(table).every((row) => row.length === table.names.length)).toBe(true);
    expect(table.lines).toHaveLength(table.rows);
    expect(new Set(table.names).size).toBe(table.names.length);
    for (let row = 1; row < table.rows; row++) expect(table.lines[row]!).toBeGreaterThan(table.lines[row - 1]!);
    const facts = describeTable(table);
    datasetSummarySchema.parse({ ...facts, id: 'x', name: 'x', sourcePath: null, sample: null, sha256: 'x', unit: '', openedAt: '' });
    expect((facts.roles === null) === (facts.problem !== null)).toBe(true);
    if (facts.roles !== null) {
      const series = seriesTable(table, facts.roles);
      for (const { values } of series.columns) expect(values.every(Number.isFinite)).toBe(true);
      expect(series.time.values.every((value, i) => Number.isFinite(value) && (i === 0 || value > series.time.values[i - 1]!))).toBe(true);
    }
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    expect(error.data.fault).toBe('input');
    expect(error.data.message).toMatch(/\.$/);
    expect(error.data.message.length).toBeLessThan(500);
  }
  expect(performance.now() - began).toBeLessThan(1000);
}

const good = `Date,Open,Close\n${days(40, (i) => `${(i * 13) % 7}.5,"${i}"`)}`;
const awkward = fc.constantFrom('"', '""', ',', ';', '\t', '|', '\n', '\r\n', '\r', '', ' ', '.', '-', 'e', 'NaN', '1e999', '\0', '\ufeff', '\u2028', '2024-02-30', 'n/a', '\u2212', '٣', '🙂', 'sep=;\n');

describe('anything at all', () => {
  it('random bytes', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), check), { numRuns: 500 });
  });

  it('random text of what CSV files are made of', () => {
    const text = fc.array(fc.oneof(awkward, fc.constantFrom('1', '2.5', 'a', '1,5', '2024-01-01')), { maxLength: 60 }).map((parts) => parts.join(''));
    fc.assert(fc.property(text, (value) => check(new TextEncoder().encode(value))), { numRuns: 1500 });
  });

  it('random edits of a good file', () => {
    const edits = fc.array(fc.tuple(fc.nat(good.length), fc.nat(6), awkward), { minLength: 1, maxLength: 4 });
    fc.assert(fc.property(edits, (list) => {
      let text = good;
      for (const [at, remove, insert] of list) text = text.slice(0, at) + insert + text.slice(at + remove);
      check(new TextEncoder().encode(text));
    }), { numRuns: 1000 });
  });

  it('random edits of its bytes', () => {
    const bytes = new TextEncoder().encode(good);
    fc.assert(fc.property(fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { minLength: 1, maxLength: 5 }), (list) => {
      const edited = bytes.slice();
      for (const [at, value] of list) edited[at] = value;
      check(edited);
    }), { numRuns: 500 });
  });
});

describe('records', () => {
  const cell = fc.oneof(fc.constantFrom('', 'a', '1.5', 'x y', 'ü', '"', ',', '\n', '\r\n', '\r', 'a"b', ' a ', '\ta'), fc.string({ maxLength: 6 }));

  it('of cells that are all quoted come back as they went in, as csv-parse reads them too', () => {
    fc.assert(fc.property(fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 6 }), fc.constantFrom(',', ';', '\t', '|'), fc.constantFrom('\n', '\r\n', '\r'), (records, delimiter, end) => {
      const text = records.map((record) => record.map((value) => `"${value.replaceAll('"', '""')}"`).join(delimiter)).join(end);
      expect(recordsOf(text, delimiter)).toEqual(records);
      expect(parse(text, { delimiter, relax_column_count: true, record_delimiter: ['\r\n', '\n', '\r'] })).toEqual(records);
    }), { numRuns: 500 });
  });

  it('of cells without quotes are those of csv-parse', () => {
    const bare = fc.stringMatching(/^[a-z0-9.,;|\t \n\r-]{0,80}$/);
    fc.assert(fc.property(bare, fc.constantFrom(',', ';', '\t', '|'), (text, delimiter) => {
      const oracle = parse(text, { delimiter, relax_column_count: true, skip_empty_lines: true, record_delimiter: ['\r\n', '\n', '\r'] });
      expect(recordsOf(text, delimiter)).toEqual(oracle.filter((record) => record.length > 1 || record[0]!.trim() !== ''));
    }), { numRuns: 500 });
  });
});
