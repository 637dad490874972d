/** One formatter for every number a person sees: the locale's separators, sensible digits, never 0.30000001. */

const formats = new Map<string, Intl.NumberFormat>();
function numberFormat(locale: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = locale + JSON.stringify(options);
  let format = formats.get(key);
  if (format === undefined) formats.set(key, format = new Intl.NumberFormat(locale, options));
  return format;
}

const dateFormats = new Map<string, Intl.DateTimeFormat>();
/** To make one takes longer than to format a hundred dates. */
function dateFormat(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = locale + JSON.stringify(options);
  let format = dateFormats.get(key);
  if (format === undefined) dateFormats.set(key, format = new Intl.DateTimeFormat(locale, options));
  return format;
}

export const NOTHING = '–';

/**
 * A measured number with `digits` significant digits; whole numbers keep all of theirs up to a million.
 * Very small and very large ones are written as powers of ten.
 */
export function formatNumber(value: number | null | undefined, locale: string, digits = 4): string {
  if (value === null || value === undefined || Number.isNaN(value)) return NOTHING;
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e9)) {
    return numberFormat(locale, { notation: 'scientific', maximumSignificantDigits: Math.max(2, digits - 1) }).format(value);
  }
  if (size >= 10 ** (digits - 1)) return numberFormat(locale, { maximumFractionDigits: size >= 10 ** digits || Number.isInteger(value) ? 0 : 1 }).format(value);
  return numberFormat(locale, { maximumSignificantDigits: digits }).format(value);
}

/** The same number of decimals for a whole column, so that decimal points stand below one another. */
export function formatAligned(value: number | null | undefined, locale: string, decimals: number): string {
  if (value === null || value === undefined || Number.isNaN(value)) return NOTHING;
  return numberFormat(locale, { minimumFractionDigits: decimals, maximumFractionDigits: decimals }).format(value);
}

/** Decimals that show `digits` significant digits of the smallest number that is not 0. */
export function alignedDecimals(values: readonly (number | null | undefined)[], digits = 4): number {
  const sizes = values.filter((v): v is number => typeof v === 'number' && Number.isFinite(v) && v !== 0).map(Math.abs);
  if (sizes.length === 0) return 0;
  return Math.min(8, Math.max(0, digits - 1 - Math.floor(Math.log10(Math.min(...sizes)))));
}

export function formatCount(value: number | null | undefined, locale: string): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return NOTHING;
  return numberFormat(locale, { maximumFractionDigits: 0 }).format(value);
}

/** A number that is already in percent. */
export function formatPercent(value: number, locale: string): string {
  return numberFormat(locale, { style: 'percent', maximumFractionDigits: Math.abs(value) < 10 ? 1 : 0 }).format(value / 100);
}

/** A clock with more hours than this says less than a number of days. */
const TWO_DAYS = 172_800;

/** Seconds as a clock for what lasts (1:02:03, 0:34), in days beyond two of them, as a number for what is over in a moment (0.84 s). */
export function formatDuration(seconds: number | null | undefined, locale: string): string {
  if (seconds === null || seconds === undefined || !Number.isFinite(seconds)) return NOTHING;
  if (seconds < 10) return `${numberFormat(locale, { maximumFractionDigits: seconds < 1 ? 2 : 1 }).format(Math.max(0, seconds))} s`;
  if (seconds > TWO_DAYS) return numberFormat(locale, { style: 'unit', unit: 'day', unitDisplay: 'long', maximumFractionDigits: 0 }).format(seconds / 86_400);
  return formatClock(seconds);
}

/** Seconds as a clock, whatever their size: 0:05, 1:02:03. */
export function formatClock(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const two = (n: number) => String(n).padStart(2, '0');
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

/** When something happened on this machine: the time for today, else the day. */
export function formatWhen(iso: string, locale: string, now = new Date()): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return NOTHING;
  const sameDay = date.toDateString() === now.toDateString();
  const sameYear = date.getFullYear() === now.getFullYear();
  return dateFormat(locale, sameDay
    ? { hour: '2-digit', minute: '2-digit' }
    : { day: 'numeric', month: 'short', ...(sameYear ? { hour: '2-digit', minute: '2-digit' } : { year: 'numeric' }) }).format(date);
}
