/**
 * Numbers in float64 as three float32 each, without losing a bit: parameters and optimizer state cross the backend
 * interface as Float32Array, and a resumed run must go on exactly.
 */
export function remainders(values: Float64Array): [Float32Array, Float32Array] {
  const first = new Float32Array(values.length);
  const second = new Float32Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const rest = values[i]! - Math.fround(values[i]!);
    first[i] = rest;
    second[i] = rest - first[i]!;
  }
  return [first, second];
}

/** The float64 values whose float32 rounding and remainders these are. */
export function rejoin(rounded: ArrayLike<number>, remainder: readonly [Float32Array, Float32Array]): Float64Array {
  return Float64Array.from(rounded, (value, i) => value + (remainder[0][i]! + remainder[1][i]!));
}
