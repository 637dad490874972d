import type { Frequency } from '../../shared/recipe.ts';
import { majority } from '../time-column.ts';

const SECOND = 1000;
const DAY = 86_400_000;
/** Milliseconds of the units that have a fixed length, the longest first. */
const fixed = [['week', 7 * DAY], ['day', DAY], ['hour', 3_600_000], ['minute', 60_000], ['second', SECOND]] as const;
/** So much of the distances must be one and the same for a series to have a frequency. */
const MOST = 0.5;
/** Distances that decide; a longer series is looked at in evenly spaced places. */
const LOOKED_AT = 200_000;

/** A frequency with the calendar it needs: the day of the month that its months end or begin on. */
export interface Grid {
  every: Frequency;
  /** Rows that are missing between two times; 0 where they follow one another. */
  missingBetween(from: number, to: number): number;
  /** The time `k` steps after this one. */
  after(from: number, k: number): number;
}

/**
 * How often a series has a row: the distance that at least half of its rows keep. Months, quarters and years are told by the
 * calendar, days without weekends by that there is no row on one.
 *
 * @param values ascending; epoch milliseconds, or plain numbers
 * @returns null for an irregular series, and for fewer than 3 rows
 */
export function detectFrequency(kind: 'date' | 'number', values: Float64Array): Frequency | null {
  const gaps = gapsOf(values);
  if (gaps.length < 2) return null;
  const usual = majority(gaps) ?? gaps.slice().sort()[gaps.length >> 1]!;
  const near = (gap: number, step: number) => Math.abs(gap - step) <= step * 0.01;
  const share = (fits: (gap: number) => boolean) => { let n = 0; for (const gap of gaps) if (fits(gap)) n += 1; return n / gaps.length; };
  if (kind === 'number') return share((gap) => near(gap, usual)) < MOST ? null : { unit: 'number', n: usual };
  if (usual >= 27.9 * DAY) {
    const months = monthFrequency(values);
    if (months !== null) return months;
  }
  if (near(usual, DAY) && onWeekdays(values) && share((gap) => near(gap, 3 * DAY)) > 0.1) return { unit: 'weekday', n: 1 };
  if (share((gap) => near(gap, usual)) < MOST) return null;
  const [unit, length] = fixed.find(([, ms]) => usual % ms === 0) ?? ['second', SECOND];
  return { unit, n: usual / length };
}

/** Distances between following rows, of a long series in stretches. */
function gapsOf(values: Float64Array): Float64Array {
  const n = values.length - 1;
  const step = Math.max(1, Math.ceil(n / LOOKED_AT));
  const gaps: number[] = [];
  for (let i = 0; i < n; i += step) if (values[i + 1]! > values[i]!) gaps.push(values[i + 1]! - values[i]!);
  return Float64Array.from(gaps);
}

const monthOf = (time: number) => { const date = new Date(time); return date.getUTCFullYear() * 12 + date.getUTCMonth(); };

function monthFrequency(values: Float64Array): Frequency | null {
  const steps = new Map<number, number>();
  for (let i = 1; i < values.length; i++) {
    const months = monthOf(values[i]!) - monthOf(values[i - 1]!);
    if (months > 0) steps.set(months, (steps.get(months) ?? 0) + 1);
  }
  const [most] = [...steps].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  if (most === undefined || most[1] < MOST * (values.length - 1)) return null;
  const days = new Set(Array.from(values.subarray(0, LOOKED_AT), (value) => new Date(value).getUTCDate()));
  // Of one day of the month, or of its ends.
  if (days.size > 4 || (days.size > 1 && Math.min(...days) < 28)) return null;
  const [months] = most;
  if (months % 12 === 0) return { unit: 'year', n: months / 12 };
  return months % 3 === 0 ? { unit: 'quarter', n: months / 3 } : { unit: 'month', n: months };
}

function onWeekdays(values: Float64Array): boolean {
  return values.every((value) => { const day = new Date(value).getUTCDay(); return day !== 0 && day !== 6; });
}

const monthsOf: Partial<Record<Frequency['unit'], number>> = { month: 1, quarter: 3, year: 12 };

/** @param values those that the grid is laid through: they tell the day of the month */
export function gridOf(every: Frequency, values: Float64Array): Grid {
  const months = monthsOf[every.unit];
  if (months !== undefined) return monthGrid(every, months * every.n, values);
  if (every.unit === 'weekday') return weekdayGrid(every);
  const length = every.unit === 'number' ? every.n : every.n * fixed.find(([unit]) => unit === every.unit)![1];
  return { every, missingBetween: (from, to) => Math.max(0, Math.round((to - from) / length) - 1), after: (from, k) => from + k * length };
}

function monthGrid(every: Frequency, months: number, values: Float64Array): Grid {
  const sample = values.subarray(0, 1000);
  const ends = sample.every((value) => new Date(value + DAY).getUTCDate() === 1);
  const day = ends ? 31 : Math.max(...Array.from(sample, (value) => new Date(value).getUTCDate()));
  return {
    every,
    missingBetween: (from, to) => Math.max(0, Math.round((monthOf(to) - monthOf(from)) / months) - 1),
    after: (from, k) => {
      const at = monthOf(from) + k * months;
      const longest = new Date(Date.UTC(Math.floor(at / 12), (at % 12) + 1, 0)).getUTCDate();
      return Date.UTC(Math.floor(at / 12), at % 12, Math.min(day, longest)) + (from % DAY);
    },
  };
}

function weekdayGrid(every: Frequency): Grid {
  /** Weekdays from Monday 29 December 1969 on. */
  const index = (time: number) => { const days = Math.floor(time / DAY) + 3; return Math.floor(days / 7) * 5 + Math.min(5, ((days % 7) + 7) % 7); };
  const at = (n: number) => (Math.floor(n / 5) * 7 + (n % 5) - 3) * DAY;
  return {
    every,
    missingBetween: (from, to) => Math.max(0, Math.round((index(to) - index(from)) / every.n) - 1),
    after: (from, k) => at(index(from) + k * every.n) + (from % DAY),
  };
}
