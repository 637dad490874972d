import type { EpochRecord } from '../../shared/run.ts';

/** Columns of epoch records; a missing validation loss is a gap (NaN). */
export function epochColumns(records: readonly EpochRecord[]) {
  return {
    epochs: Float64Array.from(records, (r) => r.epoch),
    train: Float64Array.from(records, (r) => r.trainLoss),
    validation: Float64Array.from(records, (r) => r.validationLoss ?? NaN),
    gradient: Float64Array.from(records, (r) => r.gradientNorm),
    /** Before the first epoch both are expected, so that nothing jumps when it comes. */
    hasValidation: records.length === 0 || records.some((r) => r.validationLoss !== null),
  };
}
