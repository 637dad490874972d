/** Powers of ten that the colours span, down from the largest norm. */
export const DECADES = 6;

/** Colours from nothing to the largest, lighter or darker all the way, told apart by colour-blind eyes. */
const light = [[255, 255, 255], [86, 160, 211], [0, 48, 110]] as const;
const dark = [[24, 24, 27], [86, 180, 233], [240, 228, 66]] as const;

/**
 * Norms as a heatmap on a logarithmic scale, one pixel each: a column for each of `flows`, its first number on top.
 * @param flows all of one length, @param largest gets the full colour; what is no number gets it too
 * @returns RGBA, [length, flows, 4]
 */
export function flowPixels(flows: readonly Float32Array[], largest: number, isDark: boolean): Uint8ClampedArray<ArrayBuffer> {
  const height = flows[0]?.length ?? 0;
  const [none, half, full] = isDark ? dark : light;
  const pixels = new Uint8ClampedArray(flows.length * height * 4);
  flows.forEach((flow, x) => {
    for (let y = 0; y < height; y++) {
      const value = flow[y]!;
      const share = !Number.isFinite(value) ? 1 : value <= 0 || largest <= 0 ? 0 : Math.min(1, Math.max(0, 1 + Math.log10(value / largest) / DECADES));
      const [from, to, part] = share < 0.5 ? [none, half, share * 2] : [half, full, share * 2 - 1];
      const at = (y * flows.length + x) * 4;
      for (let c = 0; c < 3; c++) pixels[at + c] = from[c]! + (to[c]! - from[c]!) * part;
      pixels[at + 3] = 255;
    }
  });
  return pixels;
}
