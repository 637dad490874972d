import type { Analysis, Cycle, Season } from '../../shared/analysis.ts';
import { centre } from './autocorrelation.ts';
import { powerOfTwo, transform } from './fourier.ts';

/** Power by frequency k / size per row, k = 0 .. size / 2. */
interface Spectrum { power: Float64Array; size: number; rows: number }

type Drawn = Analysis['spectrum'];

/** Rows that are looked at; of a longer series the last ones. */
const MOST_ROWS = 2 ** 21;
/** How likely noise may make such a peak anywhere in the spectrum. */
const CHANCE = 0.001;
/** A season that explains less of the variance is none that a person could use. */
const WEAKEST = 0.03;
/** What is so far below the strongest peak may be what the window lets through of it. */
const LEAKAGE = 1e-5;
const MOST_SEASONS = 3;
/** A repetition is one from the third round on. */
const ROUNDS = 3;

const SECONDS: Record<Cycle, number> = { year: 365.2425 * 86_400, quarter: 91.310625 * 86_400, month: 30.436875 * 86_400, week: 7 * 86_400, day: 86_400, hour: 3600, minute: 60 };

/**
 * The seasons of a series: peaks of its periodogram (Hann window, straight line taken out) that noise would make
 * anywhere in the spectrum with a chance below 1 in 1000. The noise is what the neighbouring frequencies have (their
 * median), so that slow wandering is no season: ordinates of a smooth spectrum are exponential around it, and the test
 * allows for the few neighbours that tell it (Mann, Lees, Climatic Change 33, 1996). Peaks
 * at whole fractions of a season's period are its overtones. A season repeats at least three times.
 *
 * @param values [rows], NaN where there is no number
 * @param secondsPerRow mean seconds between two rows, null where the time is no date
 * @returns strongest first, at most three, with the mean course of the first and the spectrum that they were found in
 */
export function findSeasons(values: Float64Array, secondsPerRow: number | null): { seasons: Season[]; profile: number[]; spectrum: Drawn } {
  const used = values.length > MOST_ROWS ? values.subarray(values.length - MOST_ROWS) : values;
  const straight = withoutLine(used);
  if (straight === null) return { seasons: [], profile: [], spectrum: { periods: new Float64Array(), power: new Float64Array(), limit: new Float64Array() } };
  const spectrum = periodogram(straight);
  const { limit, peaks } = significant(spectrum);
  const found: { season: Season; profile: number[] }[] = [];
  for (const { period, chance } of withoutOvertones(peaks, spectrum)) {
    const snapped = snap(period, period * period / spectrum.rows, secondsPerRow);
    const { profile, strength } = seasonalProfile(used, snapped.period);
    if (strength >= WEAKEST) found.push({ season: { ...snapped, strength, chance }, profile });
  }
  found.sort((a, b) => b.season.strength - a.season.strength);
  return { seasons: found.slice(0, MOST_SEASONS).map(({ season }) => season), profile: found[0]?.profile ?? [], spectrum: forChart(spectrum, limit) };
}

/** Least squares line taken out, missing values 0; null for too few values or a column that is a straight line. */
function withoutLine(values: Float64Array): Float64Array | null {
  const { centred, count } = centre(values);
  if (count < 4 * ROUNDS) return null;
  const n = values.length;
  const middle = (n - 1) / 2;
  let [xy, xx, before, after] = [0, 0, 0, 0];
  for (let i = 0; i < n; i++) {
    if (!Number.isFinite(values[i]!)) continue;
    xy += (i - middle) * centred[i]!;
    xx += (i - middle) ** 2;
    before += centred[i]! ** 2;
  }
  const slope = xx > 0 ? xy / xx : 0;
  for (let i = 0; i < n; i++) {
    if (!Number.isFinite(values[i]!)) continue;
    centred[i] = centred[i]! - slope * (i - middle);
    after += centred[i]! ** 2;
  }
  return after > 1e-16 * before && before > 0 ? centred : null;
}

/** Two halves of the real series go through one transform of half the length, even rows as real part, odd ones as imaginary. */
function periodogram(x: Float64Array): Spectrum {
  const n = x.length;
  const size = powerOfTwo(n);
  const half = size / 2;
  const [re, im] = [new Float64Array(half), new Float64Array(half)];
  for (let i = 0; i < n; i++) {
    const hann = 0.5 - 0.5 * Math.cos((2 * Math.PI * (i + 0.5)) / n);
    (i % 2 === 0 ? re : im)[i >> 1] = x[i]! * hann;
  }
  transform(re, im);
  const power = new Float64Array(half + 1);
  for (let k = 0; k <= half; k++) {
    const [a, b] = [k % half, (half - k) % half];
    const [er, ei] = [(re[a]! + re[b]!) / 2, (im[a]! - im[b]!) / 2];
    const [or, oi] = [(im[a]! + im[b]!) / 2, (re[b]! - re[a]!) / 2];
    const angle = (-2 * Math.PI * k) / size;
    const [c, s] = [Math.cos(angle), Math.sin(angle)];
    power[k] = (er + c * or - s * oi) ** 2 + (ei + c * oi + s * or) ** 2;
  }
  return { power, size, rows: n };
}

