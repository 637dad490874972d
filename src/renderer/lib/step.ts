const MINUTE = 60;
const HOUR = 3600;
const DAY = 86_400;

export type StepUnit = 'second' | 'minute' | 'hour' | 'day' | 'week' | 'month' | 'quarter' | 'year';

/** The time from one row to the next in the largest unit that fits; months and years are as uneven as the calendar makes them. */
export function stepWords(seconds: number): { unit: StepUnit; n: number } {
  const days = seconds / DAY;
  if (days >= 350) return { unit: 'year', n: Math.max(1, Math.round(days / 365.25)) };
  if (days >= 89 && days <= 93) return { unit: 'quarter', n: 1 };
  if (days >= 27.5) return { unit: 'month', n: Math.max(1, Math.round(days / 30.44)) };
  if (days >= 7 && days % 7 === 0) return { unit: 'week', n: days / 7 };
  if (seconds >= DAY) return { unit: 'day', n: days };
  if (seconds >= HOUR) return { unit: 'hour', n: seconds / HOUR };
  if (seconds >= MINUTE) return { unit: 'minute', n: seconds / MINUTE };
  return { unit: 'second', n: seconds };
}
