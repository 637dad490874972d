/** Milliseconds of one unit, and the numbers that are taken for a count of it since 1970: those of the years 1979 to 2106. */
const units: readonly (readonly [milliseconds: number, from: number, to: number])[] = [
  [1000, 3e8, 4.3e9], [1, 3e11, 4.3e12], [1e-3, 3e14, 4.3e15], [1e-6, 3e17, 4.3e18],
];

/**
 * Whether numbers count seconds, milliseconds, microseconds or nanoseconds since 1970: all of them lie in the one range of a unit.
 * A year, an index or a measurement lies far below.
 *
 * @returns milliseconds of the unit; null for other numbers
 */
export function epochUnit(values: Float64Array): number | null {
  const first = values.find((value) => !Number.isNaN(value));
  const unit = first === undefined ? undefined : units.find(([, from, to]) => first >= from && first < to);
  if (unit === undefined) return null;
  const [milliseconds, from, to] = unit;
  return values.every((value) => Number.isNaN(value) || (value >= from && value < to)) ? milliseconds : null;
}

/** Epoch milliseconds of such numbers. */
export function fromEpoch(values: Float64Array, unit: number): Float64Array {
  return unit === 1 ? values : values.map((value) => value * unit);
}
