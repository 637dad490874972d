/**
 * Points for a line, [2 * points]: x0, y0, x1, y1, … as ECharts reads typed arrays.
 * A long series keeps the first, lowest, highest and last value of each bucket, so that every peak stays;
 * gaps (NaN) stay gaps.
 *
 * @param x [rows]  @param y [rows]
 * @param from first row  @param to row after the last
 * @param most at most about this many points
 */
export function linePoints(x: ArrayLike<number>, y: ArrayLike<number>, most: number, from = 0, to = x.length): Float64Array {
  const rows = Math.max(0, to - from);
  if (rows <= most) {
    const out = new Float64Array(rows * 2);
    for (let i = 0; i < rows; i++) { out[2 * i] = x[from + i] ?? NaN; out[2 * i + 1] = y[from + i] ?? NaN; }
    return out;
  }
  const buckets = Math.max(1, Math.floor(most / 4));
  const kept: number[] = [];
  for (let b = 0; b < buckets; b++) {
    const start = from + Math.floor((b * rows) / buckets);
    const end = from + Math.floor(((b + 1) * rows) / buckets);
    keepOfBucket(y, start, end, kept);
  }
  const out = new Float64Array(kept.length * 2);
  kept.forEach((row, i) => { out[2 * i] = x[row] ?? NaN; out[2 * i + 1] = y[row] ?? NaN; });
  return out;
}

function keepOfBucket(y: ArrayLike<number>, start: number, end: number, kept: number[]): void {
  let low = -1;
  let high = -1;
  let gap = -1;
  for (let i = start; i < end; i++) {
    const value = y[i] ?? NaN;
    if (Number.isNaN(value)) { gap = i; continue; }
    if (low < 0 || value < (y[low] ?? NaN)) low = i;
    if (high < 0 || value > (y[high] ?? NaN)) high = i;
  }
  // With a gap in the bucket it takes the last place, so that at most four rows are kept.
  const rows = [...new Set([start, low, high, gap >= 0 ? gap : end - 1])].filter((row) => row >= start && row < end);
  rows.sort((a, b) => a - b);
  kept.push(...rows);
}
