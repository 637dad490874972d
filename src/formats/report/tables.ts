import { csvText, type Cell } from '../../shared/csv.ts';
import type { ClassResult } from '../../shared/classify.ts';
import type { Predictions } from '../../shared/run.ts';
import type { TextSample } from '../../shared/text.ts';
import { isoTime } from './ticks.ts';

/** A target with what was predicted for each of its rows. */
export interface PredictedTarget {
  name: string;
  /** [rows], in the target's unit. */
  truth: ArrayLike<number>;
  /** For each step of the horizon: what was said of each row so many steps before, [horizon][rows]; NaN where no window says anything. */
  ahead: ArrayLike<number>[];
}
export interface PredictedSeries extends Pick<Predictions, 'time' | 'trainEnd' | 'validationEnd'> { targets: PredictedTarget[] }

/** What comes after the last row; bounds by level, NaN where they are not known. */
export interface ForecastTable {
  time: Predictions['time'];
  method: 'direct' | 'recursive';
  targets: { name: string; values: ArrayLike<number>; bands: { level: number; halfWidths: ArrayLike<number> }[] }[];
}

/** The parts of the split that a row lies in. */
function partOf(row: number, { trainEnd, validationEnd }: Pick<Predictions, 'trainEnd' | 'validationEnd'>): string {
  return row < trainEnd ? 'train' : row < validationEnd ? 'validation' : 'test';
}

function timeCell({ kind, values }: Predictions['time'], row: number): Cell {
  const value = values[row] ?? NaN;
  return kind === 'date' ? isoTime(value) : value;
}

const timeName = ({ name }: Predictions['time']): string => (name === '' ? 'row' : name);

/** The stored predictions of a run: of each row what was said of it one step before. */
export function predictedSeries({ time, truth, predicted, trainEnd, validationEnd, others }: Predictions, target: string): PredictedSeries {
  return { time, trainEnd, validationEnd, targets: [{ name: target, truth, predicted }, ...(others ?? [])].map(({ name, truth: t, predicted: p }) => ({ name, truth: t, ahead: [p] })) };
}

/** One line a row: time, part, and for each target its truth and what was predicted for that row 1, 2, ... steps before. */
export function predictionsCsv(series: PredictedSeries): string {
  const { time, targets } = series;
  const header = [timeName(time), 'part', ...targets.flatMap(({ name, ahead }) => [name, ...ahead.map((_, h) => (ahead.length === 1 ? `${name} predicted` : `${name} predicted ${h + 1} ahead`))])];
  return csvText(header, (function* rows(): Generator<Cell[]> {
    for (let row = 0; row < time.values.length; row++) {
      yield [timeCell(time, row), partOf(row, series), ...targets.flatMap(({ truth, ahead }) => [truth[row] ?? null, ...ahead.map((values) => values[row] ?? null)])];
    }
  })());
}

/** One line a step beyond the last row: its time, and each target's value with its intervals. */
export function forecastCsv({ time, method, targets }: ForecastTable): string {
  const header = ['step', timeName(time), 'method', ...targets.flatMap(({ name, bands }) => [name, ...bands.flatMap(({ level }) => [`${name} low ${level * 100}%`, `${name} high ${level * 100}%`])])];
  return csvText(header, Array.from({ length: time.values.length }, (_, step): Cell[] => [
    step + 1, timeCell(time, step), method,
    ...targets.flatMap(({ values, bands }) => [values[step]!, ...bands.flatMap(({ halfWidths }) => [values[step]! - halfWidths[step]!, values[step]! + halfWidths[step]!])]),
  ]));
}

/** Examples that were taken for another class, the surest first. */
export function mistakesCsv({ classes, mistakes }: Pick<ClassResult, 'classes' | 'mistakes'>): string {
  return csvText(['line', 'sequence', 'class', 'taken for', 'probability'], mistakes.map(({ line, sequence, truth, predicted, probability }) => [line, sequence, classes[truth]!, classes[predicted]!, probability]));
}

/** What a network wrote as it learnt a text. */
export function samplesCsv(samples: readonly TextSample[]): string {
  return csvText(['epoch', 'prompt', 'text'], samples.map(({ epoch, prompt, text }) => [epoch, prompt, text]));
}
