import { expect, it } from 'vitest';
import { heatPixels } from './heat.ts';

it('paints time to the right and units downwards, from blue over paper to orange', () => {
  const pixels = heatPixels(Float32Array.of(-1, 0, 1, 0.5), 2, 2, 1, false); // t0: units -1, 0; t1: units 1, 0.5
  expect([...pixels.slice(0, 4)]).toEqual([0, 114, 178, 255]);
  expect([...pixels.slice(4, 8)]).toEqual([213, 94, 0, 255]);
  expect([...pixels.slice(8, 12)]).toEqual([255, 255, 255, 255]);
  expect(pixels[13]).toBeGreaterThan(94);
});

it('paints 128 units by 200 steps well within a frame', () => {
  const values = Float32Array.from({ length: 128 * 200 }, (_, i) => Math.sin(i));
  heatPixels(values, 200, 128, 1, true);
  const begun = performance.now();
  for (let i = 0; i < 10; i++) heatPixels(values, 200, 128, 1, true);
  expect((performance.now() - begun) / 10).toBeLessThan(16);
});
