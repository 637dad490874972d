import { rolesOf, type Roles } from '../shared/spec.ts';
import type { DescribedColumn } from './column.ts';
import { wordsOf } from './words.ts';

const timeWords = new Set(['date', 'datetime', 'time', 'timestamp', 'month', 'year', 'day', 'week', 'quarter', 'period', 'datum', 'zeit', 'jahr', 'monat', 'fecha', 'ts', 'epoch', 'année', 'annee', 'mois', 'año', 'mes', 'anno', 'mese', 'ano', 'mês', '日期', '时间', '年', '年份', '月', '月份']);
const indexWords = new Set(['index', 'idx', 'id', 'row', 'no', 'nr', 'n', '#', 'step', 't', 'seq', 'sequence', 'unnamed', 'year', 'jahr', 'année', 'annee', 'año', 'anno', 'ano', '年', '年份', '序号', '编号']);

/** A part for each column that needs one: the time, and what is to be predicted from its own past. null when there is nothing to predict. */
export function proposeRoles(columns: readonly DescribedColumn[]): Roles | null {
  const time = proposeTime(columns);
  const target = proposeTarget(columns.filter((column) => column !== time));
  if (target !== null) return rolesOf(time?.column.name ?? null, target.column.name);
  // A single column that goes up may be called "time" and be the measurement itself.
  const [only] = columns.length === 1 ? columns : [];
  return only !== undefined && usableNumber(only) ? rolesOf(null, only.column.name) : null;
}

/** The first column of dates; else one that goes up and is called so; else a counter in front. */
function proposeTime(columns: readonly DescribedColumn[]): DescribedColumn | null {
  const usable = columns.filter(({ time }) => time.ok);
  return usable.find(({ column }) => column.type === 'time')
    ?? usable.find(({ column }) => calledTime(column.name))
    ?? usable.find(({ time }) => time.ok && time.epoch && columns.length > 1)
    ?? usable.find((column) => column === columns[0] && columns.length > 1 && calledIndex(column))
    ?? null;
}

/** Whether a column's name says that it is the time. */
export function calledTime(name: string): boolean {
  return wordsOf(name).some((word) => timeWords.has(word));
}

/** The last column of numbers that is not a mere counter or year; such a one only where there is no other. */
function proposeTarget(columns: readonly DescribedColumn[]): DescribedColumn | null {
  const usable = columns.filter(usableNumber);
  const chosen = usable.findLast((column) => !calledIndex(column) && !countsUp(column.values) && varies(column)) ?? usable.findLast(varies);
  if (chosen !== undefined) return chosen;
  // A column that varies and only has to be mended is what is meant, not one that says the same in every row.
  const isMendable = columns.some((column) => column.column.type === 'number' && column.column.numberProblem !== null && varies(column));
  return isMendable ? null : usable.at(-1) ?? null;
}

/** Of a column that holds one value in every row there is nothing to predict. */
function varies({ column }: DescribedColumn): boolean {
  return column.min !== column.max;
}

function usableNumber({ column }: DescribedColumn): boolean {
  return column.type === 'number' && column.numberProblem === null;
}

function calledIndex({ column }: DescribedColumn): boolean {
  const words = wordsOf(column.name);
  return words.length > 0 && words.every((word) => indexWords.has(word) || /^\d+$/.test(word)) && words.some((word) => indexWords.has(word));
}

/** Whole numbers that go up by one. */
function countsUp(values: Float64Array): boolean {
  return values.length > 2 && values.every((value, i) => Number.isInteger(value) && (i === 0 || value === values[i - 1]! + 1));
}
