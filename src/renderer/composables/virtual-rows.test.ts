import { expect, it } from 'vitest';
import { visibleRange } from './virtual-rows.ts';

it('is what is in view with a few spare rows', () => {
  expect(visibleRange(0, 260, 26, 100_000)).toEqual({ from: 0, to: 20 });
  expect(visibleRange(26_000, 260, 26, 100_000)).toEqual({ from: 990, to: 1020 });
  expect(visibleRange(0, 260, 26, 3)).toEqual({ from: 0, to: 3 });
  expect(visibleRange(5_000, 260, 26, 3)).toEqual({ from: 0, to: 3 });
});
