import { autocorrelation } from './season.ts';

const MOST_BINS = 60;
const LAGS = 40;

/** Bins of equal width by the rule of Freedman and Diaconis (1981), 1 to 60 of them. */
export function histogram(values: Float64Array): { edges: number[]; counts: number[] } {
  if (values.length === 0) return { edges: [], counts: [] };
  const sorted = values.slice().sort();
  const [low, high] = [sorted[0]!, sorted.at(-1)!];
  const quartile = (q: number) => sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))]!;
  const width = (2 * (quartile(0.75) - quartile(0.25))) / Math.cbrt(sorted.length);
  const bins = high === low ? 1 : width > 0 ? Math.max(1, Math.min(MOST_BINS, Math.ceil((high - low) / width))) : Math.min(MOST_BINS, 10);
  const counts = new Array<number>(bins).fill(0);
  for (const value of values) counts[Math.min(bins - 1, Math.floor(((value - low) / (high - low || 1)) * bins))]! += 1;
  return { edges: Array.from({ length: bins + 1 }, (_, i) => low + ((high - low) * i) / bins), counts };
}

/** What is left after the forecast: were it only noise, no autocorrelation would leave the band. */
export function residualFacts(values: Float64Array): { histogram: { edges: number[]; counts: number[] }; autocorrelation: number[]; band: number } {
  return { histogram: histogram(values), autocorrelation: autocorrelation(values, Math.min(LAGS, Math.floor(values.length / 3))), band: 1.96 / Math.sqrt(values.length) };
}
