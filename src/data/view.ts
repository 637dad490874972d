import type { SeriesView } from '../shared/dataset.ts';

/** How much of a series is wanted: the stretch of its time axis (null: from its first, to its last) and about how many points. */
export interface ViewRange { from: number | null; to: number | null; points: number }

/**
 * A stretch of a series with about as many points as fit on a screen. A long one keeps the first, lowest, highest and
 * last value of each of points / 4 stretches, so that every peak stays; gaps (NaN) stay gaps. One more row is taken on either side,
 * so that the line goes on to the edge.
 *
 * @param series time [rows] ascending, values [rows]
 */
export function seriesView(series: { kind: SeriesView['kind']; time: Float64Array; values: Float64Array }, { from, to, points }: ViewRange): SeriesView {
  const { kind, time, values } = series;
  const first = from === null ? 0 : Math.max(0, lowerBound(time, from) - 1);
  const end = to === null ? time.length : Math.min(time.length, lowerBound(time, to) + 2);
  const rows = keptRows(values, first, Math.max(first, end), points);
  return {
    kind, rows: time.length, start: time[0] ?? 0, end: time.at(-1) ?? 0,
    row: rows, time: Float64Array.from(rows, (row) => time[row]!), values: Float64Array.from(rows, (row) => values[row]!),
    whole: rows.length === end - first,
  };
}

/** The first row whose time is not below; the number of rows where all are. */
function lowerBound(time: Float64Array, at: number): number {
  let [low, high] = [0, time.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (time[middle]! < at) low = middle + 1;
    else high = middle;
  }
  return low;
}

function keptRows(values: Float64Array, first: number, end: number, points: number): Int32Array {
  const rows = end - first;
  if (rows <= points) return Int32Array.from({ length: rows }, (_, i) => first + i);
  const buckets = Math.max(1, Math.floor(points / 4));
  const kept = new Int32Array(buckets * 4);
  let n = 0;
  for (let b = 0; b < buckets; b++) {
    const start = first + Math.floor((b * rows) / buckets);
    const last = first + Math.floor(((b + 1) * rows) / buckets) - 1;
    let [low, high, gap] = [-1, -1, -1];
    for (let i = start; i <= last; i++) {
      const value = values[i]!;
      if (value !== value) { gap = i; continue; }
      if (low < 0 || value < values[low]!) low = i;
      if (high < 0 || value > values[high]!) high = i;
    }
    // With a gap in the stretch it takes the last place, so that at most four rows are kept.
    const four = [start, low, high, gap < 0 ? last : gap].filter((row) => row >= 0).sort((a, b) => a - b);
    four.forEach((row, i) => { if (i === 0 || row !== four[i - 1]) kept[n++] = row; });
  }
  return kept.slice(0, n);
}
