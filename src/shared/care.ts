import { z } from 'zod';

/** What is kept of the weights of runs that are done; a run that can go on keeps all of them. */
export const keepPolicies = ['all', 'best-and-last', 'best', 'none'] as const;
export type KeepPolicy = (typeof keepPolicies)[number];

/** What lies in the data folder, in bytes where nothing else is said. */
export const storageFactsSchema = z.object({
  /** The database with its log. */
  database: z.number(),
  /** Of it: pages that hold nothing, which compacting gives back. */
  free: z.number(),
  /** Tables and texts of large files beside the database, and backups. */
  tables: z.number(), backups: z.number(),
  /** Of the database: weights and predictions of runs, and the copies of data files. */
  checkpoints: z.number(), predictions: z.number(), contents: z.number(),
  runs: z.int(), trash: z.int(), datasets: z.int(),
  keep: z.enum(keepPolicies),
  /** What trimming by the policy would give back now. */
  trimmable: z.number(),
});
export type StorageFacts = z.infer<typeof storageFactsSchema>;

/** `problems`: what SQLite found, empty when all is well. */
export const checkResultSchema = z.object({ problems: z.array(z.string()) });
export const compactResultSchema = z.object({ before: z.number(), after: z.number() });
export const exportResultSchema = z.object({ path: z.string(), bytes: z.number(), runs: z.int(), datasets: z.int() });
/** What came in; what was there already was left as it is. */
export const importResultSchema = z.object({ runs: z.int(), datasets: z.int(), comparisons: z.int(), known: z.int() });
export const trimResultSchema = z.object({ runs: z.int(), bytes: z.number() });
export type CheckResult = z.infer<typeof checkResultSchema>;
export type CompactResult = z.infer<typeof compactResultSchema>;
export type ExportResult = z.infer<typeof exportResultSchema>;
export type ImportResult = z.infer<typeof importResultSchema>;
export type TrimResult = z.infer<typeof trimResultSchema>;

/** Work on the database that is under way; `share` 0 to 1, null where it cannot be told. */
export const careTaskSchema = z.object({ what: z.enum(['check', 'compact', 'backup', 'export', 'import']), share: z.number().nullable() });
export type CareTask = z.infer<typeof careTaskSchema>;
