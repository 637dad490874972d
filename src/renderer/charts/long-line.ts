import { computed, shallowRef } from 'vue';
import { linePoints } from '../lib/downsample.ts';

/** More points than a screen has columns are not drawn one by one. */
const MOST = 8000;

/**
 * Lines over a long axis: the rows in view, thinned to what can be seen, and anew with every zoom.
 * @param x times in rising order, [rows]
 */
export function useLongLine(x: () => ArrayLike<number>) {
  const range = shallowRef({ start: 0, end: 100 });
  const rows = computed(() => {
    const values = x();
    const n = values.length;
    if (n <= MOST || (range.value.start === 0 && range.value.end === 100)) return { from: 0, to: n };
    const [first, last] = [values[0] ?? 0, values[n - 1] ?? 0];
    const at = (percent: number) => lowerBound(values, first + ((last - first) * percent) / 100);
    return { from: Math.max(0, at(range.value.start) - 1), to: Math.min(n, at(range.value.end) + 2) };
  });
  return {
    zoomed: (to: { start: number; end: number }) => { range.value = to; },
    points: (y: ArrayLike<number>) => linePoints(x(), y, MOST, rows.value.from, rows.value.to),
  };
}

/** Index of the first value that is not below `wanted`. */
export function lowerBound(values: ArrayLike<number>, wanted: number): number {
  let [low, high] = [0, values.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((values[middle] ?? Infinity) < wanted) low = middle + 1; else high = middle;
  }
  return low;
}
