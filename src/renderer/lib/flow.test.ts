import { expect, it } from 'vitest';
import { DECADES, flowPixels } from './flow.ts';

it('a norm is a colour on a logarithmic scale: column by column, the first number on top', () => {
  const pixels = flowPixels([Float32Array.of(1, 0), Float32Array.of(10 ** (-DECADES / 2), Number.POSITIVE_INFINITY)], 1, false);
  const color = (x: number, y: number) => Array.from(pixels.subarray((y * 2 + x) * 4, (y * 2 + x) * 4 + 4));
  expect(color(0, 0)).toEqual([0, 48, 110, 255]);
  expect(color(0, 1)).toEqual([255, 255, 255, 255]);
  expect(color(1, 0)).toEqual([86, 160, 211, 255]);
  expect(color(1, 1)).toEqual([0, 48, 110, 255]);
});
