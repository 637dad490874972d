import { z } from 'zod';

const name = z.string().max(500);
const id = z.string().min(1).max(100);

/** Where a run came from that did not begin here with weights drawn by lot. */
export const runOriginSchema = z.discriminatedUnion('kind', [
  /** Out of a .unroll file: its id and name there; `sha256` of the file. */
  z.object({ kind: z.literal('unroll'), id, name, file: name, sha256: z.string() }),
  /** Weights of another program's file, bound to a dataset. */
  z.object({ kind: z.enum(['pytorch', 'onnx']), file: name, sha256: z.string() }),
  /** Trained on from the weights of another run, after so many of its epochs. */
  z.object({ kind: z.literal('fine-tuned'), id, name, epoch: z.int().min(0) }),
]);
export type RunOrigin = z.infer<typeof runOriginSchema>;
