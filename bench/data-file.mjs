import { closeSync, existsSync, mkdirSync, openSync, renameSync, statSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Writes a CSV of a time and two values a minute: 2 000 000 rows make 115 MB. The same file every time.
 * @returns its bytes
 */
export function writeSeries(path, rows) {
  if (!existsSync(path)) {
    mkdirSync(dirname(path), { recursive: true });
    const partial = `${path}.partial`;
    const file = openSync(partial, 'w');
    let state = 7;
    const random = () => { state = (state * 1664525 + 1013904223) >>> 0; return state / 2 ** 32; };
    const start = Date.UTC(2000, 0, 1);
    let text = 'timestamp,value,temperature\n';
    for (let i = 0; i < rows; i++) {
      text += `${new Date(start + i * 60_000).toISOString()},${(Math.sin(i / 1440) * 50 + 100 + random() * 5).toFixed(12)},${(15 + 10 * Math.sin(i / 525_600) + random()).toFixed(12)}\n`;
      if (text.length > 1 << 22) { writeSync(file, text); text = ''; }
    }
    writeSync(file, text);
    closeSync(file);
    renameSync(partial, path);
  }
  return statSync(path).size;
}
