import { expect, it } from 'vitest';
import { band, smoothed } from './curves.ts';

it('smooths without a pull towards zero at the beginning, and leaves gaps', () => {
  expect([...smoothed([2, 2, NaN, 2], 0.9)].map((value) => Math.round(value * 1e9) / 1e9)).toEqual([2, 2, NaN, 2]);
  expect(smoothed([0, 1], 0.5)[1]).toBeCloseTo(2 / 3, 12);
  expect([...smoothed([3, 1], 0)]).toEqual([3, 1]);
});

it('gives mean and band as far as all curves reach', () => {
  const x = Float64Array.of(1, 2, 3);
  const { mean, low, high } = band([{ x, y: Float64Array.of(1, 2, 3) }, { x: x.slice(0, 2), y: Float64Array.of(3, 6) }]);
  expect([[...mean], [...low], [...high]]).toEqual([[2, 4], [1, 2], [3, 6]]);
});
