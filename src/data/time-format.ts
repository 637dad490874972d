import type { Dialect } from '../shared/dataset.ts';
import { epochUnit, fromEpoch } from './epoch.ts';
import { monthOf, MONTH } from './month-names.ts';
import { parseNumber } from './numbers.ts';

/** How a column writes its times; dmy and mdy differ in whether the day or the month comes first. */
export type TimeFormat = 'iso' | 'iso-zoned' | 'year-month' | 'year' | 'compact' | 'quarter' | 'week' | 'chinese' | 'month-name' | 'dmy' | 'mdy' | 'number' | 'epoch';

/** 13:05, 13:05:59.25, 1:05 PM, 下午1:05; its groups are the marks before, hours, minutes, seconds, fraction, mark after. */
const CLOCK = String.raw`(?:(?:T| *)(上午|下午)? *(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(?: ?([ap])\.?m\.?)?)`;
const iso = new RegExp(String.raw`^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:(?=[T ]|上午|下午)${CLOCK}(?: ?(Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?))?)?$`, 'i');
const yearMonth = /^(\d{4})[-/](\d{1,2})$/;
const year = /^\d{4}$/;
const compact = /^(1[6-9]|2[0-3])(\d{2})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})?(Z?))?$/;
const quarter = /^(?:(\d{4})[- ]?Q([1-4])|Q([1-4])[- /]?(\d{4}))$/i;
const week = /^(\d{4})-?W(\d{2})$/i;
const threePart = new RegExp(String.raw`^(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|(?<!-)\d{2})(?:(?=[T ])${CLOCK})?$`, 'i');
const chinese = new RegExp(String.raw`^(\d{4}) *年(?: *(\d{1,2}) *月(?: *(\d{1,2}) *[日号號](?: *(?:${CLOCK}|(上午|下午)? *(\d{1,2}) *[时時点點](?: *(\d{1,2}) *分(?: *(\d{1,2}) *秒)?)?))?)?)?$`, 'i');
const weekday = /^[a-z]{3,9}\.?,? +(?=\d|[a-z])/i;
const dayFirst = new RegExp(String.raw`^(?:(\d{1,2})(?:st|nd|rd|th|\.)?[- /]*)?(?:de )?(${MONTH})\.?(?: de)?[-, /]*(\d{4}|'?\d{2})(?:(?=[ ,])[ ,]*${CLOCK}(?: ?(Z|UTC|GMT|[+-]\d{2}:?\d{2}))?)?$`, 'i');
const monthFirst = new RegExp(String.raw`^(${MONTH})\.?[- /]*(\d{1,2})(?:st|nd|rd|th)?(?:,| |-|/)+(\d{4})(?:(?=[ ,])[ ,]*${CLOCK})?$`, 'i');
const yearFirst = new RegExp(String.raw`^(\d{4})[- /]?(${MONTH})\.?(?:[- /]?(\d{1,2}))?$`, 'i');
/** Longer cells are no times. */
const LONGEST = 40;
/** Two digits stand for the years from 1969 to 2068, as POSIX has it. */
const PIVOT = 69;

/** UTC milliseconds; NaN for a day that the calendar does not have (30 February). */
export function utc(y: number, m: number, d: number): number {
  if (m < 1 || m > 12 || d < 1 || d > 31) return Number.NaN;
  // Date.UTC takes the years 0 to 99 for 1900 to 1999.
  const at = y < 100 ? new Date(0).setUTCFullYear(y, m - 1, d) : Date.UTC(y, m - 1, d);
  return d > 28 && new Date(at).getUTCDate() !== d ? Number.NaN : at;
}

type Group = string | undefined;

