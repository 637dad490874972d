import type { EpochRecord, RunDetail } from '../../../shared/run.ts';

export const curveKinds = ['validation', 'train', 'gradient', 'rate'] as const;
export type CurveKind = (typeof curveKinds)[number];
export const axisKinds = ['epoch', 'step', 'seconds'] as const;
export type AxisKind = (typeof axisKinds)[number];

/** A curve of a run. A step is an update of the weights: a batch of training windows. */
export function curveOf(records: readonly EpochRecord[], plan: RunDetail['plan'], batchSize: number, kind: CurveKind, axis: AxisKind): { x: Float64Array; y: Float64Array } {
  const steps = plan === null ? Number.NaN : Math.ceil(plan.windows.train / batchSize);
  const read = { validation: (r: EpochRecord) => r.validationLoss ?? Number.NaN, train: (r: EpochRecord) => r.trainLoss, gradient: (r: EpochRecord) => r.gradientNorm, rate: (r: EpochRecord) => r.learningRate }[kind];
  return { x: Float64Array.from(records, (r) => (axis === 'epoch' ? r.epoch : axis === 'step' ? r.epoch * steps : r.seconds)), y: Float64Array.from(records, read) };
}

/** Exponential moving average, with the bias of its beginning taken out (Kingma and Ba 2015); gaps stay gaps. */
export function smoothed(values: ArrayLike<number>, weight: number): Float64Array {
  let mean = 0;
  let seen = 0;
  return Float64Array.from(values, (value) => {
    if (!Number.isFinite(value)) return value;
    seen += 1;
    mean = weight * mean + (1 - weight) * value;
    return mean / (1 - weight ** seen);
  });
}

/** Mean, lowest and highest of several curves at each place where all of them have a value. */
export function band(curves: readonly { x: Float64Array; y: Float64Array }[]): { x: Float64Array; mean: Float64Array; low: Float64Array; high: Float64Array } {
  const shortest = curves.reduce<Float64Array | null>((least, { x }) => (least === null || x.length < least.length ? x : least), null) ?? new Float64Array();
  const at = (i: number) => curves.map(({ y }) => y[i]!);
  return {
    x: shortest, mean: shortest.map((_, i) => at(i).reduce((sum, value) => sum + value, 0) / curves.length),
    low: shortest.map((_, i) => Math.min(...at(i))), high: shortest.map((_, i) => Math.max(...at(i))),
  };
}
