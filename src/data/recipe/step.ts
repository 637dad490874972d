import { inputError, type AppError } from '../../shared/errors.ts';
import type { Step, StepChange } from '../../shared/recipe.ts';
import { readNumberColumn } from '../number-column.ts';
import { cellAt, columnIndex, type Table } from '../table.ts';
import { readTimes } from '../time-column.ts';
import { shortened } from '../words.ts';

// What the steps of a recipe share.

/** A table and what was changed in it: rows, cells or columns. */
export interface Stepped { table: Table; changed: number; of: StepChange['of'] }

/** What one kind of step does. @throws inputError that names column and line */
export type Apply<K extends Step['kind']> = (table: Table, step: Extract<Step, { kind: K }>) => Stepped;

/** Values of a column of numbers, NaN where one is missing. They are shared: whoever changes them takes a copy. @throws inputError 'recipe.word' where a cell holds a word */
export function numbersOf(table: Table, name: string): Float64Array {
  const c = columnIndex(table, name);
  const { values, words, problem } = readNumberColumn(table, c);
  if (words === 0) return values;
  if (problem !== null && problem.data.code !== 'data.word') throw problem;
  const row = values.findIndex((value, i) => Number.isNaN(value) && cellAt(table, i, c).trim() !== '');
  const cell = shortened(cellAt(table, row, c));
  throw inputError('recipe.word', `Line ${table.lines[row]!}, column "${name}": "${cell}" is not a number.`, {
    field: name, hint: 'Treat words among numbers as missing first.', details: { column: name, line: table.lines[row]!, cell },
  });
}

/** Times in any order. @throws the problem of the column, or of the first time that cannot be read */
export function timesOf(table: Table, name: string): { kind: 'date' | 'number'; values: Float64Array } {
  const c = columnIndex(table, name);
  const times = readTimes(table, c);
  if (!times.ok) throw times.problem;
  const bad = times.values.findIndex(Number.isNaN);
  if (bad >= 0) throw unreadTime(table, c, bad);
  return { kind: times.format === 'number' ? 'number' : 'date', values: times.values };
}

function unreadTime(table: Table, c: number, row: number): AppError {
  const column = table.names[c]!;
  const line = table.lines[row]!;
  const cell = shortened(cellAt(table, row, c));
  return inputError('data.no-such-date', `Line ${line}, column "${column}": there is no date "${cell}".`, {
    field: column, hint: 'Leave out the rows whose time cannot be read first.', details: { column, line, cell },
  });
}

/** Times that never go back. @throws also inputError 'recipe.unsorted' with the first line that does */
export function sortedTimesOf(table: Table, name: string): { kind: 'date' | 'number'; values: Float64Array } {
  const times = timesOf(table, name);
  const { values } = times;
  for (let row = 1; row < values.length; row++) {
    if (values[row]! < values[row - 1]!) {
      const line = table.lines[row]!;
      throw inputError('recipe.unsorted', `Line ${line}, column "${name}": the time goes back.`, { field: name, hint: 'Sort the rows by time first.', details: { column: name, line } });
    }
  }
  return times;
}

/** A step must leave something to train on. @throws inputError 'recipe.nothing-left' */
export function assertRows(rows: number): void {
  if (rows > 0) return;
  throw inputError('recipe.nothing-left', 'No row would be left.', { hint: 'Choose another remedy, or take an earlier step back.' });
}