interface Peak { period: number; power: number; chance: number }

/** Peaks that noise would not make, and for every frequency the power that noise stays below. */
function significant(spectrum: Spectrum): { limit: Float64Array; peaks: Peak[] } {
  const { power, size, rows } = spectrum;
  const last = size / 2;
  const first = Math.max(1, Math.floor((ROUNDS * size) / rows));
  const limit = new Float64Array(last + 1).fill(Number.NaN);
  const peaks: Peak[] = [];
  const tests = rows / 2;
  const backgroundAt = backgrounds(spectrum);
  for (let k = first; k <= last; k++) {
    const { level, neighbours } = backgroundAt(k);
    if (neighbours < 2) continue;
    const freedom = 0.48 * neighbours * (rows / size);
    // F(2, 2m): the ordinate over a background estimated from m independent ones exceeds z with chance (1 + z / m)^-m.
    limit[k] = level * freedom * ((CHANCE / tests) ** (-1 / freedom) - 1);
    if (!(power[k]! > limit[k]!) || power[k]! < power[k - 1]! || (k < last && power[k]! < power[k + 1]!)) continue;
    const chance = Math.min(1, tests * (1 + power[k]! / level / freedom) ** -freedom);
    peaks.push({ period: size / topOf(power, k), power: power[k]!, chance });
  }
  return { limit, peaks };
}

/** Where the parabola through the logarithms of three neighbours is highest. */
function topOf(power: Float64Array, k: number): number {
  const [a, b, c] = [power[k - 1] ?? 0, power[k]!, power[k + 1] ?? 0].map((value) => Math.log(Math.max(value, 1e-300))) as [number, number, number];
  const bend = a - 2 * b + c;
  return bend < 0 ? k + Math.max(-0.5, Math.min(0.5, (a - c) / (2 * bend))) : k;
}

/** Neighbours that tell the background: more would only cost time. */
const MOST_NEIGHBOURS = 130;

/**
 * The noise around a frequency: the median power of the frequencies from k / 2.5 to 2.5 k (at least 12 above), without
 * the peak's own lobe, as mean of an exponential distribution (median / ln 2). Of two such
 * estimates, for a flat spectrum (noise) and for one that falls with 1 / f^2 (a random walk), the larger one counts.
 */
function backgrounds({ power, size, rows }: Spectrum): (k: number) => { level: number; neighbours: number } {
  const last = size / 2;
  const lobe = Math.ceil((2 * size) / rows);
  let kept = { to: -1, level: 0, neighbours: 0 };
  const around = (from: number, to: number, k: number, slope: number): number[] => {
    const step = Math.max(1, Math.floor((to - from) / MOST_NEIGHBOURS));
    const found: number[] = [];
    for (let j = Math.max(1, from); j <= Math.min(last, to); j += step) if (Math.abs(j - k) > lobe) found.push(power[j]! * (j / k) ** slope);
    return found;
  };
  return (k) => {
    // Far up the background changes slowly: one estimate serves a fiftieth of the way.
    if (k > 200 && k <= kept.to) return kept;
    const [from, to] = [Math.floor(k / 2.5), Math.max(Math.ceil(k * 2.5), k + 12 * Math.ceil(lobe / 2))];
    const found = around(from, to, k, 0);
    kept = { to: Math.floor(k * 1.02), level: Math.max(median(found), median(around(from, to, k, 2))) / Math.LN2, neighbours: found.length };
    return kept;
  };
}

function median(values: number[]): number {
  if (values.length === 0) return 0;
  values.sort((a, b) => a - b);
  return values[values.length >> 1]!;
}

/**
 * Without the overtones of a season: a season that is no sine has peaks at whole fractions of its period. A peak at
 * such a fraction stays only where it is the stronger one and a whole number of rows (days within weeks).
 */
function withoutOvertones(peaks: readonly Peak[], { rows }: Spectrum): Peak[] {
  const sorted = [...peaks].sort((a, b) => b.power - a.power).slice(0, 24);
  const strongest = sorted.filter(({ power }) => power > LEAKAGE * sorted[0]!.power);
  return strongest.filter((peak) => !strongest.some((other) => {
    const times = Math.round(other.period / peak.period);
    if (times < 2) return false;
    const width = (other.period * other.period) / rows;
    if (Math.abs(other.period - times * peak.period) > Math.max(width, 0.02 * other.period)) return false;
    return peak.power <= other.power || Math.abs(peak.period - Math.round(peak.period)) > 0.02 * peak.period;
  }));
}