/** Milliseconds since midnight of the six groups of CLOCK; NaN for 25:00. Fractions of a millisecond are kept as far as float64 holds them. */
function clock([before, h, minute, s, fraction, after]: readonly Group[]): number {
  if (h === undefined) return 0;
  let hours = Number(h);
  const mark = before === '上午' ? 'a' : before === '下午' ? 'p' : after?.toLowerCase();
  if (mark !== undefined) {
    if (hours > 12 || (hours === 0 && before === undefined)) return hours < 24 && before !== undefined ? timeOfDay(hours, minute, s, fraction) : NaN;
    hours = (hours % 12) + (mark === 'p' ? 12 : 0);
  }
  return timeOfDay(hours, minute, s, fraction);
}

function timeOfDay(hours: number, minute: Group, s: Group, fraction: Group): number {
  const [minutes, seconds] = [Number(minute ?? 0), Number(s ?? 0)];
  if (hours > 23 || minutes > 59 || seconds > 59) return NaN;
  return ((hours * 60 + minutes) * 60 + seconds) * 1000 + (fraction === undefined ? 0 : Number(`0.${fraction}`) * 1000);
}

/** Milliseconds by which a zone is ahead of UTC; a time without a zone is taken for UTC. */
function ahead(zone: Group): number {
  if (zone === undefined || !/^[+-]/.test(zone)) return 0;
  const digits = zone.slice(1).replace(':', '');
  const [hours, minutes] = [Number(digits.slice(0, 2)), Number(digits.slice(2) || 0)];
  // The farthest zones are 12 hours behind and 14 ahead of UTC.
  if (hours > 14 || minutes > 59) return NaN;
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 60_000;
}

function fullYear(text: string): number {
  const digits = text.replace("'", '');
  return digits.length === 4 ? Number(digits) : Number(digits) + (Number(digits) < PIVOT ? 2000 : 1900);
}

function readIso(text: string): number {
  const match = iso.exec(text);
  return match === null ? NaN : utc(Number(match[1]), Number(match[3]), Number(match[4])) + clock(match.slice(5, 11)) - ahead(match[11]);
}

function readThreePart(text: string, format: 'dmy' | 'mdy'): number {
  const match = threePart.exec(text);
  if (match === null) return NaN;
  const [d, m] = format === 'dmy' ? [match[1], match[3]] : [match[3], match[1]];
  return utc(fullYear(match[4]!), Number(m), Number(d)) + clock(match.slice(5, 11));
}

function readChinese(text: string): number {
  const match = chinese.exec(text);
  if (match === null) return NaN;
  const spoken = match[11] === undefined ? [] : [match[10], match[11], match[12] ?? '0', match[13]];
  return utc(Number(match[1]), Number(match[2] ?? 1), Number(match[3] ?? 1)) + (spoken.length > 0 ? clock(spoken) : clock(match.slice(4, 10)));
}

function readMonthName(given: string): number {
  const bare = monthOf(given) === null ? given.replace(weekday, (day) => (monthOf(day) === null ? '' : day)) : given;
  const day = dayFirst.exec(bare);
  if (day !== null) return utc(fullYear(day[3]!), monthOf(day[2]!)!, Number(day[1] ?? 1)) + clock(day.slice(4, 10)) - ahead(day[10]);
  const month = monthFirst.exec(bare);
  if (month !== null) return utc(Number(month[3]), monthOf(month[1]!)!, Number(month[2])) + clock(month.slice(4, 10));
  const y = yearFirst.exec(bare);
  return y === null ? NaN : utc(Number(y[1]), monthOf(y[2]!)!, Number(y[3] ?? 1));
}

function readCompact(text: string): number {
  const match = compact.exec(text);
  return match === null ? NaN : utc(Number(match[1]! + match[2]!), Number(match[3]), Number(match[4])) + timeOfDay(Number(match[5] ?? 0), match[6], match[7], undefined);
}

function readQuarter(text: string): number {
  const match = quarter.exec(text);
  return match === null ? NaN : utc(Number(match[1] ?? match[4]), Number(match[2] ?? match[3]) * 3 - 2, 1);
}

