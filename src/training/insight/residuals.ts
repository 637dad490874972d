import { autocorrelation } from '../../data/analysis/autocorrelation.ts';
import { histogram, sortedValues } from '../../data/analysis/summary.ts';

const LAGS = 40;

/** What is left after the forecast: were it only noise, no autocorrelation would leave the band. Lags from 1 on. */
export function residualFacts(values: Float64Array): { histogram: { edges: number[]; counts: number[] }; autocorrelation: number[]; band: number } {
  const { from, width, counts } = histogram(sortedValues(values));
  const correlations = autocorrelation(values, Math.min(LAGS, Math.floor(values.length / 3)));
  return {
    histogram: { edges: Array.from({ length: counts.length + 1 }, (_, i) => from + i * width), counts },
    autocorrelation: Array.from(correlations?.values.subarray(1) ?? []), band: 1.96 / Math.sqrt(values.length),
  };
}
