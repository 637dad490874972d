import type { SeriesView } from '../../shared/dataset.ts';

type Points = Pick<SeriesView, 'time' | 'values'>;

/** x0, y0, x1, y1, … as ECharts reads typed arrays, [2 * points]. */
export function linePairs({ time, values }: Points): Float64Array {
  const pairs = new Float64Array(time.length * 2);
  for (let i = 0; i < time.length; i++) {
    pairs[2 * i] = time[i]!;
    pairs[2 * i + 1] = values[i]!;
  }
  return pairs;
}

/** The whole series with a stretch of it replaced by its finer points: the overview stays while the detail is looked at. */
export function spliced(whole: SeriesView, detail: SeriesView): Points {
  const [from, to] = [detail.row[0], detail.row.at(-1)];
  if (from === undefined || to === undefined) return whole;
  const before = whole.row.findIndex((row) => row >= from);
  const after = whole.row.findIndex((row) => row > to);
  const head = before < 0 ? whole.row.length : before;
  const tail = after < 0 ? whole.row.length : after;
  const join = (a: Float64Array, b: Float64Array) => Float64Array.from([...a.subarray(0, head), ...b, ...a.subarray(tail)]);
  return { time: join(whole.time, detail.time), values: join(whole.values, detail.values) };
}
