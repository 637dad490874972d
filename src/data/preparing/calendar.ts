import type { CalendarKind } from '../../shared/roles.ts';

const DAY = 86_400_000;
/** The first of January 1970 was a Thursday; weeks begin with Monday. */
const THURSDAY = 3;

/**
 * Where a time stands in its cycle, from 0 (its beginning) to below 1: the cycle closes, so that 23:00 is as near to midnight as 01:00.
 * Each step of the cycle (the hour, the day, the month) is one place: 08:00 and 08:59 are the same hour.
 *
 * @param time epoch milliseconds, read as UTC
 */
export function placeInCycle(of: CalendarKind, time: number): number {
  const date = new Date(time);
  switch (of) {
    case 'minute': return date.getUTCMinutes() / 60;
    case 'hour': return date.getUTCHours() / 24;
    case 'weekday': return (((Math.floor(time / DAY) + THURSDAY) % 7) + 7) % 7 / 7;
    case 'dayOfMonth': return (date.getUTCDate() - 1) / lengthOf(date, 1);
    case 'dayOfYear': return Math.floor((time - startOf(date, 12)) / DAY) / lengthOf(date, 12);
    case 'month': return date.getUTCMonth() / 12;
    case 'quarter': return Math.floor(date.getUTCMonth() / 3) / 4;
  }
}

/** The beginning of the month (1) or year (12) that a date lies in, and of those after it. */
function startOf(date: Date, months: 1 | 12, after = 0): number {
  const at = new Date(0);
  at.setUTCFullYear(date.getUTCFullYear(), months === 12 ? after * 12 : date.getUTCMonth() + after, 1);
  return at.getTime();
}

/** Days of the month (1) or year (12) that a date lies in. */
function lengthOf(date: Date, months: 1 | 12): number {
  return Math.round((startOf(date, months, 1) - startOf(date, months)) / DAY);
}

/** Sine or cosine of a time's place in its cycle, -1 to 1. */
export function calendarValue(of: CalendarKind, wave: 'sin' | 'cos', time: number): number {
  const angle = 2 * Math.PI * placeInCycle(of, time);
  return wave === 'sin' ? Math.sin(angle) : Math.cos(angle);
}
