import type { Column, DatasetSummary } from '../shared/dataset.ts';
import { inputError } from '../shared/errors.ts';
import type { Roles } from '../shared/spec.ts';
import { readNumberColumn } from './number-column.ts';
import type { Table } from './table.ts';
import { looksLikeTime } from './time-format.ts';
import { medianSeconds, readTimeColumn, type TimeColumn } from './time-column.ts';

/** What a table tells about itself, before a person says anything. */
export type TableFacts = Pick<DatasetSummary, 'rows' | 'columns' | 'dialect' | 'roles' | 'problem' | 'secondsPerRow'>;

const SPARKLINE = 120;
const timeWords = /^(date|datetime|time|timestamp|month|year|day|week|quarter|period|datum|jahr|fecha|日期|时间|年|月)$|date|time/i;
const indexWords = /^(index|id|row|no|nr|n|#|step|t|seq|sequence|year|jahr|年)$/i;

interface Described { column: Column; time: TimeColumn; values: Float64Array }

/** Types, problems and proposed roles of every column. */
export function describeTable(table: Table): TableFacts {
  const described = table.names.map((_, c) => describeColumn(table, c));
  const time = proposeTime(described);
  const target = proposeTarget(described, time);
  const roles: Roles | null = target === null ? null : { time: time?.column.name ?? null, target: target.column.name, inputs: [target.column.name] };
  return {
    rows: table.cells.length, columns: described.map(({ column }) => column), dialect: table.dialect,
    roles, problem: roles === null ? whyNone(table, described) : null,
    secondsPerRow: time === null ? null : medianSeconds(time.time),
  };
}

function describeColumn(table: Table, c: number): Described {
  const name = table.names[c]!;
  const { values, missing, words, problem } = readNumberColumn(table, c);
  const time = readTimeColumn(table, c);
  const rows = values.length;
  const numbers = rows - missing - words;
  const dates = words === 0 ? 0 : table.cells.reduce((n, cells) => n + (looksLikeTime(cells[c]!) ? 1 : 0), 0);
  const type = missing === rows ? 'empty' : dates * 2 > rows - missing ? 'time' : numbers > 0 && numbers * 2 >= rows - missing ? 'number' : 'text';
  const isNumber = type === 'number';
  const range = isNumber ? rangeOf(values) : { min: null, max: null, mean: null };
  return {
    time, values,
    column: {
      name, type, missing, ...range, sparkline: isNumber ? sparkline(values) : [],
      numberProblem: problem?.data ?? null,
      timeProblem: time.ok ? null : time.problem.data,
    },
  };
}

function rangeOf(values: Float64Array): { min: number | null; max: number | null; mean: number | null } {
  let min = Infinity;
  let max = -Infinity;
  let sum = 0;
  let n = 0;
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    if (value < min) min = value;
    if (value > max) max = value;
    sum += value;
    n += 1;
  }
  return n === 0 ? { min: null, max: null, mean: null } : { min, max, mean: sum / n };
}

function sparkline(values: Float64Array): (number | null)[] {
  const n = Math.min(SPARKLINE, values.length);
  return Array.from({ length: n }, (_, i) => {
    const value = values[n === 1 ? 0 : Math.round((i * (values.length - 1)) / (n - 1))]!;
    return Number.isNaN(value) ? null : value;
  });
}

function proposeTime(described: Described[]): Described | null {
  const usable = described.filter(({ time }) => time.ok);
  return usable.find(({ column }) => column.type === 'time')
    ?? usable.find(({ column }) => timeWords.test(column.name))
    ?? usable.find(({ column }, c) => c === 0 && indexWords.test(column.name))
    ?? null;
}

function proposeTarget(described: Described[], time: Described | null): Described | null {
  const usable = described.filter((d) => d !== time && d.column.type === 'number' && d.column.numberProblem === null);
  return usable.findLast((d) => !indexWords.test(d.column.name) && !countsUp(d.values)) ?? usable.at(-1) ?? null;
}

/** A row counter: whole numbers that go up by one. */
function countsUp(values: Float64Array): boolean {
  return values.length > 2 && values.every((value, i) => i === 0 || value === values[i - 1]! + 1);
}

function whyNone(table: Table, described: Described[]): DatasetSummary['problem'] {
  const nearly = described.findLast(({ column }) => column.type === 'number' && column.numberProblem !== null);
  if (nearly !== undefined) return nearly.column.numberProblem;
  const onlyTime = described.length > 0 && described.every(({ column }) => column.type === 'time' || column.type === 'number');
  return inputError('data.no-numeric-column', `"${table.file}" has no column of numbers to predict${onlyTime ? ' beside the time' : ''}.`, {
    hint: 'Open a file with at least one column of numbers.', details: { name: table.file },
  }).data;
}

/** Median seconds between two rows of this time column; null without one, or where it holds no dates. */
export function secondsPerRow(table: Table, time: string | null): number | null {
  if (time === null) return null;
  return medianSeconds(readTimeColumn(table, columnIndex(table, time)));
}

/** @throws inputError 'data.unknown-column' */
export function columnIndex(table: Table, name: string): number {
  const c = table.names.indexOf(name);
  if (c >= 0) return c;
  throw inputError('data.unknown-column', `"${table.file}" has no column "${name}".`, { field: name, hint: `It has: ${table.names.join(', ')}.`, details: { column: name, name: table.file } });
}
