import type { SeriesTable } from '../shared/dataset.ts';
import type { SplitRows } from '../shared/plan.ts';
import type { Roles, SeriesSplit } from '../shared/spec.ts';
import { encodeColumn } from './preparing/encode.ts';
import { splitOf } from './preparing/split.ts';
import { readNumberColumn } from './number-column.ts';
import { inverseOf } from './recipe/inverse.ts';
import { columnIndex, type Table } from './table.ts';
import { readTimeColumn } from './time-column.ts';

/**
 * The numbers that a run is trained on: targets and inputs, each once, [rows]; an encoded input as the codes of its categories.
 * A target that the recipe differenced or took the logarithm of comes with the way back to the file's unit, where there is one.
 * @throws the first column's problem, which names its line, or inputError 'data.unknown-column'
 */
export function seriesTable(table: Table, roles: Roles): SeriesTable {
  const names = [...new Set([...roles.targets, ...roles.inputs])];
  return {
    rows: table.rows,
    time: timeOf(table, roles.time),
    columns: names.map((name) => {
      const encoding = roles.encodings[name];
      if (encoding !== undefined) return { name, values: encodeColumn(table, columnIndex(table, name), encoding) };
      const { values, problem } = readNumberColumn(table, columnIndex(table, name));
      if (problem !== null) throw problem;
      const inverse = roles.targets.includes(name) && table.from !== undefined ? inverseOf(table.from.table, table.from.recipe, name) : null;
      return { name, values, ...(inverse?.ok === true ? { inverse } : {}) };
    }),
  };
}

function timeOf(table: Table, name: string | null): SeriesTable['time'] {
  if (name === null) return { kind: 'row', name: '', values: Float64Array.from({ length: table.rows }, (_, i) => i) };
  const time = readTimeColumn(table, columnIndex(table, name));
  if (!time.ok) throw time.problem;
  return { kind: time.kind, name, values: time.values };
}

/** The rows of each part. @throws the time column's problem, or what `splitOf` says */
export function splitOfTable(table: Table, time: string | null, split: SeriesSplit): SplitRows {
  return splitOf(split, timeOf(table, time));
}

/** One column over time for the chart: NaN where a cell is no number; the row number where the time cannot be read. */
export function columnSeries(table: Table, column: string, time: string | null): { kind: 'date' | 'number' | 'row'; time: Float64Array; values: Float64Array } {
  const { values } = readNumberColumn(table, columnIndex(table, column));
  const read = time === null ? null : readTimeColumn(table, columnIndex(table, time));
  const known = read?.ok === true ? { kind: read.kind, values: read.values } : timeOf(table, null);
  return { kind: known.kind, time: known.values, values };
}
