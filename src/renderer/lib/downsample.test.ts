import { expect, it } from 'vitest';
import { linePoints } from './downsample.ts';

const x = (n: number) => Float64Array.from({ length: n }, (_, i) => i);

it('keeps a short series as it is', () => {
  expect([...linePoints(x(3), [5, NaN, 7], 10)]).toEqual([0, 5, 1, NaN, 2, 7]);
});

it('keeps every peak of a long one, in order of time', () => {
  const y = new Float64Array(100_000);
  y[54_321] = 9;
  y[77_777] = -9;
  const points = linePoints(x(100_000), y, 4000);
  expect(points.length / 2).toBeLessThanOrEqual(4000);
  const values = [...points].filter((_, i) => i % 2 === 1);
  expect(Math.max(...values)).toBe(9);
  expect(Math.min(...values)).toBe(-9);
  const times = [...points].filter((_, i) => i % 2 === 0);
  expect(times.every((t, i) => i === 0 || t > times[i - 1]!)).toBe(true);
});

it('keeps a gap a gap', () => {
  const y = new Float64Array(1000);
  y[500] = NaN;
  expect([...linePoints(x(1000), y, 100)].some(Number.isNaN)).toBe(true);
});

it('takes only the rows asked for', () => {
  expect([...linePoints(x(10), x(10), 100, 4, 6)]).toEqual([4, 4, 5, 5]);
});
