/** Colours of a number from -1 (blue) over 0 (paper) to 1 (orange), told apart by colour-blind eyes. */
const BLUE = [0, 114, 178] as const;
const ORANGE = [213, 94, 0] as const;

/** Shades from full blue to full orange, as the bytes of RGBA in one number each. */
const SHADES = 511;
const palettes = new Map<number, Uint32Array>();
function paletteOn(paper: number): Uint32Array {
  let palette = palettes.get(paper);
  if (palette !== undefined) return palette;
  const bytes = new Uint8ClampedArray(SHADES * 4);
  for (let shade = 0; shade < SHADES; shade++) {
    const value = (shade * 2) / (SHADES - 1) - 1;
    const color = value < 0 ? BLUE : ORANGE;
    for (let c = 0; c < 3; c++) bytes[shade * 4 + c] = paper + (color[c]! - paper) * Math.abs(value);
    bytes[shade * 4 + 3] = 255;
  }
  palettes.set(paper, palette = new Uint32Array(bytes.buffer));
  return palette;
}

/**
 * A heatmap as pixels, one per number: time to the right, units downwards. It is drawn anew at every move along a series, so a colour
 * is looked up and not worked out.
 * @param values [T, H], @param scale the number that gets the full colour
 * @returns RGBA, [H, T, 4]
 */
export function heatPixels(values: Float32Array, steps: number, units: number, scale: number, isDark: boolean): Uint8ClampedArray<ArrayBuffer> {
  const palette = paletteOn(isDark ? 24 : 255);
  const pixels = new Uint32Array(steps * units);
  const half = (SHADES - 1) / 2;
  const factor = half / scale;
  for (let t = 0, i = 0; t < steps; t++) {
    for (let unit = 0; unit < units; unit++, i++) pixels[unit * steps + t] = palette[Math.max(0, Math.min(SHADES - 1, Math.round(half + values[i]! * factor)))]!;
  }
  return new Uint8ClampedArray(pixels.buffer);
}
