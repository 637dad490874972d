import type { z } from 'zod';
import { environmentError } from '../shared/errors.ts';
import type { Connection } from './connection.ts';

/** JSON of a value that has this shape. Checked when written too: what cannot be read again must not get in. */
export function toJson<T>(schema: z.ZodType<T>, value: T): string {
  return JSON.stringify(schema.parse(value));
}

/** null stays null. */
export function fromJson(text: string | null): unknown {
  return text === null ? null : JSON.parse(text);
}

/** @throws environmentError 'storage.unreadable' when the row does not have the shape, with what and which it is */
export function readRow<T>(schema: z.ZodType<T>, what: 'run' | 'dataset' | 'queue item' | 'run log', id: string, assemble: () => unknown): T {
  let reason: string;
  try {
    const parsed = schema.safeParse(assemble());
    if (parsed.success) return parsed.data;
    const issue = parsed.error.issues[0];
    reason = issue === undefined ? parsed.error.message : `${issue.path.map(String).join('.')}: ${issue.message}`;
  } catch (error) {
    reason = (error as Error).message;
  }
  throw environmentError('storage.unreadable', `The stored ${what} "${id}" cannot be read (${reason}).`, {
    hint: 'It is left as it is; a newer Unroll may read it.', details: { what, id, reason },
  });
}

/** Reads all rows that can be read; one that cannot becomes a notice and does not take the others down. */
export function readRows<Row, T>(connection: Connection, rows: readonly Row[], read: (row: Row) => T): T[] {
  const values: T[] = [];
  for (const row of rows) {
    try {
      values.push(read(row));
    } catch (error) {
      const data = (error as { data?: Parameters<Connection['notice']>[0] }).data;
      if (data?.code !== 'storage.unreadable') throw error;
      connection.notice(data);
    }
  }
  return values;
}
