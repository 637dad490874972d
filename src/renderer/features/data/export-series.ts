import type { DatasetSummary } from '../../../shared/dataset.ts';
import { ask } from '../../lib/bridge.ts';
import type { Cell } from '../../../shared/csv.ts';
import { toCsv } from '../../lib/csv.ts';

/** Rows between two breaths: the window goes on while millions are written. */
const CHUNK = 10_000;

/** Every row of the columns with its time as CSV, whatever the chart has room for. */
export async function exportSeries(dataset: DatasetSummary, columns: readonly string[], timeName: string): Promise<Uint8Array> {
  const series = await Promise.all(columns.map((column) => ask('dataset.series', { id: dataset.id, column, time: dataset.roles?.time ?? null })));
  const [first] = series;
  if (first === undefined) return toCsv([timeName], []);
  const rows = function* (from: number, to: number): Generator<Cell[]> {
    for (let i = from; i < to; i++) {
      const at = first.time[i] ?? NaN;
      yield [first.kind === 'date' ? (Number.isFinite(at) ? new Date(at).toISOString() : null) : at, ...series.map(({ values }) => values[i] ?? null)];
    }
  };
  const parts = [toCsv([timeName, ...columns], rows(0, Math.min(CHUNK, first.time.length)))];
  for (let from = CHUNK; from < first.time.length; from += CHUNK) {
    await new Promise((resolve) => { requestAnimationFrame(resolve); });
    // Further parts have no header of their own.
    const part = toCsv([], rows(from, Math.min(first.time.length, from + CHUNK)));
    parts.push(part.subarray(part.indexOf(0x0a) + 1));
  }
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
