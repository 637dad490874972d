import { z } from 'zod';

/** What a run can leave the studio as: the trained model in four formats, the whole run as a file of ours, a report, tables. */
export const exportFormats = ['onnx', 'tfjs', 'pytorch', 'keras', 'unroll', 'report', 'predictions'] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** How far an export's own predictions lie from the studio's; null where nothing could be run. */
export const proofSchema = z.object({
  by: z.string(),
  absolute: z.number().nullable(),
  /** Against the largest prediction. */
  relative: z.number().nullable(),
  windows: z.int(),
});

/** What was written. */
export const exportedSchema = z.object({
  format: z.enum(exportFormats),
  path: z.string(), files: z.array(z.string()), proofs: z.array(proofSchema),
  /** A few lines that use it, to be copied. */
  snippets: z.array(z.object({ language: z.string(), code: z.string() })),
});
export type Exported = z.infer<typeof exportedSchema>;

/** What an export is at: reading what the run left, making and proving the files, writing them. */
export const exportStages = ['reading', 'making', 'writing'] as const;
export type ExportStage = (typeof exportStages)[number];
