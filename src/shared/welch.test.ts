import { expect, it } from 'vitest';
import { spreadOf, studentQuantile, welchInterval } from './welch.ts';

it.each([[1, 12.7062], [2, 4.3027], [5, 2.5706], [10, 2.2281], [30, 2.0423], [1000, 1.9623]])('the 97.5 %% quantile of Student\'s t with %d degrees of freedom is that of the tables', (freedom, quantile) => {
  expect(studentQuantile(0.975, freedom)).toBeCloseTo(quantile, 4);
});

it('gives the interval that scipy.stats.ttest_ind(equal_var=False) gives', () => {
  // b - a of [27.5, 21, 19, 23.6] and [27.1, 22, 20.8, 23.4, 23.4, 23.5]: means 22.775 and 23.3667.
  const a = [27.5, 21, 19, 23.6];
  const b = [27.1, 22, 20.8, 23.4, 23.4, 23.5];
  const { difference, low, high, withinNoise } = welchInterval(a, b)!;
  expect(difference).toBeCloseTo(0.591667, 5);
  expect((low + high) / 2).toBeCloseTo(difference, 10);
  expect(withinNoise).toBe(true);
  expect(welchInterval([1, 1.1, 0.9], [2, 2.1, 1.9])).toMatchObject({ withinNoise: false });
  // Equal counts and spreads: four degrees of freedom, 2.7764 standard errors.
  expect(welchInterval([1, 1.1, 0.9], [2, 2.1, 1.9])!.high).toBeCloseTo(1 + 2.776445 * Math.sqrt(0.02 / 3), 5);
});

it('says nothing of a group of one, and is sure of what never varies', () => {
  expect(welchInterval([1], [1, 2])).toBeNull();
  expect(welchInterval([1, 1], [2, 2])).toMatchObject({ difference: 1, withinNoise: false });
  expect(spreadOf([1, 2, 3])).toEqual({ mean: 2, deviation: 1, count: 3, min: 1, max: 3 });
});
