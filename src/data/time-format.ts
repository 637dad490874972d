/** How a column writes its times. Every format reads a cell to epoch milliseconds (UTC), or NaN where it does not fit. */
export type TimeFormat = 'iso' | 'year-month' | 'year' | 'dmy' | 'mdy' | 'number';

const iso = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*(Z|[+-]\d{2}:?\d{2})?)?$/;
const yearMonth = /^(\d{4})[-/](\d{1,2})$/;
const year = /^\d{4}$/;
const threePart = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2}))?)?$/;

/** UTC milliseconds; NaN for a day that the calendar does not have (30 February). */
function utc(y: number, m: number, d: number, h = 0, minute = 0, s = 0, ms = 0): number {
  if (m < 1 || m > 12 || d < 1 || h > 23 || minute > 59 || s > 59) return Number.NaN;
  const date = new Date(0);
  date.setUTCFullYear(y, m - 1, d);
  if (date.getUTCMonth() !== m - 1 || date.getUTCDate() !== d) return Number.NaN;
  return date.setUTCHours(h, minute, s, ms);
}

function readIso(cell: string): number {
  const match = iso.exec(cell);
  if (match === null) return Number.NaN;
  const [, y, m, d, h, minute, s, fraction, zone] = match;
  const at = utc(Number(y), Number(m), Number(d), Number(h ?? 0), Number(minute ?? 0), Number(s ?? 0), Math.floor(Number(`0.${fraction ?? 0}`) * 1000));
  if (zone === undefined || zone === 'Z') return at;
  const sign = zone.startsWith('-') ? -1 : 1;
  const digits = zone.replace(/[^\d]/g, '');
  return at - sign * (Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2))) * 60_000;
}

function readThreePart(cell: string, order: 'dmy' | 'mdy'): number {
  const match = threePart.exec(cell);
  if (match === null) return Number.NaN;
  const [, a, b, y, h, minute, s] = match;
  const [d, m] = order === 'dmy' ? [a, b] : [b, a];
  return utc(Number(y), Number(m), Number(d), Number(h ?? 0), Number(minute ?? 0), Number(s ?? 0));
}

/** @returns epoch milliseconds, the plain number for 'number', or NaN */
export function readTime(cell: string, format: TimeFormat): number {
  const text = cell.trim();
  switch (format) {
    case 'iso': return readIso(text);
    case 'year-month': {
      const match = yearMonth.exec(text);
      return match === null ? Number.NaN : utc(Number(match[1]), Number(match[2]), 1);
    }
    case 'year': return year.test(text) ? utc(Number(text), 1, 1) : Number.NaN;
    case 'dmy': case 'mdy': return readThreePart(text, format);
    case 'number': {
      const value = text === '' ? Number.NaN : Number(text);
      return Number.isFinite(value) ? value : Number.NaN;
    }
  }
}

/** Whether a cell has the shape of a date; a bare number is none here. */
export function looksLikeTime(cell: string): boolean {
  const text = cell.trim();
  return iso.test(text) || yearMonth.test(text) || threePart.test(text);
}

/** The shape of a cell, before the calendar is asked: which formats it could be. */
export function shapesOf(cell: string): TimeFormat[] {
  const text = cell.trim();
  if (iso.test(text)) return ['iso'];
  if (yearMonth.test(text)) return ['year-month'];
  const parts = threePart.exec(text);
  if (parts !== null) {
    const [a, b] = [Number(parts[1]), Number(parts[2])];
    if (a > 12) return ['dmy'];
    if (b > 12) return ['mdy'];
    return ['dmy', 'mdy'];
  }
  if (year.test(text)) return ['year', 'number'];
  return text !== '' && Number.isFinite(Number(text)) ? ['number'] : [];
}
