import type { ForecastSpec } from '../shared/spec.ts';

/** scaled = (value - offset) / scale; value = scaled * scale + offset. */
export interface Scaler { offset: number; scale: number }

/**
 * Fits on the training rows alone: what comes later must not be known.
 * standard: mean and population standard deviation; minmax: onto 0..1. A column that does not vary keeps scale 1.
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
  let mean = 0;
  for (const value of part) mean += value / part.length;
  // Deviations in units of the largest: the squares of very large or very small ones would not fit float64.
  const unit = Math.max(max - mean, mean - min);
  let variance = 0;
  for (const value of part) variance += ((value - mean) / unit) ** 2 / part.length;
  return { offset: mean, scale: unit * Math.sqrt(variance) };
}

/** Writes scaled values into feature `f` of the array [rows, features]. */
export function applyScaler({ offset, scale }: Scaler, values: Float64Array, into: Float32Array, f: number, features: number): void {
  for (let row = 0; row < values.length; row++) into[row * features + f] = (values[row]! - offset) / scale;
}
