import type { Analysis, LengthSuggestion, Season } from '../../shared/analysis.ts';
import { autocorrelation, partialAutocorrelation } from './autocorrelation.ts';
import { findSeasons } from './season.ts';
import { histogram, sortedValues, summarize } from './summary.ts';

/** Lags that are always shown where the rows allow it, and never more than. */
const LEAST_LAGS = 40;
const MOST_LAGS = 1000;
const MOST_PARTIAL = 100;
/** Windows longer than that train slowly and forget their beginning. */
const LONGEST_SEASON = 100;
/** The training part should hold many windows. */
const LEAST_ROUNDS = 10;
const FARTHEST_LAG = 40;
/** In widths of the 95 % band: among forty lags of noise two lie beyond one, and none beyond this. */
const CLEARLY = 1.5;

/**
 * Distribution, memory and seasons of one column.
 *
 * @param values [rows], NaN where there is no number
 * @param secondsPerRow mean seconds between two rows; null where the time is no date
 */
export function analyse(values: Float64Array, secondsPerRow: number | null): Analysis {
  const sorted = sortedValues(values);
  const { seasons, profile, spectrum } = findSeasons(values, secondsPerRow);
  const longest = Math.max(0, ...seasons.map(({ period }) => period));
  const lags = Math.min(MOST_LAGS, Math.max(LEAST_LAGS, Math.ceil(longest * 1.5)), Math.floor((values.length - 1) / 2));
  const auto = autocorrelation(values, lags);
  const partial = auto === null ? null : partialAutocorrelation(auto.values, MOST_PARTIAL);
  return {
    rows: values.length, summary: summarize(values, sorted), histogram: histogram(sorted),
    correlation: auto === null || partial === null ? null : { auto: auto.values, partial, band: auto.band },
    seasons, spectrum, profile,
    secondsPerRow, suggestion: auto === null || partial === null ? null : suggestLength(partial, auto.band, seasons, values.length),
  };
}

/**
 * A sequence length: one round of the shortest clear season, so that the network sees where in it it stands; else the
 * last lag whose partial autocorrelation still tells something on its own (beyond 1.5 times the band, where 0.3 % of noise stays).
 */
export function suggestLength(partial: Float64Array, band: number, seasons: readonly Season[], rows: number): LengthSuggestion {
  const usable = seasons.filter(({ period, strength }) => strength >= 0.2 && period <= LONGEST_SEASON && period * LEAST_ROUNDS <= rows);
  const season = usable.sort((a, b) => a.period - b.period)[0];
  if (season !== undefined) return { length: Math.round(season.period), reason: 'season', season };
  const lag = lastTellingLag(partial, band);
  return lag === 0 ? null : { length: lag, reason: 'partial', lag };
}

/** The last lag clearly beyond the band before two in a row stay within it; 0 where the first two do. */
function lastTellingLag(partial: Float64Array, band: number): number {
  let last = 0;
  for (let k = 1; k < Math.min(partial.length, FARTHEST_LAG + 1) && k - last <= 2; k++) if (Math.abs(partial[k]!) > CLEARLY * band) last = k;
  return last;
}
