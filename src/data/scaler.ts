import type { RunSpec } from '../shared/spec.ts';

/** scaled = (value - offset) / scale; value = scaled * scale + offset. */
export interface Scaler { offset: number; scale: number }

/**
 * Fits on the training rows alone: what comes later must not be known.
 * standard: mean and population standard deviation; minmax: onto 0..1. A column that does not vary keeps scale 1.
 *
 * @param values [rows]; only the first `trainEnd` are looked at
 */
export function fitScaler(kind: RunSpec['scaling'], values: Float64Array, trainEnd: number): Scaler {
  if (kind === 'none' || trainEnd === 0) return { offset: 0, scale: 1 };
  const part = values.subarray(0, trainEnd);
  if (kind === 'minmax') {
    let min = Infinity;
    let max = -Infinity;
    for (const value of part) {
      if (value < min) min = value;
      if (value > max) max = value;
    }
    return { offset: min, scale: max > min ? max - min : 1 };
  }
  let mean = 0;
  for (const value of part) mean += value / part.length;
  let variance = 0;
  for (const value of part) variance += (value - mean) ** 2 / part.length;
  const scale = Math.sqrt(variance);
  // What rounding leaves of a constant column is no variation.
  return { offset: mean, scale: scale > 1e-12 * Math.max(1, Math.abs(mean)) ? scale : 1 };
}

/** Writes scaled values into feature `f` of the array [rows, features]. */
export function applyScaler({ offset, scale }: Scaler, values: Float64Array, into: Float32Array, f: number, features: number): void {
  for (let row = 0; row < values.length; row++) into[row * features + f] = (values[row]! - offset) / scale;
}
