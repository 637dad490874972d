/**
 * SVG paths of several lines in one scale; a gap (null, or no finite number) breaks the line.
 * @param log shows orders of magnitude, for losses; values that are not positive become gaps
 */
export function sparkPaths(lines: readonly (readonly (number | null)[])[], width: number, height: number, log: boolean): string[] {
  const scaled = lines.map((line) => line.map((value) => {
    if (value === null || !Number.isFinite(value)) return NaN;
    return log ? (value > 0 ? Math.log10(value) : NaN) : value;
  }));
  const finite = scaled.flat().filter((value) => !Number.isNaN(value));
  const low = finite.reduce((a, b) => Math.min(a, b), Infinity);
  const high = finite.reduce((a, b) => Math.max(a, b), -Infinity);
  const span = high - low;
  const y = (value: number) => (span === 0 ? height / 2 : 1 + (1 - (value - low) / span) * (height - 2));
  return scaled.map((line) => {
    let path = '';
    let pen = 'M';
    line.forEach((value, i) => {
      if (Number.isNaN(value)) { pen = 'M'; return; }
      const x = line.length < 2 ? width / 2 : (i / (line.length - 1)) * width;
      path += `${pen}${x.toFixed(1)} ${y(value).toFixed(1)}`;
      pen = 'L';
    });
    return path;
  });
}
