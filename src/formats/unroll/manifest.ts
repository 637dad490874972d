import { z } from 'zod';
import { tasks } from '../../shared/spec.ts';

/** Version of the .unroll file; a change of shape raises it. See docs/unroll-file.md. */
export const UNROLL_VERSION = 1;

const hash = z.string().regex(/^[0-9a-f]{64}$/);
const size = z.int().min(0);

export const unrollManifestSchema = z.strictObject({
  format: z.literal('unroll'), version: z.literal(UNROLL_VERSION),
  /** Of Unroll, and when: ISO 8601. */
  madeBy: z.string().max(200), madeAt: z.string().max(100),
  run: z.strictObject({ id: z.string().min(1).max(100), name: z.string().max(500), status: z.string().max(40), epochs: size }),
  task: z.enum(tasks),
  /** null: the run's data was gone. `file`: the entry that holds it, null where it is too large to go with it; `sha256` of what the person opened. */
  data: z.strictObject({ name: z.string().max(1000), sha256: hash, file: z.enum(['data/source', 'data/table', 'data/text']).nullable() }).nullable(),
  /** Every other entry of the zip. */
  files: z.array(z.strictObject({ path: z.string().min(1).max(200), bytes: size, sha256: hash })).max(2000),
});
export type UnrollManifest = z.infer<typeof unrollManifestSchema>;
