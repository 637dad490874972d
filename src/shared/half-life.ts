/**
 * A curve over lags against its largest value, and its half-life: the steps from its peak until it falls under half of the
 * peak for good. Between two lags the fall is taken as exponential, which is what a linear recurrence does.
 *
 * @param values by lag, from 1 on
 * @returns halfLife null where it does not halve within the window or there is nothing
 */
export function relativeCurve(values: ArrayLike<number>): { relative: number[]; halfLife: number | null } {
  const all = Array.from(values);
  const largest = Math.max(...all, 0);
  if (!(largest > 0) || !Number.isFinite(largest)) return { relative: all.map(() => 0), halfLife: null };
  const relative = all.map((value) => Math.max(0, value) / largest);
  const peak = relative.indexOf(1);
  const last = relative.findLastIndex((value) => value >= 0.5);
  if (last === relative.length - 1) return { relative, halfLife: null };
  const [above, below] = [relative[last]!, relative[last + 1]!];
  const fraction = below === 0 ? 1 : Math.log(above / 0.5) / Math.log(above / below);
  return { relative, halfLife: last - peak + fraction };
}
