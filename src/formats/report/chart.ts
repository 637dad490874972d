import { escape } from './escape.ts';
import { dateTicks, numberTicks, type Tick } from './ticks.ts';

/** What a line means decides its colour and dash, as in the window. */
export type LineMeaning = 'truth' | 'prediction' | 'train' | 'validation' | 'forecast';
/** y against x, [n] each; NaN is a gap. */
export interface ChartLine { name: string; meaning: LineMeaning; x: ArrayLike<number>; y: ArrayLike<number>; /** Instead of what the meaning says: the colour that tells runs apart. */ look?: { color: string; dash: string } }
export interface Chart {
  title: string;
  x: { kind: 'date' | 'number' | 'row'; name: string };
  y: string;
  lines: ChartLine[];
  /** Stretches of the x axis with a name: the parts of the split. */
  parts?: { name: string; from: number }[];
  /** Between low and high, [n] each: an interval. */
  area?: { name: string; x: ArrayLike<number>; low: ArrayLike<number>; high: ArrayLike<number> };
  /** Where there is nothing to draw. */
  empty: string;
}

const WIDTH = 960;
const HEIGHT = 320;
const LEFT = 72;
const RIGHT = WIDTH - 16;
const TOP = 44;
const BOTTOM = HEIGHT - 44;

const style = `.u-chart{font:12px system-ui,sans-serif;fill:#3f3f46}.u-chart .u-grid{stroke:#e4e4e7}.u-chart .u-axis{stroke:#a1a1aa}.u-chart path{fill:none;stroke-width:1.6;stroke-linejoin:round;stroke-linecap:round}
.u-chart .truth{stroke:#3f3f46}.u-chart .prediction{stroke:#a8377f;stroke-dasharray:5 2}.u-chart .train{stroke:#0072b2}.u-chart .validation{stroke:#c24e00;stroke-dasharray:6 3}.u-chart .forecast{stroke:#5b4bb7}.u-chart .u-area{fill:#5b4bb7;fill-opacity:.18;stroke:none}.u-chart .u-part{stroke:#71717a;stroke-dasharray:2 3}`;
const darkStyle = `@media (prefers-color-scheme:dark){.u-chart{fill:#d4d4d8}.u-chart .u-grid{stroke:#2e2e33}.u-chart .u-axis{stroke:#52525b}.u-chart .truth{stroke:#e4e4e7}.u-chart .prediction{stroke:#f08fcb}.u-chart .train{stroke:#56b4e9}.u-chart .validation{stroke:#f0a030}.u-chart .forecast{stroke:#b4a7ff}.u-chart .u-area{fill:#b4a7ff}}`;

interface Range { low: number; high: number }

