import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { inputError, type AppError } from '../shared/errors.ts';
import { MAX_TABLE_BYTES } from '../data/index.ts';
import type { Sampling } from '../shared/dataset.ts';
import { tooLargeWhole } from './sampling.ts';

/** Columns above are left out before a long text is made of them. */
const MAX_COLUMNS = 2_000;
/** What DuckDB may hold in memory of its own. */
const MEMORY = '512MB';

const quoted = (path: string) => `'${path.replaceAll("'", "''")}'`;
const named = (name: string) => `"${name.replaceAll('"', '""')}"`;

/**
 * A Parquet or JSON file as the text of a CSV with a header, by DuckDB: so that there is one way from a text to a table.
 * Times are written in UTC; what is nested stands as JSON.
 *
 * @throws inputError 'file.parquet' or 'file.json' where the file is broken, 'file.choose-sample' where it is too large
 */
export async function toCsv(kind: 'parquet' | 'json', bytes: Uint8Array | string, name: string, sampling: Sampling | null): Promise<{ text: Uint8Array; /** Of the file, those left out too. */ columns: number }> {
  const folder = mkdtempSync(join(tmpdir(), 'unroll-read-'));
  try {
    const path = typeof bytes === 'string' ? bytes : join(folder, 'source');
    if (typeof bytes !== 'string') writeFileSync(path, bytes);
    const out = join(folder, 'table.csv');
    // Extensions come with the program or not at all, and nothing but these two files is touched.
    const instance = await DuckDBInstance.create(':memory:', { threads: '2', memory_limit: MEMORY, autoinstall_known_extensions: 'false', autoload_known_extensions: 'false' });
    const connection = await instance.connect();
    try {
      await connection.run(`SET TimeZone = 'UTC'; SET temp_directory = ${quoted(folder)}; SET max_temp_directory_size = '2GB';`);
      const columns = await copy(connection, kind, path, out, sampling);
      const text = new Uint8Array(readFileSync(out));
      if (text.length > MAX_TABLE_BYTES) throw tooLargeWhole(name, text.length);
      return { text, columns };
    } catch (error) {
      throw explained(error, kind, name);
    } finally {
      connection.closeSync();
      instance.closeSync();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function copy(connection: DuckDBConnection, kind: 'parquet' | 'json', path: string, out: string, sampling: Sampling | null): Promise<number> {
  const parquet = kind === 'parquet';
  const source = (more = '') => (parquet ? `read_parquet(${quoted(path)}${more})` : `read_json(${quoted(path)}, maximum_object_size = 67108864${more})`);
  const all = (await (await connection.run(`DESCRIBE SELECT * FROM ${source(parquet ? '' : ', sample_size = -1')}`)).getRows()).map(([column, type]) => ({ column: String(column), type: String(type) }));
  const columns = all.slice(0, MAX_COLUMNS);
  // JSON values stay as they are written: a type guessed here would read a date another way than the one in a CSV.
  const typed = parquet ? '' : `, columns = {${columns.map(({ column }) => `${quoted(column)}: 'VARCHAR'`).join(', ')}}`;
  const picked = columns.map(({ column, type }) => (/^(?:STRUCT|MAP|UNION)|\[\d*\]$|^BLOB$/.test(type) && parquet ? `CAST(${named(column)} AS VARCHAR) AS ${named(column)}` : named(column))).join(', ');
  const rows = sampling === null ? `SELECT ${picked} FROM ${source(typed)}`
    : 'first' in sampling ? `SELECT ${picked} FROM ${source(typed)} LIMIT ${sampling.first}`
      : parquet ? `SELECT ${picked} FROM ${source(', file_row_number = true')} WHERE file_row_number % ${sampling.every} = 0`
        : `SELECT ${picked} FROM (SELECT *, row_number() OVER () - 1 AS unroll_row FROM ${source(typed)}) WHERE unroll_row % ${sampling.every} = 0`;
  await connection.run(`COPY (${rows}) TO ${quoted(out)} (FORMAT csv, HEADER true, DELIMITER ',', NULLSTR '')`);
  return all.length;
}

function explained(error: unknown, kind: 'parquet' | 'json', name: string): unknown {
  const message = error instanceof Error ? error.message : String(error);
  if (!(error instanceof Error) || 'data' in error || !/Error:|Parquet|JSON|Invalid|magic/i.test(message)) return error;
  if (/out of memory|failed to allocate|no space left|max_temp/i.test(message)) return tooLargeWhole(name, null);
  // DuckDB counts the line after the broken one.
  const line = /at byte \d+ in line (\d+)/.exec(message)?.[1];
  return kind === 'parquet' ? brokenParquet(name) : brokenJson(name, line === undefined ? null : Number(line) - 1);
}

function brokenParquet(name: string): AppError {
  return inputError('file.parquet', `"${name}" is a damaged or incomplete Parquet file.`, { hint: 'Get it again from where it came.', details: { name } });
}

function brokenJson(name: string, line: number | null): AppError {
  return inputError('file.json', line === null ? `"${name}" is not valid JSON.` : `"${name}", line ${line}: this is no valid JSON.`, {
    hint: 'One object a line, or one array of objects, each with the same names.', details: { name, line },
  });
}
