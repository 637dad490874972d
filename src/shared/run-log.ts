import { z } from 'zod';
import { appErrorSchema } from './errors.ts';

/** What can happen to a run. */
export const runLogKinds = [
  'queued', 'imported', 'started', 'resumed', 'engine', 'rate', 'clipped', 'checkpoint', 'early-stop', 'paused', 'cancelled', 'interrupted', 'failed', 'done', 'trimmed',
] as const;
export type RunLogKind = (typeof runLogKinds)[number];

/** Something that happened to a run, with its cause. */
export const runLogEntrySchema = z.object({
  at: z.string(), kind: z.enum(runLogKinds),
  /**
   * By kind. started: device, backend, reason, detail. resumed: epoch, or 0 where there was no checkpoint. engine: from, to (it goes on with another engine). rate: epoch, from, to, cause (step, plateau).
   * clipped: epoch (the first), steps, of. checkpoint: epoch, times. early-stop: epoch, patience, best. trimmed: bytes. The others: epoch.
   */
  details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  error: appErrorSchema.nullable(),
});
export type RunLogEntry = z.infer<typeof runLogEntrySchema>;

/** What a run has been through, oldest first, and where it could go on. */
export const runHistorySchema = z.object({
  entries: z.array(runLogEntrySchema),
  /** The last checkpoint that training can go on from; null where there is none and the run would begin anew. */
  checkpoint: z.object({ epoch: z.int(), savedAt: z.string() }).nullable(),
});
export type RunHistory = z.infer<typeof runHistorySchema>;