/** Monday of an ISO 8601 week: week 1 is the one with 4 January. */
function readWeek(text: string): number {
  const match = week.exec(text);
  const n = Number(match?.[2]);
  if (match === null || n < 1 || n > 53) return NaN;
  const fourth = utc(Number(match[1]), 1, 4);
  return fourth - ((new Date(fourth).getUTCDay() + 6) % 7) * 86_400_000 + (n - 1) * 7 * 86_400_000;
}

/** @returns epoch milliseconds (UTC), the plain number for 'number', or NaN for what there is not */
export function readTime(cell: string, format: TimeFormat, decimal: Dialect['decimal']): number {
  const text = cell.trim();
  switch (format) {
    case 'iso': case 'iso-zoned': return readIso(text);
    case 'year-month': {
      const match = yearMonth.exec(text);
      return match === null ? NaN : utc(Number(match[1]), Number(match[2]), 1);
    }
    case 'year': return year.test(text) ? utc(Number(text), 1, 1) : NaN;
    case 'compact': return readCompact(text);
    case 'quarter': return readQuarter(text);
    case 'week': return readWeek(text);
    case 'chinese': return readChinese(text);
    case 'month-name': return readMonthName(text);
    case 'dmy': case 'mdy': return readThreePart(text, format);
    case 'number': return finite(parseNumber(text, decimal));
    case 'epoch': {
      const value = Float64Array.of(finite(parseNumber(text, decimal)));
      const unit = epochUnit(value);
      return unit === null ? NaN : fromEpoch(value, unit)[0]!;
    }
  }
}

function finite(value: number): number {
  return Number.isFinite(value) ? value : NaN;
}

/** Whether a cell has the shape of a date; a bare number, also a year, is none here. */
export function looksLikeTime(cell: string): boolean {
  return datesOf(cell.length > LONGEST ? '' : cell.trim()).length > 0;
}

/** The formats that the shape of a cell allows, the more telling first, before the calendar is asked. */
export function formatsOf(cell: string, decimal: Dialect['decimal']): readonly TimeFormat[] {
  const text = cell.length > LONGEST ? '' : cell.trim();
  if (year.test(text)) return ['year', 'number'];
  const dates = datesOf(text);
  if (dates.length > 0) return dates;
  if (!Number.isFinite(parseNumber(text, decimal))) return [];
  // Eight digits are a date where they name a day, and only where every cell does.
  return Number.isNaN(readCompact(text)) ? ['number'] : ['compact', 'number'];
}

const threeParts = { day: ['dmy'], month: ['mdy'], either: ['dmy', 'mdy'] } as const;

function datesOf(text: string): readonly TimeFormat[] {
  const first = text.charCodeAt(0);
  // Most cells are numbers or words: what does not begin like a date is not looked at.
  if (!(first >= 48 && first <= 57)) return /[a-zà-ü]/i.test(text[0] ?? '') && /\d/.test(text) ? (quarter.test(text) ? ['quarter'] : Number.isNaN(readMonthName(text)) ? [] : ['month-name']) : [];
  const dated = iso.exec(text);
  if (dated !== null) return dated[11] === undefined ? ['iso'] : ['iso-zoned'];
  if (yearMonth.test(text)) return ['year-month'];
  const parts = threePart.exec(text);
  if (parts !== null) {
    // With dots the day always comes first; elsewhere a number above 12 tells which is the day.
    if (parts[2] === '.' || Number(parts[1]) > 12) return threeParts.day;
    return Number(parts[3]) > 12 ? threeParts.month : threeParts.either;
  }
  if (text.includes('年')) return chinese.test(text) ? ['chinese'] : [];
  if (quarter.test(text)) return ['quarter'];
  if (week.test(text)) return ['week'];
  if (compact.test(text) && text.length > 8 && /[TZ]/i.test(text)) return ['compact'];
  return /[a-zà-ü]/i.test(text) && !Number.isNaN(readMonthName(text)) ? ['month-name'] : [];
}
