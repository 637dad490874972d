import type { Dialect } from '../shared/dataset.ts';
import { parseNumber } from './numbers.ts';

/** How a column writes its times; dmy and mdy differ in whether the day or the month comes first. */
export type TimeFormat = 'iso' | 'iso-zoned' | 'year-month' | 'year' | 'dmy' | 'mdy' | 'number';

const iso = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(?: ?(Z|[+-]\d{2}:?\d{2}))?)?$/i;
const yearMonth = /^(\d{4})[-/](\d{1,2})$/;
const year = /^\d{4}$/;
const threePart = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2}))?)?$/;
/** Longer cells are no times. */
const LONGEST = 40;

/** UTC milliseconds; NaN for a day that the calendar does not have (30 February). */
function utc(y: number, m: number, d: number, h = 0, minute = 0, s = 0): number {
  if (m < 1 || m > 12 || d < 1 || d > 31 || h > 23 || minute > 59 || s > 59) return Number.NaN;
  // Date.UTC takes the years 0 to 99 for 1900 to 1999.
  const at = y < 100 ? new Date(0).setUTCFullYear(y, m - 1, d) : Date.UTC(y, m - 1, d);
  return d > 28 && new Date(at).getUTCDate() !== d ? Number.NaN : at + ((h * 60 + minute) * 60 + s) * 1000;
}

/** A time without a zone is taken for UTC; fractions of a millisecond are kept as far as float64 holds them. */
function readIso(text: string): number {
  const match = iso.exec(text);
  if (match === null) return Number.NaN;
  const [, y, m, d, h, minute, s, fraction, zone] = match;
  const at = utc(Number(y), Number(m), Number(d), Number(h ?? 0), Number(minute ?? 0), Number(s ?? 0)) + (fraction === undefined ? 0 : Number(`0.${fraction}`) * 1000);
  if (zone === undefined || zone === 'Z' || zone === 'z') return at;
  const [hours, minutes] = [Number(zone.slice(1, 3)), Number(zone.slice(-2))];
  // The farthest zones are 12 hours behind and 14 ahead of UTC.
  if (hours > 14 || minutes > 59) return Number.NaN;
  return at - (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 60_000;
}

function readThreePart(text: string, format: 'dmy' | 'mdy'): number {
  const match = threePart.exec(text);
  if (match === null) return Number.NaN;
  const [, a, , b, y, h, minute, s] = match;
  const [d, m] = format === 'dmy' ? [a, b] : [b, a];
  return utc(Number(y), Number(m), Number(d), Number(h ?? 0), Number(minute ?? 0), Number(s ?? 0));
}

/** @returns epoch milliseconds (UTC), the plain number for 'number', or NaN for what there is not */
export function readTime(cell: string, format: TimeFormat, decimal: Dialect['decimal']): number {
  const text = cell.trim();
  switch (format) {
    case 'iso': case 'iso-zoned': return readIso(text);
    case 'year-month': {
      const match = yearMonth.exec(text);
      return match === null ? Number.NaN : utc(Number(match[1]), Number(match[2]), 1);
    }
    case 'year': return year.test(text) ? utc(Number(text), 1, 1) : Number.NaN;
    case 'dmy': case 'mdy': return readThreePart(text, format);
    case 'number': return finite(parseNumber(text, decimal));
  }
}

function finite(value: number): number {
  return Number.isFinite(value) ? value : Number.NaN;
}

/** Whether a cell has the shape of a date; a bare number, also a year, is none here. */
export function looksLikeTime(cell: string): boolean {
  if (cell.length > LONGEST) return false;
  const text = cell.trim();
  return iso.test(text) || yearMonth.test(text) || threePart.test(text);
}

/** The formats that the shape of a cell allows, the more telling first, before the calendar is asked. */
export function formatsOf(cell: string, decimal: Dialect['decimal']): readonly TimeFormat[] {
  const text = cell.length > LONGEST ? '' : cell.trim();
  if (year.test(text)) return ['year', 'number'];
  const dated = iso.exec(text);
  if (dated !== null) return dated[8] === undefined ? ['iso'] : ['iso-zoned'];
  if (yearMonth.test(text)) return ['year-month'];
  const parts = threePart.exec(text);
  if (parts !== null) {
    // With dots the day always comes first; elsewhere a number above 12 tells which is the day.
    if (parts[2] === '.' || Number(parts[1]) > 12) return ['dmy'];
    return Number(parts[3]) > 12 ? ['mdy'] : ['dmy', 'mdy'];
  }
  return Number.isFinite(parseNumber(text, decimal)) ? ['number'] : [];
}
