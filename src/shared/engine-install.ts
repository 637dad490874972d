import { z } from 'zod';
import { appErrorSchema } from './errors.ts';

/** Which of TensorFlow's builds: for the processor, or for an NVIDIA GPU with CUDA and cuDNN. */
export const engineKinds = ['cpu', 'cuda'] as const;
export type EngineKind = (typeof engineKinds)[number];

/** What a throwaway process found out about an installed engine. */
export const engineProbeSchema = z.object({
  ok: z.boolean(),
  /** TensorFlow's own version. */
  version: z.string().nullable(),
  device: z.string().nullable(),
  gpu: z.boolean(),
  /** Largest distance of a fused step's gradients from the reference, against the largest gradient; null: it came not so far. */
  gradientDistance: z.number().nullable(),
  /** Milliseconds of that step, once warm. */
  stepMilliseconds: z.number().nullable(),
  /** Why it cannot be used; null where it can. */
  reason: z.string().nullable(),
  at: z.string(),
});
export type EngineProbe = z.infer<typeof engineProbeSchema>;

/** engine.json in the folder of an installed engine. */
export const installedEngineSchema = z.object({
  version: z.string(), kind: z.enum(engineKinds),
  /** Path of tfjs-node's native binding, relative to the folder. */
  binding: z.string(),
  bytes: z.int(), installedAt: z.string(),
  probe: engineProbeSchema.nullable(),
});
export type InstalledEngine = z.infer<typeof installedEngineSchema>;

/** What the machine has that matters to TensorFlow. */
export const machineSchema = z.object({
  platform: z.string(), arch: z.string(),
  gpu: z.object({ name: z.string(), driver: z.string(), memoryBytes: z.number().nullable() }).nullable(),
});
export type Machine = z.infer<typeof machineSchema>;

/** What would be fetched; sizes are said before anything is. */
export const installPlanSchema = z.object({
  kind: z.enum(engineKinds),
  version: z.string(),
  packages: z.array(z.object({ package: z.string(), version: z.string(), file: z.string(), bytes: z.int() })),
  downloadBytes: z.int(),
  /** On the disk afterwards, about. */
  diskBytes: z.int(),
  /** Why this build and no other, one sentence. */
  reason: z.string(),
});
export type InstallPlan = z.infer<typeof installPlanSchema>;

export const installStages = ['fetching', 'checking', 'unpacking', 'building', 'probing'] as const;
export const installProgressSchema = z.object({
  stage: z.enum(installStages), item: z.string(),
  /** Bytes of the whole download; share of a stage that has none is 0. */
  done: z.number(), total: z.number(),
  secondsLeft: z.number().nullable(),
});
export type InstallProgress = z.infer<typeof installProgressSchema>;

export const engineStateSchema = z.object({
  installed: installedEngineSchema.nullable(),
  machine: machineSchema,
  /** What an install would do; null where TensorFlow cannot be had here. */
  plan: installPlanSchema.nullable(),
  /** Why there is no plan, and what happens instead. */
  unsupported: appErrorSchema.nullable(),
});
export type EngineState = z.infer<typeof engineStateSchema>;
