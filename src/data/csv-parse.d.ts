// csv-parse's own types pull in all of Node's. This folder compiles without them, so the part that is used is said here.
export interface RecordWithInfo { record: string[]; info: { lines: number } }
export interface CsvErrorLike extends Error { code: string; lines?: number }
export function parse(input: Uint8Array | string, options: {
  delimiter: string; info: true; relax_column_count: true; skip_empty_lines: true; record_delimiter?: string[]; quote?: string | null; max_record_size?: number;
}): RecordWithInfo[];
