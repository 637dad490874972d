import { describe, expect, it } from 'vitest';
import { judge } from './judge.ts';
import { errorsOf } from './metrics.ts';
import { persistenceErrors } from './baselines.ts';
import { EarlyStopping } from './early-stopping.ts';
import { Throttle, TimeLeft } from './pace.ts';

describe('errorsOf', () => {
  it('gives MAE, RMSE and R2 by their definitions', () => {
    // errors 1, -1, 2, 0; mean truth 2.5, total 5; squares 6
    expect(errorsOf([1, 2, 3, 4], [2, 1, 5, 4])).toEqual({ mae: 1, rmse: Math.sqrt(6 / 4), r2: 1 - 6 / 5, count: 4 });
  });
  it('has no R2 where the truth does not vary', () => {
    expect(errorsOf([0.1, 0.1, 0.1], [0.2, 0.1, 0.1])!.r2).toBeNull();
  });
  it('has an R2 wherever the truth varies, in whatever unit', () => {
    const r2 = errorsOf([1, 2, 3, 4], [2, 1, 5, 4])!.r2;
    for (const unit of [1e300, 1e160, 1e-13, 1e-200, 1e-300]) {
      const scaled = (values: number[]) => values.map((value) => value * unit);
      const errors = errorsOf(scaled([1, 2, 3, 4]), scaled([2, 1, 5, 4]))!;
      expect(errors.r2).toBeCloseTo(r2!, 12);
      expect(errors.mae / unit).toBeCloseTo(1, 12);
      expect(errors.rmse / unit).toBeCloseTo(Math.sqrt(6 / 4), 12);
    }
  });
  it('measures nothing without values', () => {
    expect(errorsOf([], [])).toBeNull();
  });
});

describe('persistence', () => {
  it('repeats the last value that goes in for every step of the horizon', () => {
    const series = new Float64Array([0, 1, 2, 3, 4, 5]);
    // T 2, horizon 2: errors of each window are -1 and -2
    expect(persistenceErrors(series, { first: 0, step: 1, count: 3 }, 2, 2)).toMatchObject({ mae: 1.5, rmse: Math.sqrt(2.5), count: 6 });
  });
});

describe('judge', () => {
  it('puts the first step of each window at its row and measures each part on its own windows', () => {
    const target = new Float64Array([0, 1, 2, 3, 4, 5]);
    const outputs = new Float64Array([2, 3, 5, 5]); // windows 0..3 of T 2: rows 2..5; only row 4 is off by 1
    const { predicted, metrics, persistence } = judge(target, outputs, {
      train: { first: 0, step: 1, count: 2 }, validation: { first: 2, step: 1, count: 1 }, test: { first: 3, step: 1, count: 1 },
    }, 2, 1);
    expect([...predicted]).toEqual([Number.NaN, Number.NaN, 2, 3, 5, 5]);
    expect(metrics.train!.rmse).toBe(0);
    expect(metrics.validation!.rmse).toBe(1);
    expect(metrics.test!.rmse).toBe(0);
    expect(persistence.test!.rmse).toBe(1);
  });
});

describe('EarlyStopping', () => {
  it('stops after the patience and knows the best epoch', () => {
    const stopping = new EarlyStopping(2);
    expect(stopping.observe(1, 3)).toEqual({ improved: true, stop: false });
    expect(stopping.observe(2, 2)).toEqual({ improved: true, stop: false });
    expect(stopping.observe(3, 2)).toEqual({ improved: false, stop: false });
    expect(stopping.observe(4, 5)).toEqual({ improved: false, stop: true });
    expect(stopping.bestEpoch).toBe(2);
  });
});

describe('pace', () => {
  it('lets one thing through per interval', () => {
    const throttle = new Throttle(10);
    expect([0, 5, 10, 19, 20].map((now) => throttle.due(now))).toEqual([true, false, true, false, true]);
  });
  it('leaves the first epoch out of the estimate', () => {
    const left = new TimeLeft(10, 0);
    expect(left.estimate(0.01, 100)).toBeNull();
    expect(left.estimate(1, 10_000)).toBeCloseTo(90, 5);
    // the epochs after the first take 1 s each
    expect(left.estimate(2, 11_000)).toBeCloseTo(8, 5);
  });
});