/** The round of calendar or clock nearest to a period, where it lies within what the spectrum can tell apart. */
function snap(period: number, resolution: number, secondsPerRow: number | null): { period: number; cycle: Cycle | null } {
  if (secondsPerRow !== null) {
    let best: Cycle | null = null;
    for (const [cycle, seconds] of Object.entries(SECONDS) as [Cycle, number][]) {
      const rows = seconds / secondsPerRow;
      const off = Math.abs(rows - period);
      if (rows >= 2 && off <= Math.max(resolution / 2, 0.01 * period) && (best === null || off < Math.abs(SECONDS[best] / secondsPerRow - period))) best = cycle;
    }
    if (best !== null) return { period: tidy(SECONDS[best] / secondsPerRow), cycle: best };
  }
  const whole = Math.round(period);
  return { period: Math.abs(whole - period) <= Math.max(resolution / 2, 0.01 * period) ? whole : tidy(period), cycle: null };
}

const tidy = (period: number) => { const whole = Math.round(period); return Math.abs(whole - period) < 0.002 * period ? whole : Number(period.toPrecision(4)); };

/**
 * The mean of each place in the season as deviation from the moving mean of one period, [round(period)], and the share
 * of the variance around that mean which it explains (Hyndman, Athanasopoulos: Forecasting, 3rd edition, 4.3), less
 * what as many means would explain of noise.
 */
export function seasonalProfile(values: Float64Array, period: number): { profile: number[]; strength: number } {
  const length = Math.round(period);
  const n = values.length;
  if (length < 2 || n < 2 * length) return { profile: [], strength: 0 };
  const level = movingMean(values, length);
  const [sums, counts] = [new Float64Array(length), new Float64Array(length)];
  const places = new Int32Array(n);
  for (let i = 0, phase = 0; i < n; i++, phase = phase + 1 >= period ? phase + 1 - period : phase + 1) {
    const p = places[i] = Math.min(length - 1, Math.floor(phase * (length / period)));
    const value = values[i]! - level[i]!;
    if (!Number.isFinite(value)) continue;
    sums[p]! += value;
    counts[p]! += 1;
  }
  const means = sums.map((sum, p) => (counts[p]! > 0 ? sum / counts[p]! : 0));
  const centre = means.reduce((sum, value) => sum + value / length, 0);
  let [left, all, count] = [0, 0, 0];
  for (let i = 0; i < n; i++) {
    const value = values[i]! - level[i]!;
    if (!Number.isFinite(value)) continue;
    all += (value - centre) ** 2;
    left += (value - means[places[i]!]!) ** 2;
    count += 1;
  }
  const adjusted = all > 0 && count > length + 1 ? 1 - (left / (count - length)) / (all / (count - 1)) : 0;
  return { profile: Array.from(means, (value) => value - centre), strength: Math.max(0, Math.min(1, adjusted)) };
}

/** The centred mean of `length` rows, missing ones left out; NaN at either end, and where most are missing. */
function movingMean(values: Float64Array, length: number): Float64Array {
  const n = values.length;
  const sums = new Float64Array(n + 1);
  const counts = new Float64Array(n + 1);
  const origin = values.find(Number.isFinite) ?? 0;
  for (let i = 0; i < n; i++) {
    const known = Number.isFinite(values[i]!);
    sums[i + 1] = sums[i]! + (known ? values[i]! - origin : 0);
    counts[i + 1] = counts[i]! + (known ? 1 : 0);
  }
  const half = length >> 1;
  const means = new Float64Array(n).fill(Number.NaN);
  for (let i = half; i + half < n; i++) {
    const [from, to] = [i - half, i + half + 1];
    let sum = sums[to]! - sums[from]!;
    let count = counts[to]! - counts[from]!;
    // An even length takes half of either end, so that the mean stands in the middle.
    if (length % 2 === 0) {
      const ends = (sums[from + 1]! - sums[from]!) + (sums[to]! - sums[to - 1]!);
      sum -= ends / 2;
      count -= ((counts[from + 1]! - counts[from]!) + (counts[to]! - counts[to - 1]!)) / 2;
    }
    if (count > length / 4) means[i] = origin + sum / count;
  }
  return means;
}

/** Points of a drawn spectrum. */
const POINTS = 2000;

/** Period, power and limit for the chart, by rising period; of many frequencies the highest of each stretch. Power as share of the largest. */
function forChart({ power, size, rows }: Spectrum, limit: Float64Array): Drawn {
  const first = Math.max(1, Math.floor(size / rows));
  const last = size / 2;
  const kept: number[] = [];
  let edge = last + 1;
  const ratio = (last / first) ** (1 / POINTS);
  while (edge > first) {
    const from = Math.max(first, Math.min(edge - 1, Math.floor(edge / ratio)));
    let best = from;
    for (let k = from; k < edge; k++) if (power[k]! > power[best]!) best = k;
    kept.push(best);
    edge = from;
  }
  const largest = Math.max(...kept.map((k) => power[k]!)) || 1;
  return {
    periods: Float64Array.from(kept, (k) => size / k), power: Float64Array.from(kept, (k) => power[k]! / largest), limit: Float64Array.from(kept, (k) => limit[k]! / largest),
  };
}
