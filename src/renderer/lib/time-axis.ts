export type TimeKind = 'date' | 'number' | 'row';

const MINUTE = 60_000;
const DAY = 86_400_000;

/** How fine the data's own time is: the coarsest step that loses nothing. Times are epoch milliseconds in UTC. */
export type Grain = 'year' | 'month' | 'day' | 'minute' | 'second' | 'millisecond';

/** @param values epoch milliseconds, [rows]; at most 2000 of them are looked at */
export function grainOf(values: ArrayLike<number>): Grain {
  const step = Math.max(1, Math.floor(values.length / 2000));
  let grain: Grain = 'year';
  for (let i = 0; i < values.length; i += step) {
    const value = values[i] ?? NaN;
    if (Number.isNaN(value)) continue;
    grain = finer(grain, value);
    if (grain === 'millisecond') break;
  }
  return grain;
}

const order: Grain[] = ['year', 'month', 'day', 'minute', 'second', 'millisecond'];

function finer(grain: Grain, value: number): Grain {
  const date = new Date(value);
  const needed: Grain = value % 1000 !== 0 ? 'millisecond'
    : value % MINUTE !== 0 ? 'second'
    : value % DAY !== 0 ? 'minute'
    : date.getUTCDate() !== 1 ? 'day'
    : date.getUTCMonth() !== 0 ? 'month' : 'year';
  return order.indexOf(needed) > order.indexOf(grain) ? needed : grain;
}

const options: Record<Grain, Intl.DateTimeFormatOptions> = {
  year: { year: 'numeric' },
  month: { year: 'numeric', month: 'short' },
  day: { year: 'numeric', month: 'short', day: 'numeric' },
  minute: { year: 'numeric', month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' },
  second: { year: 'numeric', month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', second: '2-digit' },
  millisecond: { year: 'numeric', month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', second: '2-digit', fractionalSecondDigits: 3 },
};

/** Writes one point of the data's own time axis; dates are UTC, as the file wrote them. */
export function timeFormatter(kind: TimeKind, values: ArrayLike<number>, locale: string): (value: number) => string {
  if (kind !== 'date') {
    const format = new Intl.NumberFormat(locale, { maximumFractionDigits: 6, useGrouping: kind === 'row' });
    return (value) => format.format(value);
  }
  const format = new Intl.DateTimeFormat(locale, { ...options[grainOf(values)], timeZone: 'UTC', hourCycle: 'h23' });
  return (value) => (Number.isFinite(value) ? format.format(value) : '');
}
