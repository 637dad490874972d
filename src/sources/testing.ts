import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AppError, type AppErrorData } from '../shared/errors.ts';

// What the tests of this folder share.

/** A folder of its own for one test. */
export function makeFolder(): { path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'unroll-sources-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** The data of the AppError that this throws. */
export function errorOf(action: () => unknown): AppErrorData {
  try {
    action();
  } catch (error) {
    if (error instanceof AppError) return error.data;
    throw error;
  }
  throw new Error('Nothing was thrown.');
}

/** The data of the AppError with which this is refused. */
export async function refusalOf(promise: Promise<unknown>): Promise<AppErrorData> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof AppError) return error.data;
    throw error;
  }
  throw new Error('Nothing was refused.');
}
