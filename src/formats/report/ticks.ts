/** A mark of an axis. */
export interface Tick { value: number; label: string }

const SECOND = 1000;
const DAY = 86_400_000;
const shortSteps = [1, 5, 15, 30, 60, 300, 900, 1800, 3600, 10_800, 21_600, 43_200].map((seconds) => seconds * SECOND);
const daySteps = [1, 2, 7, 14].map((days) => days * DAY);
const monthSteps = [1, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 6000, 12_000];
const MONTH = 30.44 * DAY;

/** Round numbers between two ends, about `most` of them; `whole`: without fractions. */
export function numberTicks(from: number, to: number, most: number, whole = false): Tick[] {
  const rough = Math.max(to / most - from / most, whole && to > from ? 1 : 0);
  if (!(rough > 0) || !Number.isFinite(rough)) return [{ value: from, label: figure(from) }];
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((times) => times * power).find((candidate) => candidate >= rough)!;
  const ticks: Tick[] = [];
  for (let n = Math.ceil(from / step); Number.isFinite(n * step) && n * step <= to + step * 1e-9 && ticks.length <= most + 1; n++) ticks.push({ value: n * step, label: figure(Number((n * step).toPrecision(12))) });
  return ticks;
}

/** Round dates between two times, epoch milliseconds in UTC, written as ISO 8601 writes them. */
export function dateTicks(from: number, to: number, most: number): Tick[] {
  const span = to - from;
  if (!(span > 0)) return [{ value: from, label: isoTime(from) }];
  const months = monthSteps.find((step) => span / (step * MONTH) <= most) ?? monthSteps.at(-1)!;
  const short = [...shortSteps, ...daySteps].find((step) => span / step <= most);
  const ticks: Tick[] = [];
  if (short === undefined) {
    const first = new Date(from);
    for (let month = Math.ceil((first.getUTCFullYear() * 12 + first.getUTCMonth()) / months) * months; ticks.length <= most + 1; month += months) {
      const value = new Date(0).setUTCFullYear(Math.floor(month / 12), month % 12, 1);
      if (value > to) break;
      if (value >= from) ticks.push({ value, label: new Date(value).toISOString().slice(0, months % 12 === 0 ? -20 : -17) });
    }
    return ticks;
  }
  for (let value = Math.ceil(from / short) * short; value <= to; value += short) {
    const text = new Date(value).toISOString();
    ticks.push({ value, label: short >= DAY ? text.slice(0, -14) : short >= 60 * SECOND ? text.slice(5, 16).replace('T', ' ') : text.slice(11, 19) });
  }
  return ticks;
}

/** Five significant digits, never 0.30000000000000004. */
export function figure(value: number | null | undefined, digits = 5): string {
  if (value === null || value === undefined || Number.isNaN(value)) return '–';
  if (value === 0) return '0';
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  const size = Math.abs(value);
  return size >= 1e9 || size < 1e-4 ? value.toExponential(Math.min(3, digits - 1)) : String(Number(value.toPrecision(digits)));
}

/** A time as ISO 8601 writes it in UTC: the day alone where it is whole. */
export function isoTime(value: number): string {
  if (!Number.isFinite(value) || Math.abs(value) > 8.64e15) return '';
  const text = new Date(value).toISOString();
  return value % DAY === 0 ? text.slice(0, -14) : value % SECOND === 0 ? `${text.slice(0, -5)}Z` : text;
}
