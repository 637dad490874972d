import type { Parameters } from '../engine/parameters.ts';
import { decodeCheckpoint } from '../formats/checkpoint.ts';
import type { ExportJob } from '../shared/exporter-protocol.ts';

/** A job with its weights read. */
export interface RunRecord extends Omit<ExportJob, 'checkpoint' | 'type' | 'out' | 'force'> { parameters: Parameters | null }

/** @throws inputError when the stored weights are damaged */
export function recordOf({ checkpoint, ...job }: Omit<ExportJob, 'type' | 'out' | 'force'>): RunRecord {
  return { ...job, parameters: checkpoint === null ? null : decodeCheckpoint(checkpoint).parameters };
}
