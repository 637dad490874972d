import type { Examination, Finding } from '../../shared/findings.ts';
import { splitRows, windowStarts, type SplitRows } from '../../shared/plan.ts';
import { readNumberColumn } from '../number-column.ts';
import type { Table } from '../table.ts';
import { counted, finding, remedy } from './finding.ts';
import { splitOfTable } from '../series.ts';

/** Fewer windows than these teach little. */
const FEW_WINDOWS = 30;

/** The parts that are asked for; the usual shares where a date of the split lies outside the data, which is told where it is chosen. */
export function partsOf(table: Table, { time, split }: Examination): SplitRows {
  try {
    return splitOfTable(table, split.by === 'share' ? null : time, split);
  } catch {
    return splitRows(table.rows, { train: 0.7, validation: 0.15, test: 0.15 });
  }
}

/** Whether there are enough rows for the chosen window. */
export function rowFindings(table: Table, question: Examination): Finding[] {
  const { window } = question;
  const parts = partsOf(table, question);
  const { count } = windowStarts(parts, 'train', window);
  if (count >= FEW_WINDOWS) return [];
  const needed = window.sequenceLength + window.horizon;
  // As many windows as can be had, but no sequence that could hold nothing.
  const longest = parts.trainEnd - window.horizon - (FEW_WINDOWS - 1) * window.stride;
  const shorter = longest >= 2 ? longest : Math.max(1, Math.floor((parts.trainEnd - window.horizon) / 2));
  const mends = shorter < window.sequenceLength && parts.trainEnd > window.horizon;
  const message = count === 0
    ? `The training part has ${counted(parts.trainEnd, 'row')}, and one window needs ${needed} (${window.sequenceLength} in, ${window.horizon} out).`
    : `The training part has only ${counted(count, 'window')} of ${needed} rows to learn from.`;
  return [finding('tooFewRows', count === 0 ? 'error' : 'warning', null, count, message, {
    details: { rows: parts.trainEnd, needed, sequenceLength: window.sequenceLength, horizon: window.horizon, windows: count, shorter },
    remedies: mends ? [{ id: 'shorter', steps: [], settings: { 'window.sequenceLength': shorter } }] : [],
  })];
}

/** So many standard deviations of the training part between its mean and that of a later part are a shift. */
const SHIFT = 2;

/** Whether a column is elsewhere in the later parts than in the training part: what was not seen in training is not predicted well. */
export function shiftFindings(table: Table, c: number, isTarget: boolean, parts: SplitRows): Finding[] {
  const name = table.names[c]!;
  const { values, words } = readNumberColumn(table, c);
  if (words > 0) return [];
  const train = momentsOf(values.subarray(0, parts.trainEnd));
  const later = (['test', 'validation'] as const).map((part) => ({
    part, from: part === 'validation' ? parts.trainEnd : parts.validationEnd,
    ...momentsOf(part === 'validation' ? values.subarray(parts.trainEnd, parts.validationEnd) : values.subarray(parts.validationEnd)),
  }));
  const shifted = later.find(({ mean, n }) => n > 0 && train.n > 1 && train.sd > 0 && Math.abs(mean - train.mean) > SHIFT * train.sd);
  if (shifted === undefined) return [];
  const deviations = Math.abs(shifted.mean - train.mean) / train.sd;
  const figure = (value: number) => Number(value.toPrecision(4));
  return [finding('levelShift', 'warning', name, shifted.n, `Column "${name}" is on another level in the ${shifted.part} part: its mean is ${figure(shifted.mean)} there and ${figure(train.mean)} in the training part, ${figure(deviations)} standard deviations away.`, {
    places: [{ row: shifted.from, line: table.lines[shifted.from]!, text: '' }],
    details: { part: shifted.part, mean: figure(shifted.mean), trainMean: figure(train.mean), deviations: figure(deviations) },
    remedies: isTarget || values.length > 2 ? [remedy('difference', { kind: 'difference', columns: [name], lag: 1 })] : [],
  })];
}

/** Mean and population standard deviation, missing values left out (Welford, 1962). */
function momentsOf(values: Float64Array): { n: number; mean: number; sd: number } {
  let [n, mean, squares] = [0, 0, 0];
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    n += 1;
    const away = value - mean;
    mean += away / n;
    squares += away * (value - mean);
  }
  return { n, mean, sd: n === 0 ? 0 : Math.sqrt(squares / n) };
}
