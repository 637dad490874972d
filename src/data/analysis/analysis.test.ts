import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Rng } from '../../engine/rng.ts';
import { analyse } from './analyse.ts';
import { autocorrelation, partialAutocorrelation } from './autocorrelation.ts';
import goldens from './goldens/statsmodels.json' with { type: 'json' };
import { findSeasons } from './season.ts';
import { histogram, quantile, sortedValues, summarize } from './summary.ts';

const samples = join(import.meta.dirname, '../../../resources/samples');
const DAY = 86_400;
const MONTH = 30.436875 * DAY;

function sample(name: keyof typeof goldens): Float64Array {
  const lines = readFileSync(join(samples, goldens[name].file), 'utf8').trim().split('\n').slice(1);
  return Float64Array.from(lines, (line) => Number(line.split(',')[1]!.replaceAll('"', '')));
}
/** Standard normal numbers. */
function noise(rows: number, seed = 1): Float64Array {
  const rng = new Rng(seed);
  return Float64Array.from({ length: rows }, () => rng.normal());
}
function autoregressive(rows: number, phi: number, seed = 1): Float64Array {
  let x = 0;
  return noise(rows, seed).map((e) => (x = phi * x + e));
}
function close(actual: ArrayLike<number>, expected: readonly number[]): void {
  expected.forEach((value, i) => expect(actual[i], `place ${i}`).toBeCloseTo(value, 10));
}

describe.each(['gs10', 'melbourne', 'airline'] as const)('%s as statsmodels and NumPy see it', (name) => {
  const golden = goldens[name];
  const values = sample(name);
  it('autocorrelation and partial autocorrelation', () => {
    const { values: auto } = autocorrelation(values, 12)!;
    close(auto, golden.acf);
    close(partialAutocorrelation(auto), golden.pacf);
  });
  it('autocorrelation over missing values', () => {
    const gaps = values.map((value, i) => (i === 10 || i === 11 ? Number.NaN : value));
    close(autocorrelation(gaps, 6)!.values, golden.gaps);
  });
  it('quartiles, mean, deviation and number of bins', () => {
    const sorted = sortedValues(values);
    const { q1, median, q3, mean, sd } = summarize(values, sorted);
    close([q1!, median!, q3!, mean!, sd!], [...golden.quartiles, golden.mean, golden.sd]);
    // Passengers are whole numbers: a bin holds as many of them as any other.
    if (name !== 'airline') expect(histogram(sorted).counts).toHaveLength(golden.bins);
    expect(histogram(sorted).counts.reduce((sum, n) => sum + n, 0)).toBe(values.length);
  });
});

describe('autocorrelation', () => {
  it('is the definition, block by block, where many blocks are needed', () => {
    const values = autoregressive(5000, 0.8);
    const mean = values.reduce((sum, v) => sum + v / values.length, 0);
    const direct = (k: number) => { let sum = 0; for (let t = 0; t + k < values.length; t++) sum += (values[t]! - mean) * (values[t + k]! - mean); return sum; };
    const { values: auto, band } = autocorrelation(values, 300)!;
    for (const k of [0, 1, 7, 299, 300]) expect(auto[k]).toBeCloseTo(direct(k) / direct(0), 10);
    expect(band).toBeCloseTo(1.96 / Math.sqrt(5000), 12);
  });
  it('of AR(1) cuts off after lag 1 in the partial one', () => {
    const { partial, band } = analyse(autoregressive(20_000, 0.7), null).correlation!;
    expect(partial[1]).toBeCloseTo(0.7, 1);
    for (let k = 2; k <= 10; k++) expect(Math.abs(partial[k]!)).toBeLessThan(2 * band);
  });
  it('of a geometric decay is exactly one partial lag', () => {
    close(partialAutocorrelation(Float64Array.from({ length: 6 }, (_, k) => 0.5 ** k)), [1, 0.5, 0, 0, 0, 0]);
  });
  it('is not defined for a constant, one value or none', () => {
    for (const values of [new Float64Array(50).fill(0.1), new Float64Array(1), new Float64Array(), new Float64Array(9).fill(Number.NaN)]) expect(autocorrelation(values, 10)).toBeNull();
  });
});

