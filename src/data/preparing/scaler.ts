import type { ForecastSpec } from '../../shared/spec.ts';

/** scaled = (value - offset) / scale; value = scaled * scale + offset. */
export interface Scaler { offset: number; scale: number }

/**
 * Fits on the training rows alone: what comes later must not be known.
 * standard: mean and population standard deviation; minmax: onto 0..1; robust: median and distance of the quartiles (linear between
 * the ranks, as numpy's percentile), which a few wild values do not move. A column that does not vary (robust: whose middle half does
 * not vary) keeps scale 1.
 *
 * @param values [rows]; only the first `trainEnd` are looked at
 */
export function fitScaler(kind: ForecastSpec['scaling'], values: Float64Array, trainEnd: number): Scaler {
  if (kind === 'none' || trainEnd === 0) return { offset: 0, scale: 1 };
  const part = values.subarray(0, trainEnd);
  let min = Infinity;
  let max = -Infinity;
  for (const value of part) {
    if (value < min) min = value;
    if (value > max) max = value;
  }
  if (min === max) return { offset: min, scale: 1 };
  if (kind === 'minmax') return { offset: min, scale: max - min };
  if (kind === 'robust') return robust(part);
  let mean = 0;
  for (const value of part) mean += value / part.length;
  // Deviations in units of the largest: the squares of very large or very small ones would not fit float64.
  const unit = Math.max(max - mean, mean - min);
  let variance = 0;
  for (const value of part) variance += ((value - mean) / unit) ** 2 / part.length;
  return { offset: mean, scale: unit * Math.sqrt(variance) };
}

function robust(part: Float64Array): Scaler {
  const sorted = part.slice().sort();
  const quantile = (share: number) => {
    const at = share * (sorted.length - 1);
    const below = sorted[Math.floor(at)]!;
    const above = sorted[Math.ceil(at)]!;
    return below + (above - below) * (at - Math.floor(at));
  };
  const spread = quantile(0.75) - quantile(0.25);
  return { offset: quantile(0.5), scale: spread > 0 && Number.isFinite(spread) ? spread : 1 };
}
