import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeTable } from '../data/index.ts';
import { AppError } from '../shared/errors.ts';
import { daily, gzip, utf16, utf8, workbook } from './catalogue/make.ts';
import { openSource } from './index.ts';
import { makeFolder } from './testing.ts';

// Random bytes, and random edits of good files of every kind: the answer is a table or a sentence, soon, and memory stays bounded.

/** A hang is minutes; a busy machine needs seconds. */
const MOST_MS = 15_000;
const MOST_GROWTH = 600e6;
let folder: ReturnType<typeof makeFolder>;
const good: Record<string, Uint8Array> = {
  'good.csv': utf8(daily(60)), 'title.csv': utf8(`A title\n# and a note\n${daily(60)}`), 'utf16.csv': utf16(daily(40), 'le'), 'good.csv.gz': gzip(daily(60)),
  'good.jsonl': utf8(Array.from({ length: 40 }, (_, i) => JSON.stringify({ at: `2024-01-${i}`, v: i / 7, s: `a"${i}` })).join('\n')),
  'good.json': utf8(JSON.stringify(Array.from({ length: 20 }, (_, i) => ({ at: i, v: [i], deep: { a: null } })))),
  'good.xlsx': workbook({ Sheet1: [['Date', 'Value'], ...Array.from({ length: 30 }, (_, i) => [{ day: 45_000 + i }, i / 3])] }),
};

beforeAll(async () => {
  folder = makeFolder();
  const path = join(folder.path, 'good.parquet');
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  const connection = await instance.connect();
  await connection.run(`COPY (SELECT DATE '2024-01-01' + range::INT AS at, range / 7 AS v, 'w' || range AS w FROM range(200)) TO '${path}' (FORMAT parquet)`);
  connection.closeSync();
  instance.closeSync();
  good['good.parquet'] = new Uint8Array(readFileSync(path));
});
afterAll(() => folder.remove());

async function check(name: string, bytes: Uint8Array): Promise<void> {
  const path = join(folder.path, name);
  writeFileSync(path, bytes);
  const began = performance.now();
  try {
    const { table } = await openSource(path);
    const facts = describeTable(table);
    expect((facts.roles === null) === (facts.problem !== null)).toBe(true);
    expect(table.lines).toHaveLength(table.rows);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    expect(error.data.fault).not.toBe('ours');
    expect(error.data.message).toMatch(/\.$/);
    expect(error.data.message.length).toBeLessThan(500);
  }
  expect(performance.now() - began).toBeLessThan(MOST_MS);
}

/** Cases of each kind: those that start DuckDB cost more. */
const runs = (name: string) => (/\.(jsonl?|parquet)$/.test(name) ? 40 : /xlsx/.test(name) ? 60 : 150);
const byte = fc.integer({ min: 0, max: 255 });
const edit = fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), remove: fc.nat(12), insert: fc.uint8Array({ maxLength: 6 }) });

function applied(file: Uint8Array, edits: { at: number; remove: number; insert: Uint8Array }[]): Uint8Array {
  return edits.reduce((bytes, { at, remove, insert }) => {
    const place = Math.floor(at * bytes.length);
    return Uint8Array.from([...bytes.subarray(0, place), ...insert, ...bytes.subarray(place + remove)]);
  }, file);
}

describe.each([...Object.keys(good), 'good.parquet'])('edits of %s', (name) => {
  it('end in a table or a sentence', async () => {
    const before = process.memoryUsage.rss();
    await fc.assert(fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 4 }), (edits) => check(name, applied(good[name]!, edits))), { numRuns: runs(name) });
    await fc.assert(fc.asyncProperty(fc.double({ min: 0, max: 1, noNaN: true }), (share) => check(name, good[name]!.slice(0, Math.floor(share * good[name]!.length)))), { numRuns: Math.ceil(runs(name) / 4) });
    expect(process.memoryUsage.rss() - before).toBeLessThan(MOST_GROWTH);
  }, 120_000);
});

describe('random bytes', () => {
  it.each([[[]], [[0x1f, 0x8b, 8, 0]], [[0x50, 0x41, 0x52, 0x31]], [[0x50, 0x4b, 3, 4, 0x78, 0x6c, 0x2f]], [[0x7b, 0x22]], [[0xff, 0xfe]], [[0xef, 0xbb, 0xbf]], [[0xc8, 0xd5]]])('after the signature %j', async (signature) => {
    await fc.assert(fc.asyncProperty(fc.array(byte, { maxLength: 400 }), (rest) => check('random.bin', Uint8Array.from([...signature, ...rest]))), { numRuns: 40 });
  }, 120_000);
});
