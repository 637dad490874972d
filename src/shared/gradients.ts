import { z } from 'zod';
import { float32Array } from './arrays.ts';
import { relativeCurve } from './half-life.ts';
import type { RunSpec } from './spec.ts';

/** The health of the gradient while a run trains, measured on a few windows of the training part after some of the epochs. */

/** Steps of a window that are kept at most: of longer windows each number is a mean over neighbours. */
export const GRADIENT_STEPS = 256;

export const gradientRecordSchema = z.object({
  epoch: z.int(),
  /** Numbers of a row of `flow` and of `memory`: the sequence length, or GRADIENT_STEPS. */
  width: z.int(),
  /** Mean norm of d loss / d h_t, [layers * directions, width], oldest step first. */
  flow: float32Array,
  /** Norm of the gradient of the parameters, of each layer (both directions) and, last, of the head. */
  layers: float32Array,
  /** Mean norm of d prediction / d x by lag, [width], index 0 is the last row that goes in. */
  memory: float32Array,
  /** Steps of the optimizer whose gradient was clipped, of all since the record before. */
  clipped: z.int(), steps: z.int(),
});
export type GradientRecord = z.infer<typeof gradientRecordSchema>;

export const gradientHealths = ['healthy', 'vanishing', 'exploding'] as const;
export const gradientRemedies = ['shorter', 'clip', 'gated', 'rate', 'orthogonal'] as const;

export const gradientVerdictSchema = z.object({
  health: z.enum(gradientHealths),
  /** First epoch from which on it has been so. */
  since: z.int(), epoch: z.int(),
  /** Norm at the oldest step against that at the newest, of the layer where it is worst. */
  ratio: z.number().nullable(),
  /** Steps back within which the norm stays above a hundredth of its largest value. */
  reach: z.int(),
  /** What to try, the likeliest first. */
  remedies: z.array(z.enum(gradientRemedies)),
});
export type GradientVerdict = z.infer<typeof gradientVerdictSchema>;

/** Under this share of the newest step's norm hardly anything is learnt from the oldest step; over that one it explodes. */
const [VANISHED, EXPLODED] = [1e-4, 10];
/** The norm of the whole gradient against its median so far. */
const JUMP = 10;
const LEFT = 0.01;

/** Rows of `flow` that go forwards in time: the others see the newest step first. */
function forwards(record: GradientRecord, bidirectional: boolean): Float32Array[] {
  const rows = record.flow.length / record.width;
  return Array.from({ length: rows }, (_, row) => row).filter((row) => !bidirectional || row % 2 === 0)
    .map((row) => record.flow.subarray(row * record.width, (row + 1) * record.width));
}

function total(record: GradientRecord): number {
  return Math.hypot(...record.layers);
}

interface Judged { health: GradientVerdict['health']; ratio: number | null; reach: number }

function judge(record: GradientRecord, sequenceLength: number, bidirectional: boolean, before: readonly GradientRecord[]): Judged {
  let worst: { ratio: number; row: Float32Array } | null = null;
  for (const row of forwards(record, bidirectional)) {
    const newest = row.at(-1)!;
    if (!(newest > 0)) continue;
    const ratio = row[0]! / newest;
    const far = Math.abs(Math.log(ratio));
    if (worst === null || far > Math.abs(Math.log(worst.ratio)) || Number.isNaN(far)) worst = { ratio, row };
  }
  const finite = [...record.flow, ...record.layers].every(Number.isFinite);
  const norms = before.map(total).filter(Number.isFinite).sort((a, b) => a - b);
  const median = norms[Math.floor(norms.length / 2)] ?? 0;
  const jumped = norms.length >= 3 && total(record) > JUMP * median && total(record) > 1;
  if (worst === null) return { health: finite ? 'healthy' : 'exploding', ratio: null, reach: sequenceLength };
  const largest = Math.max(...worst.row);
  const kept = worst.row.findIndex((norm) => norm >= LEFT * largest);
  const reach = Math.round(((worst.row.length - Math.max(0, kept)) * sequenceLength) / worst.row.length);
  const health = !finite || jumped || worst.ratio > EXPLODED ? 'exploding' : worst.ratio < VANISHED ? 'vanishing' : 'healthy';
  return { health, ratio: Number.isFinite(worst.ratio) ? worst.ratio : null, reach };
}

function remediesFor({ health, reach }: Judged, spec: RunSpec): GradientVerdict['remedies'] {
  const { cell, initialization } = spec.model;
  const plain = cell !== 'lstm' && cell !== 'gru';
  const orthogonal = initialization === 'orthogonal' ? [] : ['orthogonal' as const];
  if (health === 'exploding') return [...(spec.training.clipNorm === null ? ['clip' as const] : []), 'rate', 'shorter', ...(plain ? ['gated' as const] : []), ...orthogonal];
  if (health === 'vanishing') return [...(plain ? ['gated' as const] : []), ...(reach < spec.window.sequenceLength ? ['shorter' as const] : []), ...orthogonal];
  return [];
}

/**
 * What the latest record says, and since when it has been so.
 * @param records in the order of their epochs
 * @returns null where nothing was measured
 */
export function gradientVerdict(records: readonly GradientRecord[], spec: RunSpec): GradientVerdict | null {
  const last = records.at(-1);
  if (last === undefined) return null;
  const judged = records.map((record, i) => judge(record, spec.window.sequenceLength, spec.model.bidirectional, records.slice(0, i)));
  const now = judged.at(-1)!;
  const other = judged.findLastIndex(({ health }) => health !== now.health);
  return { ...now, since: records[other + 1]!.epoch, epoch: last.epoch, remedies: remediesFor(now, spec) };
}

/** Half-life of the memory of a record, in steps; null where it does not halve within the window. */
export function memoryHalfLife(record: GradientRecord, sequenceLength: number): number | null {
  const { halfLife } = relativeCurve(record.memory);
  return halfLife === null ? null : (halfLife * sequenceLength) / record.width;
}
