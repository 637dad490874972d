import { describe, expect, it } from 'vitest';
import { splitRows, windowStarts } from '../../shared/plan.ts';
import { fitScaler } from './scaler.ts';
import { startsOf } from './windows.ts';

const scaled = (kind: 'none' | 'standard' | 'minmax' | 'robust', values: number[], trainEnd = values.length) => {
  const raw = Float64Array.from(values);
  const { offset, scale } = fitScaler(kind, raw, trainEnd);
  return [...raw].map((value) => (value - offset) / scale);
};

describe('scaling', () => {
  it('standard has mean 0 and population deviation 1 over the training rows', () => {
    expect(fitScaler('standard', Float64Array.of(1, 2, 3, 4), 4)).toEqual({ offset: 2.5, scale: expect.closeTo(Math.sqrt(1.25), 12) });
  });

  it('minmax goes from 0 to 1 over the training rows, and beyond in the others', () => {
    expect(scaled('minmax', [10, 20, 15, 30, 5], 3)).toEqual([0, 1, 0.5, 2, -0.5]);
  });

  it('none changes nothing', () => {
    expect(scaled('none', [1, -2, 0.5])).toEqual([1, -2, 0.5]);
  });

  it.each(['standard', 'minmax', 'robust'] as const)('%s knows nothing of what comes after the training rows', (kind) => {
    expect(fitScaler(kind, Float64Array.of(1, 2, 3, 1e9), 3)).toEqual(fitScaler(kind, Float64Array.of(1, 2, 3, -5), 3));
  });

  it.each(['standard', 'minmax', 'robust'] as const)('%s of a constant is 0, also where the mean would not come out exact', (kind) => {
    expect(scaled(kind, Array.from({ length: 1000 }, () => 0.1))).toEqual(Array.from({ length: 1000 }, () => 0));
    expect(scaled(kind, [7, 7, 7, 9], 3)).toEqual([0, 0, 0, 2]);
  });

  it.each([1e-200, 1e-20, 1, 1e20, 1e300])('standard works for values around %d', (size) => {
    const [a, b] = scaled('standard', [-size, size]);
    expect(a).toBeCloseTo(-1, 6);
    expect(b).toBeCloseTo(1, 6);
  });

  it('goes back to the data\'s own unit', () => {
    const { offset, scale } = fitScaler('standard', Float64Array.of(3.1, 4.7, 100), 3);
    expect(((4.7 - offset) / scale) * scale + offset).toBeCloseTo(4.7, 12);
  });

  // numpy: median, percentile 25 and 75 of [1, 2, 4, 8, 1000] are 4, 2 and 8
  it('robust takes median and distance of the quartiles, which a wild value does not move', () => {
    expect(fitScaler('robust', Float64Array.of(1000, 8, 2, 4, 1), 5)).toEqual({ offset: 4, scale: 6 });
    expect(fitScaler('robust', Float64Array.of(1e9, 8, 2, 4, 1), 5)).toEqual({ offset: 4, scale: 6 });
    // numpy: percentile 25 and 75 of [1, 2, 3, 10] are 1.75 and 4.75
    expect(fitScaler('robust', Float64Array.of(1, 2, 3, 10), 4)).toEqual({ offset: 2.5, scale: 3 });
    expect(fitScaler('robust', Float64Array.of(0, 0, 0, 0, 0, 0, 0, 5), 8)).toEqual({ offset: 0, scale: 1 });
  });
});

describe('windows', () => {
  it('start where the plan says', () => {
    expect([...startsOf({ first: 3, step: 2, count: 4 })]).toEqual([3, 5, 7, 9]);
    expect(startsOf({ first: 0, step: 1, count: 0 })).toEqual(new Int32Array(0));
  });

  it('of the parts have targets that never cross a boundary', () => {
    const split = splitRows(100, { train: 0.7, validation: 0.15, test: 0.15 });
    const targets = (part: 'train' | 'validation' | 'test') => [...startsOf(windowStarts(split, part, { sequenceLength: 6, horizon: 2, stride: 1, targets: 'last' }))].flatMap((start) => [start + 6, start + 7]);
    expect([Math.min(...targets('train')), Math.max(...targets('train'))]).toEqual([6, 69]);
    expect([Math.min(...targets('validation')), Math.max(...targets('validation'))]).toEqual([70, 84]);
    expect([Math.min(...targets('test')), Math.max(...targets('test'))]).toEqual([85, 99]);
  });
});
