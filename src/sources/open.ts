import { createHash } from 'node:crypto';
import { MAX_TABLE_BYTES, readTable, type Table } from '../data/index.ts';
import type { Sampling } from '../shared/dataset.ts';
import { inputError } from '../shared/errors.ts';
import { toCsv } from './duckdb.ts';
import { sheetText } from './excel.ts';
import { readPieces, readWhole, statSource, type SourceFile } from './file.ts';
import { gunzip } from './gzip.ts';
import { kindOf, type Kind } from './kind.ts';
import { sampleFile, tooLargeWhole } from './sampling.ts';

/** A file that was read. */
export interface Opened {
  file: SourceFile;
  table: Table;
  /** SHA-256 of the file, in hexadecimal; of the rows that were read where it was sampled. */
  sha256: string;
  sampling: Sampling | null;
  /** The file itself, to be kept; null where it was sampled. */
  bytes: Uint8Array | null;
}

/**
 * Reads a data file of any kind that Unroll knows: text with delimiters, gzip of one, Parquet, JSON lines or an array of
 * objects, a sheet of an Excel workbook.
 *
 * @param sampling which rows of a file that is too large; null reads it whole
 * @param onProgress is told the share that was read, 0 to 1, where rows are picked out of a text
 * @throws AppError with one sentence that names the file and, where there is one, the line; 'file.choose-sample' for a file that is too large
 */
export async function openSource(path: string, sampling: Sampling | null = null, onProgress: (share: number) => void = () => undefined): Promise<Opened> {
  const file = statSource(path);
  if (sampling !== null) return openSample(file, sampling, onProgress);
  if (file.size > MAX_TABLE_BYTES) throw tooLargeWhole(file.name, file.size);
  const bytes = readWhole(file);
  return { file, table: await tableOf(bytes, file.name), sha256: sha256(bytes), sampling, bytes };
}

/** The table of a file's bytes. @throws as `openSource` */
export async function tableOf(bytes: Uint8Array, name: string): Promise<Table> {
  const kind = kindOf(bytes, name);
  switch (kind) {
    case 'gzip': {
      const inner = gunzip(bytes, name, MAX_TABLE_BYTES);
      if (inner[0] === 0x1f && inner[1] === 0x8b) throw inputError('file.gzip', `"${name}" is packed by gzip twice.`, { hint: 'Unpack it once, then open it.', details: { name } });
      return tableOf(inner, name);
    }
    case 'parquet': case 'json': {
      const { text, columns } = await toCsv(kind, bytes, name, null);
      return readTable(text, name, { format: kind, lineOf: 'row', columns });
    }
    case 'excel': {
      const { text, lines } = await sheetText(bytes, name);
      return readTable(text, name, { format: 'excel', lineOf: lines });
    }
    case 'text': return readTable(bytes, name);
  }
}

async function openSample(file: SourceFile, sampling: Sampling, onProgress: (share: number) => void): Promise<Opened> {
  const { kind } = headOf(file);
  if (kind === 'gzip' || kind === 'excel') {
    throw inputError('file.sample-kind', `Rows cannot be picked out of "${file.name}" as it is.`, { hint: 'Unpack it or save it as CSV, then open that.', details: { name: file.name } });
  }
  if (kind === 'parquet' || kind === 'json') {
    const { text, columns } = await toCsv(kind, file.path, file.name, sampling);
    return { file, table: readTable(text, file.name, { format: kind, lineOf: 'row', columns }), sha256: sha256(text), sampling, bytes: null };
  }
  const { table, text } = sampleFile(file, sampling, onProgress);
  return { file, table, sha256: sha256(text), sampling, bytes: null };
}

function headOf(file: SourceFile): { kind: Kind } {
  let kind: Kind = 'text';
  readPieces(file, 1 << 16, (bytes) => { kind = kindOf(bytes, file.name); return false; });
  return { kind };
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
