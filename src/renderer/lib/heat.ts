/** Colours of a number from -1 (blue) over 0 (paper) to 1 (orange), told apart by colour-blind eyes. */
const BLUE = [0, 114, 178] as const;
const ORANGE = [213, 94, 0] as const;

/**
 * A heatmap as pixels, one per number: time to the right, units downwards.
 * @param values [T, H], @param scale the number that gets the full colour
 * @returns RGBA, [H, T, 4]
 */
export function heatPixels(values: Float32Array, steps: number, units: number, scale: number, isDark: boolean): Uint8ClampedArray<ArrayBuffer> {
  const paper = isDark ? 24 : 255;
  const pixels = new Uint8ClampedArray(steps * units * 4);
  for (let t = 0; t < steps; t++) {
    for (let unit = 0; unit < units; unit++) {
      const value = Math.max(-1, Math.min(1, values[t * units + unit]! / scale));
      const color = value < 0 ? BLUE : ORANGE;
      const share = Math.abs(value);
      const at = (unit * steps + t) * 4;
      for (let c = 0; c < 3; c++) pixels[at + c] = paper + (color[c]! - paper) * share;
      pixels[at + 3] = 255;
    }
  }
  return pixels;
}
