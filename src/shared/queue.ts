import { z } from 'zod';
import { appErrorSchema } from './errors.ts';
import { runSpecSchema } from './spec.ts';

/** A run to come: its settings are frozen. */
export const queueItemSchema = z.object({
  id: z.string(), name: z.string(), datasetId: z.string(), datasetName: z.string(), spec: runSpecSchema,
  /** The run that goes on when its turn comes; null: a new one begins. */
  runId: z.string().nullable(),
  groupId: z.string().nullable(), addedAt: z.string(),
  /** Why its turn passed without a run; it stays until it is tried again or taken out. */
  error: appErrorSchema.nullable(),
});
export type QueueItem = z.infer<typeof queueItemSchema>;

/** What waits, in its order; while it is held nothing of it begins. */
export const queueSchema = z.object({ items: z.array(queueItemSchema), held: z.boolean() });
export type Queue = z.infer<typeof queueSchema>;

/** Seeds of one group at most. */
export const MAX_SEEDS = 100;
/** Runs that may wait. */
export const MAX_QUEUE = 1000;
