import { z } from 'zod';
import type { ClassResult } from './classify.ts';
import type { DatasetSummary } from './dataset.ts';
import type { AppErrorData } from './errors.ts';
import type { GradientRecord } from './gradients.ts';
import type { Predictions, RunDetail } from './run.ts';
import type { RunLogEntry } from './run-log.ts';
import type { TextAccuracy, TextResult, TextSample } from './text.ts';

/** Weights of a run as the bytes of a checkpoint. */
export interface ParcelCheckpoint { kind: 'last' | 'best' | 'final'; epoch: number; savedAt: string; bytes: Uint8Array }

/**
 * The data of a run: the bytes of its file, of a large table's own file (src/sources/kept.ts), or of a large text's. Each is what
 * the studio itself keeps, so that a run goes on with exactly the same numbers.
 */
export interface ParcelData { kind: 'source' | 'table' | 'text'; bytes: Uint8Array }

/** A run with everything that belongs to it: what a .unroll file holds. */
export interface RunParcel {
  run: RunDetail;
  log: RunLogEntry[];
  checkpoints: ParcelCheckpoint[];
  predictions: Predictions | null;
  text: { result: TextResult; samples: (TextSample & { weights: Uint8Array | null })[] } | null;
  classes: ClassResult | null;
  accuracies: TextAccuracy[];
  gradients: GradientRecord[];
  /** null: the run's data was gone. */
  dataset: DatasetSummary | null;
  /** null: the data did not go with it, for it is gone or too large. */
  data: ParcelData | null;
}

/** Data files up to here go with a run, in bytes. */
export const MAX_PARCEL_DATA = 128 * 1024 * 1024;

/** A parcel as the storage hands it out: the data is still gzip'd, or a file that is kept beside the database. */
export interface StoredParcel extends Omit<RunParcel, 'data'> {
  data: { kind: 'gzip'; bytes: Uint8Array } | { kind: 'table' | 'text'; path: string } | null;
}

/** What an import came to. */
export const importedSchema = z.object({
  id: z.string(), name: z.string(), epochs: z.int(),
  /** Whether its data is there: it can go on. */
  data: z.boolean(),
  /** Of the file, where its data is missing. */
  wanted: z.object({ name: z.string(), sha256: z.string() }).nullable(),
});
export type Imported = z.infer<typeof importedSchema>;

/** What the importing process is told: one file, and the database that it goes into; and what it answers. */
export interface ImportJob { path: string; again: boolean; database: string; nativeBinding: string | undefined }
export type ImportReply = { ok: true; imported: Imported } | { ok: false; error: AppErrorData };
