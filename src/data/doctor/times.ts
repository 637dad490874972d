import type { Column } from '../../shared/dataset.ts';
import type { Finding } from '../../shared/findings.ts';
import type { Frequency, ResampleUnit } from '../../shared/recipe.ts';
import { calledTime } from '../propose.ts';
import { detectFrequency, gridOf } from '../recipe/frequency.ts';
import { unreadRows } from '../recipe/times.ts';
import { cellAt, type Table } from '../table.ts';
import { readTimes } from '../time-column.ts';
import { readTime } from '../time-format.ts';
import { counted, finding, linesOf, placesOf, remedy } from './finding.ts';

/** The column that is the time, or was meant to be: the chosen one, else the first of dates, else one that is called so. -1 for none. */
export function timeColumnOf(columns: readonly Column[], chosen: string | null): number {
  const named = columns.findIndex(({ name }) => name === chosen);
  if (named >= 0) return named;
  const dates = columns.findIndex(({ type }) => type === 'time');
  return dates >= 0 ? dates : columns.findIndex(({ name, type }) => type === 'number' && calledTime(name));
}

/** What is wrong with the time: first what keeps it from being read, then its order, then its gaps. */
export function timeFindings(table: Table, c: number): Finding[] {
  const column = table.names[c]!;
  const times = readTimes(table, c);
  if (!times.ok && times.problem.data.code === 'data.ambiguous-time') return [ambiguous(table, c)];
  const { rows: bad, format } = unreadRows(table, c);
  if (bad.length > 0) {
    const places = placesOf(table, bad, c);
    return [finding('unreadTimes', 'error', column, bad.length, `${counted(bad.length, 'time')} of column "${column}" cannot be read${linesOf(places, bad.length)}.`, { places, remedies: [remedy('dropUnread', { kind: 'dropUnread', time: column })] })];
  }
  if (!times.ok || format === null) return [];
  return orderFindings(table, c, times.format === 'number' ? 'number' : 'date', times.values);
}

/** Shown both ways; the order in which the times go up most evenly comes first. */
function ambiguous(table: Table, c: number): Finding {
  const column = table.names[c]!;
  const read = (order: 'dmy' | 'mdy') => Float64Array.from({ length: table.rows }, (_, row) => readTime(cellAt(table, row, c), order, table.dialect.decimal));
  const ways = { dayFirst: read('dmy'), monthFirst: read('mdy') };
  const day = (value: number) => new Date(value).toISOString().slice(0, 10);
  const cell = cellAt(table, 0, c).trim();
  const places = placesOf(table, Int32Array.from({ length: table.rows }, (_, row) => row), c);
  const remedies = (['dayFirst', 'monthFirst'] as const).map((order) => ({ ...remedy(order, { kind: 'dayMonth', column, order }), evenness: evenness(ways[order]) })).sort((a, b) => b.evenness - a.evenness);
  const [dayFirst, monthFirst] = [day(ways.dayFirst[0]!), day(ways.monthFirst[0]!)];
  return finding('ambiguousDates', 'error', column, table.rows, `"${cell}" in column "${column}" can be ${dayFirst} (day first) or ${monthFirst} (month first), and no row decides it.`, {
    places, details: { cell, dayFirst, monthFirst, dayFirstLast: day(ways.dayFirst.at(-1)!), monthFirstLast: day(ways.monthFirst.at(-1)!) },
    remedies: remedies.map(({ evenness: _evenness, ...each }) => each),
  });
}

/** Share of rows that keep the frequency; below 0 where the times go back. */
function evenness(values: Float64Array): number {
  let back = 0;
  for (let row = 1; row < values.length; row++) if (values[row]! <= values[row - 1]!) back += 1;
  if (back > 0) return -back;
  const every = detectFrequency('date', values);
  if (every === null) return 0;
  const grid = gridOf(every, values);
  let missing = 0;
  for (let row = 1; row < values.length; row++) missing += grid.missingBetween(values[row - 1]!, values[row]!);
  return values.length / (values.length + missing);
}

