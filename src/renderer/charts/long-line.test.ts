import { expect, it } from 'vitest';
import { lowerBound } from './long-line.ts';

it('finds the first value that is not below', () => {
  expect([0, 5, 6, 30, 31].map((wanted) => lowerBound([5, 10, 30], wanted))).toEqual([0, 0, 1, 2, 3]);
});
