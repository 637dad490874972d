import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatasetSummary } from '../shared/dataset.ts';
import { defaultSpec } from '../shared/defaults.ts';
import { AppError, type AppErrorData } from '../shared/errors.ts';
import { emptyRecipe } from '../shared/recipe.ts';
import { makeId } from '../shared/ids.ts';
import type { EpochRecord } from '../shared/run.ts';
import { rolesOf, type ForecastSpec } from '../shared/spec.ts';
import type { NewRun } from './runs.ts';

// What the tests of this folder share.

/** A folder of its own for one test. */
export function makeFolder(): { path: string; file: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'unroll-storage-'));
  return { path, file: join(path, 'unroll.db'), remove: () => rmSync(path, { recursive: true, force: true }) };
}

export const roles = rolesOf('Date', 'Rate');
export const spec: ForecastSpec = defaultSpec(roles, 880, 2_629_800);

export function newRun(change: Partial<NewRun> = {}): NewRun {
  return { id: makeId('run', randomBytes(10)), name: 'rates RNN 6×20', datasetId: null, datasetName: 'rates.csv', unit: '%', spec, ownerPid: process.pid, ...change };
}

export function epochs(from: number, to: number): EpochRecord[] {
  return Array.from({ length: to - from + 1 }, (_, i) => ({
    epoch: from + i, trainLoss: 1 / (from + i), validationLoss: 2 / (from + i), gradientNorm: 0.5, learningRate: 0.001, seconds: (from + i) / 10,
  }));
}

export function dataset(change: Partial<DatasetSummary> = {}): DatasetSummary {
  return {
    id: makeId('data', randomBytes(10)), name: 'rates.csv', sourcePath: '/home/a/rates.csv', sample: null, sha256: 'a'.repeat(64), sourceSize: 24, sourceModifiedAt: '2026-01-01T00:00:00.000Z', sampling: null, recipe: emptyRecipe, changes: [], rows: 3, text: null,
    columns: [{ name: 'Rate', type: 'number', missing: 0, min: 1, max: 3, mean: 2, sparkline: [1, null, 3], numberProblem: null, timeProblem: null, categories: null, encoding: null }],
    dialect: { delimiter: ',', decimal: '.', header: true, encoding: 'utf-8', format: 'text', skippedLines: 0 },
    roles, problem: null, secondsPerRow: 2_629_800, unit: '%', openedAt: '2026-01-02T03:04:05.678Z', ...change,
  };
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
