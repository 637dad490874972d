import { describe, expect, it } from 'vitest';
import { Rng } from '../../engine/index.ts';
import { drift, movingAverage, persistence, seasonalNaive } from './baselines.ts';
import { conformalIntervals, conformalQuantile } from './conformal.ts';
import { maseScale, scoresOf } from './scores.ts';
import { suspicionsOf } from './suspicions.ts';

describe('naive forecasts', () => {
  const series = Float64Array.of(1, 2, 3, 5, 7, 9);
  it('say what their definitions say', () => {
    expect([0, 1].map((h) => persistence(series, 4, h))).toEqual([5, 5]);
    expect([0, 1, 2, 3].map((h) => seasonalNaive(3)(series, 4, h))).toEqual([2, 3, 5, 2]);
    expect([0, 1].map((h) => drift(series, 4, h))).toEqual([5 + 4 / 3, 5 + 8 / 3]);
    expect(drift(series, 1, 0)).toBe(1);
    expect(movingAverage(3)(series, 4, 0)).toBeCloseTo(10 / 3);
    expect(movingAverage(9)(series, 2, 0)).toBe(1.5);
    expect(seasonalNaive(5)(series, 4, 0)).toBeNaN();
  });
  it('never look at what comes later', () => {
    const changed = Float64Array.from(series, (v, row) => (row >= 4 ? -100 : v));
    for (const forecast of [persistence, seasonalNaive(2), drift, movingAverage(2)]) {
      for (const h of [0, 1, 5]) expect(forecast(changed, 4, h)).toBe(forecast(series, 4, h));
    }
  });
});

describe('scores', () => {
  it('are those of their definitions', () => {
    const scores = scoresOf([1, 2, 4], [2, 2, 2], 0.5)!;
    expect(scores.mae).toBeCloseTo(1);
    expect(scores.smape).toBeCloseTo((200 / 3 + 0 + 400 / 6) / 3);
    expect(scores.mase).toBeCloseTo(2);
    expect(scores.count).toBe(3);
  });
  it('have no infinity where the denominators are zero', () => {
    const scores = scoresOf([0, 0], [0, 0], maseScale(Float64Array.of(3, 3, 3), 3, 1))!;
    expect(scores).toMatchObject({ smape: 0, mase: null, r2: null });
    expect(maseScale(Float64Array.of(1, 2), 2, 12)).toBeNull();
    expect(scoresOf([], [], 1)).toBeNull();
  });
});

describe('suspicions', () => {
  const rng = new Rng(8);
  const walk = new Float64Array(400);
  for (let i = 1; i < walk.length; i++) walk[i] = walk[i - 1]! + rng.normal();
  const sine = Float64Array.from({ length: 400 }, (_, i) => Math.sin((2 * Math.PI * i) / 24));
  const look = (series: Float64Array, predict: (row: number) => number) => {
    const rows = Array.from({ length: 300 }, (_, i) => i + 50);
    return suspicionsOf(rows.map((row) => series[row]!), rows.map(predict), rows.map((row) => series[row - 1]!));
  };
  it('fire on a forecast of a random walk that repeats the last value, with or without a little noise', () => {
    expect(look(walk, (row) => walk[row - 1]!).lag!.fires).toBe(true);
    expect(look(walk, (row) => walk[row - 1]! * 0.98 + 0.1 * rng.normal()).lag!.fires).toBe(true);
  });
  it('are silent on a sine that is forecast well, or fairly', () => {
    expect(look(sine, (row) => sine[row]! + 0.01 * rng.normal())).toMatchObject({ lag: { fires: false }, flat: { fires: false } });
    expect(look(sine, (row) => 0.8 * sine[row]! + 0.2 * sine[row - 1]!).lag!.fires).toBe(false);
  });
  it('tell a flat line', () => {
    expect(look(sine, () => 0.3).flat!.fires).toBe(true);
    expect(look(new Float64Array(400), () => 0)).toEqual({ lag: null, flat: null });
  });
});

describe('conformal intervals', () => {
  it('take the rank that the finite sample needs', () => {
    expect(conformalQuantile([5, -1, 3, 2, 4, -6, 7, 8, 9], 0.9)).toBe(9);
    expect(conformalQuantile([1, 2, 3], 0.9)).toBeNull();
  });
  it('cover what they promise, within 2 points, over 200 series', () => {
    for (const level of [0.8, 0.9]) {
      let sum = 0;
      for (let s = 0; s < 200; s++) {
        const rng = new Rng(s);
        // Skewed and of another scale each time: nothing about the distribution is assumed.
        const draw = (n: number) => Float64Array.from({ length: n }, () => Math.exp(rng.normal()) * (s + 1));
        sum += conformalIntervals(draw(120), draw(120), 1, level).coverage[0]!;
      }
      expect(Math.abs(sum / 200 - level)).toBeLessThan(0.02);
    }
  });
});