function rangeOf(lists: ArrayLike<number>[], pad: number): Range | null {
  let [low, high] = [Infinity, -Infinity];
  for (const list of lists) {
    for (let i = 0; i < list.length; i++) {
      const value = list[i]!;
      if (!Number.isFinite(value)) continue;
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }
  if (low > high) return null;
  // Of a constant the line lies in the middle. Halves, since the whole may be beyond the largest number.
  const half = high / 2 - low / 2;
  const room = half === 0 ? Math.max(Math.abs(low) * 0.05, 1) : half * 2 * pad;
  return pad === 0 && half > 0 ? { low, high } : { low: Math.max(low - room, -Number.MAX_VALUE), high: Math.min(high + room, Number.MAX_VALUE) };
}

const share = ({ low, high }: Range, value: number): number => (value / 2 - low / 2) / (high / 2 - low / 2);

/**
 * A line as the data of an SVG path. Of the points in one column of pixels the first, lowest, highest and last are drawn, so that
 * every peak of a long series stays.
 */
function pathOf({ x, y }: Pick<ChartLine, 'x' | 'y'>, xs: Range, ys: Range): string {
  const out: string[] = [];
  let isDown = false;
  const put = (i: number): void => {
    const place = `${(LEFT + share(xs, x[i]!) * (RIGHT - LEFT)).toFixed(1)} ${(BOTTOM - share(ys, y[i]!) * (BOTTOM - TOP)).toFixed(1)}`;
    // A point alone is a dot by its round ends.
    out.push(isDown ? `L${place}` : `M${place}h0`);
    isDown = true;
  };
  let bucket: number[] = [];
  const flush = (): void => {
    if (bucket.length > 4) {
      const low = bucket.reduce((a, b) => (y[b]! < y[a]! ? b : a));
      const high = bucket.reduce((a, b) => (y[b]! > y[a]! ? b : a));
      bucket = [...new Set([bucket[0]!, low, high, bucket.at(-1)!])].sort((a, b) => a - b);
    }
    bucket.forEach(put);
    bucket = [];
  };
  let column = -1;
  for (let i = 0; i < x.length; i++) {
    if (!Number.isFinite(x[i]!) || !Number.isFinite(y[i]!)) {
      flush();
      isDown = false;
      continue;
    }
    const at = Math.floor(share(xs, x[i]!) * (RIGHT - LEFT));
    if (at !== column) flush();
    column = at;
    bucket.push(i);
  }
  flush();
  return out.join('');
}

function axes(chart: Chart, xs: Range, ys: Range, xTicks: Tick[]): string {
  const px = (value: number) => (LEFT + share(xs, value) * (RIGHT - LEFT)).toFixed(1);
  const py = (value: number) => (BOTTOM - share(ys, value) * (BOTTOM - TOP)).toFixed(1);
  return [
    ...numberTicks(ys.low, ys.high, 6).map(({ value, label }) => `<line class="u-grid" x1="${LEFT}" x2="${RIGHT}" y1="${py(value)}" y2="${py(value)}"/><text x="${LEFT - 6}" y="${py(value)}" dy="4" text-anchor="end">${escape(label)}</text>`),
    ...xTicks.map(({ value, label }) => `<line class="u-axis" x1="${px(value)}" x2="${px(value)}" y1="${BOTTOM}" y2="${BOTTOM + 4}"/><text x="${px(value)}" y="${BOTTOM + 17}" text-anchor="middle">${escape(label)}</text>`),
    `<line class="u-axis" x1="${LEFT}" x2="${RIGHT}" y1="${BOTTOM}" y2="${BOTTOM}"/>`,
    `<text x="${(LEFT + RIGHT) / 2}" y="${HEIGHT - 6}" text-anchor="middle">${escape(chart.x.name)}</text><text x="${LEFT - 6}" y="${TOP - 10}" text-anchor="end">${escape(chart.y)}</text>`,
    ...(chart.parts ?? []).filter(({ from }) => from > xs.low && from < xs.high).map(({ from }) => `<line class="u-part" x1="${px(from)}" x2="${px(from)}" y1="${TOP}" y2="${BOTTOM}"/>`),
    ...(chart.parts ?? []).map(({ name, from }, i, all) => {
      const [start, end] = [Math.max(from, xs.low), Math.min(all[i + 1]?.from ?? xs.high, xs.high)];
      return end <= start ? '' : `<text x="${px(start / 2 + end / 2)}" y="${TOP - 4}" text-anchor="middle">${escape(name)}</text>`;
    }),
  ].join('');
}

function legend(chart: Chart): string {
  let x = LEFT;
  const items = [...chart.lines.map((line) => ({ name: line.name, mark: (at: number) => `<path ${lookOf(line)} d="M${at} 12h22"/>` })), ...(chart.area === undefined ? [] : [{ name: chart.area.name, mark: (at: number) => `<rect class="u-area" x="${at}" y="6" width="22" height="12"/>` }])];
  return items.map(({ name, mark }) => {
    const at = x;
    const shown = name.length > 40 ? `${name.slice(0, 39)}…` : name;
    // Wide signs take about two narrow ones.
    x += 44 + [...shown].reduce((sum, sign) => sum + (sign > '\u2e80' ? 13 : 7), 0);
    return `${mark(at)}<text x="${at + 28}" y="16">${escape(shown)}</text>`;
  }).join('');
}

const lookOf = ({ meaning, look }: Pick<ChartLine, 'meaning' | 'look'>): string => (look === undefined ? `class="${meaning}"` : `style="stroke:${look.color};stroke-dasharray:${look.dash}"`);

/**
 * A chart as one SVG element that needs nothing beside it.
 * @param themes both: it follows the reader's; light: on white paper alone
 */
export function svgChart(chart: Chart, themes: 'both' | 'light' = 'both'): string {
  const { lines, area } = chart;
  const xs = rangeOf([...lines.map(({ x }) => x), ...(area === undefined ? [] : [area.x])], 0);
  const ys = rangeOf([...lines.map(({ y }) => y), ...(area === undefined ? [] : [area.low, area.high])], 0.05);
  const open = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" class="u-chart" role="img" aria-label="${escape(chart.title)}"><style>${style}${themes === 'both' ? darkStyle : ''}</style><title>${escape(chart.title)}</title>`;
  if (xs === null || ys === null) return `${open}<text x="${WIDTH / 2}" y="${HEIGHT / 2}" text-anchor="middle">${escape(chart.empty)}</text></svg>`;
  const ticks = chart.x.kind === 'date' ? dateTicks(xs.low, xs.high, 7) : numberTicks(xs.low, xs.high, 8, chart.x.kind === 'row');
  const band = area === undefined ? '' : bandOf(area, xs, ys);
  return `${open}${axes(chart, xs, ys, ticks)}${band}${lines.map((line) => `<path ${lookOf(line)} d="${pathOf(line, xs, ys)}"/>`).join('')}${legend(chart)}</svg>`;
}

function bandOf({ x, low, high }: NonNullable<Chart['area']>, xs: Range, ys: Range): string {
  const there = Array.from({ length: x.length }, (_, i) => i).filter((i) => Number.isFinite(low[i]!) && Number.isFinite(high[i]!));
  if (there.length === 0) return '';
  const at = (i: number, value: number) => `${(LEFT + share(xs, x[i]!) * (RIGHT - LEFT)).toFixed(1)},${(BOTTOM - share(ys, value) * (BOTTOM - TOP)).toFixed(1)}`;
  return `<polygon class="u-area" points="${[...there.map((i) => at(i, high[i]!)), ...there.toReversed().map((i) => at(i, low[i]!))].join(' ')}"/>`;
}
