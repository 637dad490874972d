import type { SeriesTable } from '../../shared/dataset.ts';
import { toErrorData } from '../../shared/errors.ts';
import { makePlan, splitNames, windowStarts, type SplitRows } from '../../shared/plan.ts';
import type { PreparedFacts, WindowPicture } from '../../shared/preparing.ts';
import type { ForecastSpec } from '../../shared/spec.ts';
import { seriesTable } from '../series.ts';
import type { Table } from '../table.ts';
import { featureValues, scaledColumns } from './features.ts';
import { splitOf } from './split.ts';

/** Input rows of a window that are listed at most. */
const LISTED = 200;

/** What the settings make of a table: the plan with the fitted scalers, and one window. @param start its first row; null: the last window of the training part */
export function preparedFacts(table: Table, spec: ForecastSpec, start: number | null): PreparedFacts {
  try {
    const series = seriesTable(table, spec.roles);
    const split = splitOf(spec.split, series.time);
    const { plan, problem } = makePlan(split, spec);
    const columns = scaledColumns(spec, series, split.trainEnd);
    const scalers = columns.flatMap(({ name, scaler, scaled }) => (scaled ? [{ column: name, ...scaler }] : []));
    return { plan: { ...plan, scalers }, problem: problem?.data ?? null, window: windowPicture(spec, series, split, start) };
  } catch (error) {
    return { plan: null, problem: toErrorData(error), window: null };
  }
}

function windowPicture(spec: ForecastSpec, series: SeriesTable, split: SplitRows, wanted: number | null): WindowPicture | null {
  const { roles, window: { sequenceLength: T, horizon } } = spec;
  const last = series.rows - T - horizon;
  if (last < 0) return null;
  const start = Math.max(0, Math.min(last, wanted ?? split.trainEnd - T - horizon));
  const omitted = Math.max(0, T - LISTED);
  const from = start + omitted;
  const to = start + T + horizon;
  // The rows of this window alone: the values ahead that its last row carries are among them.
  const columns = series.columns.map(({ name, values }) => ({ name, values: values.slice(from, to), scaler: { offset: 0, scale: 1 }, scaled: true }));
  const part = { rows: to - from, time: { ...series.time, values: series.time.values.slice(from, to) }, columns };
  const { features, values } = featureValues(roles, horizon, part, columns);
  const steps = T - omitted;
  return {
    start, last, omitted, timeKind: series.time.kind, times: [...part.time.values],
    part: splitNames.find((name) => { const { first, count } = windowStarts(split, name, { ...spec.window, stride: 1 }); return start >= first && start < first + count; }) ?? null,
    features: features.map(({ name }) => name),
    inputs: Array.from({ length: steps }, (_, t) => [...values.subarray(t * features.length, (t + 1) * features.length)]),
    targets: roles.targets.map((name) => {
      const own = columns.find((column) => column.name === name)!.values;
      return { name, past: [...own.subarray(0, steps)], next: [...own.subarray(steps)] };
    }),
  };
}
