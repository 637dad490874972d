import { expect, it } from 'vitest';
import { scrollScale, visibleRange } from './virtual-rows.ts';

it('is what is in view with a few spare rows', () => {
  expect(visibleRange(0, 260, 26, 100_000)).toEqual({ from: 0, to: 20 });
  expect(visibleRange(26_000, 260, 26, 100_000)).toEqual({ from: 990, to: 1020 });
  expect(visibleRange(0, 260, 26, 3)).toEqual({ from: 0, to: 3 });
  expect(visibleRange(5_000, 260, 26, 3)).toEqual({ from: 0, to: 3 });
});

it('of a table too high to be laid out the last row is reached at the end of the scroll bar', () => {
  expect(scrollScale(1000, 26, 400)).toBe(1);
  const [rows, height] = [2_000_000, 400];
  const scale = scrollScale(rows, 26, height);
  expect(scale).toBeGreaterThan(3);
  const end = 15_000_000 - height;
  expect(visibleRange(end * scale, height, 26, rows).to).toBe(rows);
  expect(visibleRange(end * scale, height, 26, rows).from).toBeLessThan(rows - 20);
  expect(visibleRange(0, height, 26, rows).from).toBe(0);
});
