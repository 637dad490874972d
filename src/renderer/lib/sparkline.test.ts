import { expect, it } from 'vitest';
import { sparkPaths } from './sparkline.ts';

it('draws lines in one scale and breaks them at gaps', () => {
  const [first, second] = sparkPaths([[0, 10], [null, 5, 5]], 100, 12, false);
  expect(first).toBe('M0.0 11.0L100.0 1.0');
  expect(second).toBe('M50.0 6.0L100.0 6.0');
});

it('a flat line lies in the middle; nothing is nothing', () => {
  expect(sparkPaths([[3, 3]], 10, 8, false)[0]).toBe('M0.0 4.0L10.0 4.0');
  expect(sparkPaths([[]], 10, 8, true)[0]).toBe('');
  expect(sparkPaths([[0, -1]], 10, 8, true)[0]).toBe('');
});
