import { gunzipSync, gzipSync } from 'node:zlib';
import { parentPort } from 'node:worker_threads';
import { analyseColumn, columnSeries, describeTable, readTable, secondsPerRow, seriesTable, pointAt, seriesView, summaryOfColumn, tableRows, type Table } from '../../data/index.ts';
import { environmentError, toErrorData } from '../../shared/errors.ts';
import { readSource } from '../../storage/source-file.ts';
import type { ReaderCall, ReaderCalls, ReaderRequest, ReaderReply } from './protocol.ts';

// The reader thread: files are read and parsed here, so that main never waits for them.

/** Tables kept parsed; the least recently used goes first. */
const KEPT = 4;
const tables = new Map<string, Table>();

function keep(key: string, table: Table): void {
  tables.delete(key);
  tables.set(key, table);
  for (const oldest of tables.keys()) {
    if (tables.size <= KEPT) break;
    tables.delete(oldest);
  }
}

function tableOf(key: string): Table {
  const table = tables.get(key);
  if (table === undefined) throw environmentError('reader.unknown-table', 'The table is no longer in memory.', { hint: 'Open the dataset again.' });
  keep(key, table);
  return table;
}

const calls: { [C in ReaderCall]: (request: ReaderCalls[C]['request']) => ReaderCalls[C]['response'] } = {
  open: ({ path }) => {
    const { name, bytes, sha256 } = readSource(path);
    const table = readTable(bytes, name);
    keep(sha256, table);
    return { key: sha256, name, facts: describeTable(table), content: gzipSync(bytes, { level: 1 }) };
  },
  has: ({ key }) => tables.has(key),
  restore: ({ key, name, content }) => {
    const table = readTable(gunzipSync(content), name);
    keep(key, table);
    return describeTable(table);
  },
  rows: ({ key, start, count }) => tableRows(tableOf(key), start, count),
  column: ({ key, column, time }) => columnSeries(tableOf(key), column, time),
  view: ({ key, column, time, range }) => seriesView(columnSeries(tableOf(key), column, time), range),
  analysis: ({ key, column, time }) => analyseColumn(columnSeries(tableOf(key), column, time)),
  summaries: ({ key, columns }) => columns.map((column) => summaryOfColumn(tableOf(key), column)),
  point: ({ key, column, time, at }) => pointAt(columnSeries(tableOf(key), column, time), at),
  series: ({ key, roles }) => seriesTable(tableOf(key), roles),
  secondsPerRow: ({ key, time }) => secondsPerRow(tableOf(key), time),
};

function answer({ id, call, request }: ReaderRequest): ReaderReply {
  try {
    return { id, ok: true, value: (calls[call] as (request: unknown) => unknown)(request) };
  } catch (error) {
    return { id, ok: false, error: toErrorData(error) };
  }
}

parentPort?.on('message', (request: ReaderRequest) => parentPort?.postMessage(answer(request)));
