/**
 * Forecasts that need no network. Each sees the rows before `next` alone and says what row next + h will be (h = 0 is the
 * first step of the horizon). All in the data's unit. Definitions: Hyndman and Athanasopoulos, Forecasting: Principles and
 * Practice (3rd ed.), 5.2.
 */
export type NaiveForecast = (series: Float64Array, next: number, h: number) => number;

/** The last value stays. */
export const persistence: NaiveForecast = (series, next) => series[next - 1]!;

/** What stood one season ago. Where the series is younger than a season it has nothing to say (NaN). */
export function seasonalNaive(season: number): NaiveForecast {
  return (series, next, h) => series[next + h - season * (Math.floor(h / season) + 1)] ?? Number.NaN;
}

/** The line from the first known value to the last, drawn on. */
export const drift: NaiveForecast = (series, next, h) => {
  const last = series[next - 1]!;
  return next < 2 ? last : last + ((h + 1) * (last - series[0]!)) / (next - 1);
};

/** The mean of the last `width` values, or of as many as there are. */
export function movingAverage(width: number): NaiveForecast {
  return (series, next) => {
    const from = Math.max(0, next - width);
    let sum = 0;
    for (let row = from; row < next; row++) sum += series[row]!;
    return sum / (next - from);
  };
}
