import type { SeriesTable } from '../../shared/dataset.ts';
import { inputError } from '../../shared/errors.ts';
import { splitRows, type SplitRows } from '../../shared/plan.ts';
import type { SeriesSplit } from '../../shared/spec.ts';
import { formatsOf, readTime } from '../time-format.ts';

type Time = Pick<SeriesTable['time'], 'kind' | 'name' | 'values'>;

/** @param text a date as files write it or, where the time is a number, that number; null for what is neither, 'ambiguous' for 03/04/2024 */
export function placeInTime(text: string, kind: Time['kind']): number | 'ambiguous' | null {
  if (kind !== 'date') {
    const value = Number(text.trim().replace(',', '.'));
    return text.trim() === '' || !Number.isFinite(value) ? null : value;
  }
  const formats = formatsOf(text, '.').filter((format) => format !== 'number');
  if (formats.includes('dmy') && formats.includes('mdy')) return 'ambiguous';
  // A time column of seconds or milliseconds since 1970 is written so here, too.
  const at = readTime(text, formats[0] ?? 'epoch', '.');
  return Number.isNaN(at) ? null : at;
}

/** A time as a sentence writes it. */
export function timeWord(value: number, kind: Time['kind']): string {
  return kind === 'date' ? new Date(value).toISOString().replace(/T00:00:00\.000Z$/, '').replace(/\.000Z$/, 'Z') : String(value);
}

/** The first row whose time is not before `at`. */
function firstRow(values: Float64Array, at: number): number {
  let [low, high] = [0, values.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (values[middle]! < at) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * The rows of each part. By date each part begins with the first row whose time is not before its date.
 *
 * @param time ascending
 * @throws inputError 'split.place' where a date cannot be read, 'split.outside' where it lies outside the data (its first row cannot
 *   begin a later part, for nothing would be left to learn from), 'split.order' where the test part would begin before the validation part
 */
export function splitOf(split: SeriesSplit, time: Time): SplitRows {
  const { values, kind } = time;
  const rows = values.length;
  if (split.by === 'share') return splitRows(rows, split);
  const rowOf = (field: 'validationFrom' | 'testFrom'): number | null => {
    const text = split[field];
    if (text === null) return null;
    const at = placeInTime(text, kind);
    const part = field === 'testFrom' ? 'test' : 'validation';
    const common = { field: `split.${field}`, details: { part, place: text, from: timeWord(values[0] ?? 0, kind), to: timeWord(values.at(-1) ?? 0, kind) } };
    if (at === 'ambiguous') throw inputError('split.ambiguous', `"${text}" can be day/month/year or month/day/year.`, { ...common, hint: 'Write it as year-month-day, for example 2024-01-31.' });
    if (at === null) {
      const what = kind === 'date' ? 'a date' : kind === 'number' ? `a number, as "${time.name}" is` : 'a row number';
      throw inputError('split.place', `The ${part} part cannot begin at "${text}": it is not ${what}.`, { ...common, hint: kind === 'date' ? 'Write it as year-month-day, for example 2024-01-31.' : 'Write a number.' });
    }
    if (rows === 0 || at <= values[0]! || at > values[rows - 1]!) {
      throw inputError('split.outside', `The ${part} part cannot begin at ${text}: the data goes from ${common.details.from} to ${common.details.to}.`, { ...common, hint: 'Choose a place after its first row and not after its last one.' });
    }
    return firstRow(values, at);
  };
  const validationFrom = rowOf('validationFrom');
  const testFrom = rowOf('testFrom');
  if (validationFrom !== null && testFrom !== null && testFrom < validationFrom) {
    throw inputError('split.order', `The test part cannot begin (${split.testFrom!}) before the validation part (${split.validationFrom!}).`, {
      field: 'split.testFrom', hint: 'Parts follow one another in time: training, validation, test.', details: { validationFrom: split.validationFrom, testFrom: split.testFrom },
    });
  }
  return { trainEnd: validationFrom ?? testFrom ?? rows, validationEnd: testFrom ?? rows, rows };
}