describe('seasons', () => {
  const read = (values: Float64Array, seconds: number | null) => findSeasons(values, seconds).seasons.map(({ period, cycle }) => [period, cycle]);
  it('a sine of period 12 reads 12', () => {
    expect(read(Float64Array.from({ length: 240 }, (_, i) => Math.sin((2 * Math.PI * i) / 12)), null)).toEqual([[12, null]]);
    expect(read(noise(600, 3).map((e, i) => e + Math.sin((2 * Math.PI * i) / 12)), MONTH)).toEqual([[12, 'year']]);
  });
  it('a spike each week is a week, not its overtones', () => {
    expect(read(noise(700).map((e, i) => e + (i % 7 === 0 ? 5 : 0)), DAY)).toEqual([[7, 'week']]);
  });
  it('days within weeks are two seasons, the week with all that its days explain first', () => {
    const hourly = noise(8760, 5).map((e, i) => e + 3 * Math.sin((2 * Math.PI * i) / 24) + (Math.floor(i / 24) % 7 > 4 ? -2 : 0));
    expect(read(hourly, 3600)).toEqual([[168, 'week'], [24, 'day']]);
  });
  it('the samples: a year of months, a year of days, none in the yield', () => {
    expect(read(sample('airline'), MONTH)).toEqual([[12, 'year']]);
    expect(read(sample('melbourne'), DAY)).toEqual([[365, 'year']]);
    expect(read(sample('gs10'), MONTH)).toEqual([]);
  });
  it('noise, slow wandering and random walks have none, with few exceptions', () => {
    let found = 0;
    for (let seed = 1; seed <= 60; seed++) {
      let x = 0;
      for (const series of [noise(400, seed), autoregressive(400, 0.9, seed), noise(400, seed).map((e) => (x += e))]) if (read(series, null).length > 0) found += 1;
    }
    expect(found).toBeLessThanOrEqual(1);
  });
  it('a constant, a line and too few rows have none', () => {
    for (const values of [new Float64Array(100).fill(3), Float64Array.from({ length: 100 }, (_, i) => i * 0.1), noise(8), new Float64Array()]) expect(read(values, null)).toEqual([]);
  });
});

describe('the suggested sequence length', () => {
  it('is one season where there is a clear one', () => {
    expect(analyse(sample('airline'), MONTH).suggestion).toMatchObject({ length: 12, reason: 'season', season: { period: 12, cycle: 'year' } });
  });
  it('is the last lag that tells something where the season is too long', () => {
    expect(analyse(sample('melbourne'), DAY).suggestion).toEqual({ length: 9, reason: 'partial', lag: 9 });
    expect(analyse(autoregressive(2000, 0.7), null).suggestion).toEqual({ length: 1, reason: 'partial', lag: 1 });
  });
  it('is none for noise', () => expect(analyse(noise(1000), null).suggestion).toBeNull());
});

describe('summary and histogram', () => {
  it('counts what is there and what is not', () => {
    const values = Float64Array.of(Number.NaN, 2, 0, 0, 5, Number.NaN);
    expect(summarize(values, sortedValues(values))).toEqual({ count: 4, missing: 2, distinct: 3, min: 0, q1: 0, median: 1, q3: 2.75, max: 5, mean: 1.75, sd: expect.closeTo(2.3629, 4), first: 2, last: 5, zeros: 2 });
  });
  it('of nothing is nothing', () => {
    const analysis = analyse(Float64Array.of(Number.NaN, Number.NaN), null);
    expect(analysis.summary).toMatchObject({ count: 0, missing: 2, mean: null });
    expect(analysis.histogram.counts).toEqual([]);
  });
  it('holds the largest numbers that there are', () => {
    const values = Float64Array.of(-1.7e308, 1.7e308, 0, 1e308);
    expect(Number.isFinite(quantile(sortedValues(values), 0.4))).toBe(true);
    expect(Number.isFinite(summarize(values, sortedValues(values)).sd)).toBe(true);
  });
  it('never cuts whole numbers, and draws at most 120 bars', () => {
    const dice = Float64Array.from({ length: 6000 }, (_, i) => 1 + (i % 6));
    expect(histogram(sortedValues(dice))).toEqual({ from: 0.5, width: 1, counts: [1000, 1000, 1000, 1000, 1000, 1000] });
    const heavy = noise(50_000).map((e) => e ** 5);
    expect(histogram(sortedValues(heavy)).counts).toHaveLength(120);
  });
});
