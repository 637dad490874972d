import { basename } from 'node:path';

/** "unroll" of "/home/a/unroll.db": the files beside a database begin with it. */
export function stemOf(file: string): string {
  return basename(file).replace(/\.(db|sqlite3?)$/i, '');
}

/** A time that may stand in a file's name and sorts as text, for example 20260102T030405678Z. */
export function fileStamp(time: Date): string {
  return time.toISOString().replace(/[-:.]/g, '');
}
