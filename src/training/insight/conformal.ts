/**
 * Prediction intervals by split conformal prediction (Vovk et al. 2005; Lei et al. 2018): the half-width at level 1 - alpha is the
 * ceil((n + 1)(1 - alpha))-th smallest of the n absolute residuals of data that the network was not fitted to. The promise holds
 * for exchangeable residuals; a series that changes its ways breaks it, which is why the coverage is measured and shown.
 */
export interface Intervals {
  level: number;
  /** Half-width for each step of the horizon, in the data's unit; null where there are too few residuals for the level. */
  halfWidths: (number | null)[];
  /** Residuals that each half-width comes from. */
  calibration: number;
  /** Share of the test part's truths inside their interval, for each step of the horizon; null without a half-width or test part. */
  coverage: (number | null)[];
  tested: number;
}

/**
 * The conformal quantile.
 * @returns null where n + 1 residuals cannot give the level: it needs n >= level / (1 - level), at least
 */
export function conformalQuantile(residuals: ArrayLike<number>, level: number): number | null {
  const rank = Math.ceil((residuals.length + 1) * level - 1e-9);
  if (residuals.length === 0 || rank > residuals.length) return null;
  return Float64Array.from(residuals, Math.abs).sort()[rank - 1]!;
}

/** Residuals, truth less prediction, [windows * horizon] of the calibration and the test part. */
export function conformalIntervals(calibration: Float64Array, test: Float64Array, horizon: number, level: number): Intervals {
  const ofStep = (residuals: Float64Array, h: number) => residuals.filter((_, i) => i % horizon === h);
  const halfWidths = Array.from({ length: horizon }, (_, h) => conformalQuantile(ofStep(calibration, h), level));
  const coverage = halfWidths.map((half, h) => {
    const tested = ofStep(test, h);
    return half === null || tested.length === 0 ? null : tested.filter((residual) => Math.abs(residual) <= half).length / tested.length;
  });
  return { level, halfWidths, coverage, calibration: calibration.length / horizon, tested: test.length / horizon };
}