function orderFindings(table: Table, c: number, kind: 'date' | 'number', values: Float64Array): Finding[] {
  const column = table.names[c]!;
  const findings: Finding[] = [];
  const back: number[] = [];
  for (let row = 1; row < values.length; row++) if (values[row]! < values[row - 1]!) back.push(row);
  const sort = { kind: 'sort' as const, time: column };
  if (back.length > 0) {
    const places = placesOf(table, back, c);
    findings.push(finding('unsortedTime', 'error', column, back.length, `The time in column "${column}" goes back in ${counted(back.length, 'row')}${linesOf(places, back.length)}.`, { places, remedies: [remedy('sort', sort)] }));
  }
  const twice = repeatedRows(values, back.length === 0);
  if (twice.length > 0) {
    const places = placesOf(table, twice, c);
    const before = back.length > 0 ? [sort] : [];
    findings.push(finding('duplicatedTimes', 'error', column, twice.length, `${counted(twice.length, 'row')} of column "${column}" ${twice.length === 1 ? 'has' : 'have'} a time that was there before${linesOf(places, twice.length)}.`, {
      places, remedies: (['first', 'last', 'mean'] as const).map((keep) => remedy(keep, ...before, { kind: 'dedupe', time: column, keep })),
    }));
  }
  return findings.length > 0 ? findings : gapFindings(table, c, kind, values);
}

function repeatedRows(values: Float64Array, sorted: boolean): number[] {
  const found: number[] = [];
  const seen = sorted ? null : new Set<number>();
  for (let row = 0; row < values.length; row++) {
    if (seen === null ? row > 0 && values[row] === values[row - 1] : seen.has(values[row]!)) found.push(row);
    seen?.add(values[row]!);
  }
  return found;
}

/** Fewer rows tell no frequency. */
const FEW = 6;

function gapFindings(table: Table, c: number, kind: 'date' | 'number', values: Float64Array): Finding[] {
  const column = table.names[c]!;
  if (values.length < FEW) return [];
  const every = detectFrequency(kind, values);
  if (every === null) return kind === 'date' ? [irregular(column, values)] : [];
  const grid = gridOf(every, values);
  const after: number[] = [];
  let missing = 0;
  for (let row = 1; row < values.length; row++) {
    const gap = grid.missingBetween(values[row - 1]!, values[row]!);
    if (gap === 0) continue;
    missing += gap;
    after.push(row);
  }
  if (missing === 0) return [];
  const places = placesOf(table, after, c, (row) => `${cellAt(table, row - 1, c)} → ${cellAt(table, row, c)}`);
  return [finding('gaps', 'warning', column, missing, `Column "${column}" has a row every ${frequencyWords(every)}, and ${counted(missing, 'row')} ${missing === 1 ? 'is' : 'are'} missing in ${counted(after.length, 'gap')}${linesOf(places, after.length)}.`, {
    places, details: { unit: every.unit, n: every.n, gaps: after.length },
    remedies: (['interpolate', 'forward', 'leave'] as const).map((fill) => remedy(`regularise-${fill}`, { kind: 'regularise', time: column, every, fill })),
  })];
}

/** Without a frequency a network takes every step for the same length of time. */
function irregular(column: string, values: Float64Array): Finding {
  const gaps = values.slice(1).map((value, i) => value - values[i]!).sort();
  const median = gaps[gaps.length >> 1]!;
  const units: [ResampleUnit, number][] = [['second', 1000], ['minute', 60_000], ['hour', 3_600_000], ['day', 86_400_000], ['week', 7 * 86_400_000], ['month', 30 * 86_400_000], ['quarter', 91 * 86_400_000], ['year', 365 * 86_400_000]];
  const unit = units.find(([, length]) => length >= median * 0.9)?.[0] ?? 'year';
  return finding('irregularTime', 'info', column, values.length, `The rows of column "${column}" have no frequency: the distances between them differ. A network takes each step for the same length of time.`, {
    details: { unit }, remedies: [remedy(`resample-${unit}`, { kind: 'resample', time: column, unit, n: 1, aggregate: 'mean', per: {}, partial: 'keep' })],
  });
}

/** "day", "15 minutes", "0.5" */
export function frequencyWords({ unit, n }: Frequency): string {
  if (unit === 'number') return String(n);
  return n === 1 ? unit : `${Number(n.toPrecision(6))} ${unit}s`;
}
