import { featureValues, scaledColumns, targetValues } from '../data/preparing/features.ts';
import type { Parameters } from '../engine/parameters.ts';
import type { SeriesTable } from '../shared/dataset.ts';
import { inputError } from '../shared/errors.ts';
import type { ColumnScaler } from '../shared/plan.ts';
import type { PredictedSeries } from '../shared/new-file.ts';
import { prepare } from './prepare.ts';
import type { ForecastSpec } from '../shared/spec.ts';
import { explained } from './engine-error.ts';
import type { Engines } from './choose.ts';
import { forecastFrom, type Beyond, type KnownValues } from './insight/beyond.ts';
import { intervalsOf, type RunIntervals } from './new-file-intervals.ts';
import { errorsOf } from './metrics.ts';
import { modelOf, optionsOf } from './model.ts';
import { ofTarget, windowOutputs } from './outputs.ts';

/** Windows predicted at once. */
const CHUNK = 1024;

/** How wide intervals are: each holds the truth so often, if the new file is like the run's validation part. */
const LEVELS = [0.8, 0.95];

interface Question {
  spec: ForecastSpec; parameters: Parameters;
  /** As the run fitted them, a new file never fits its own; null (an older run): fitted again on the data that it learnt. */
  scalers: readonly ColumnScaler[] | null;
  /** The series that the run learnt, after its recipe: intervals come from its validation part. null where it is gone: no intervals. */
  own: SeriesTable | null;
  /** The new file's series, after the run's recipe. */
  table: SeriesTable;
  /** Steps beyond its end; 0: none. */
  steps: number;
  known: KnownValues;
  pause: () => Promise<boolean>;
}

/**
 * What a trained network says of a file that it has not seen: for each row from the sequence length on, and beyond the end.
 * @returns null when cancelled
 * @throws inputError for a file that is too short, or what a forecast beyond the end lacks
 */
export async function predictFile(engines: Engines, { spec, parameters, scalers: stored, own, table, steps, known, pause }: Question): Promise<PredictedSeries | null> {
  const { window: { sequenceLength: T, horizon, targets: headSteps }, roles } = spec;
  const { rows } = table;
  if (rows < T) {
    throw inputError('data.too-few-rows', `The data has ${rows} ${rows === 1 ? 'row' : 'rows'}, and a sequence length of ${T} needs at least ${T}.`, { details: { rows, sequenceLength: T, horizon, needed: T } });
  }
  const scalers = stored ?? (own === null ? null : prepare(spec, own).plan.scalers ?? []);
  if (scalers === null) throw inputError('predict.no-scalers', 'The data of the run is gone, and with it the numbers that its columns were scaled by.', { hint: 'Train again.' });
  const columns = scaledColumns(spec, table, rows).map((column) => {
    const fitted = scalers.find((scaler) => scaler.column === column.name);
    return fitted === undefined ? column : { ...column, scaler: { offset: fitted.offset, scale: fitted.scale } };
  });
  const { features, values } = featureValues(roles, horizon, table, columns);
  const data = { input: { kind: 'dense' as const, values, features: features.length }, targets: { kind: 'values' as const, values: targetValues(roles.targets, rows, columns), width: roles.targets.length }, sequenceLength: T, horizon };
  const targets = columns.slice(0, roles.targets.length).map(({ name, values: own, scaler, inverse }) => ({ name, values: inverse?.truth ?? own, scaler, spread: scaler.scale, ...(inverse === undefined ? {} : { inverse }) }));
  // A window whose last row carries inputs of rows beyond the end says nothing: those are asked for.
  const last = roles.known.length === 0 ? rows - T : rows - T - horizon;
  const starts = Int32Array.from({ length: Math.max(0, last + 1) }, (_, start) => start);
  const backend = await engines.wasm.create(modelOf(spec), parameters, optionsOf(spec));
  try {
    await backend.load(data);
    const outputs = await windowOutputs(backend, { data, targets, headSteps }, starts, CHUNK, pause);
    if (outputs === null) return null;
    const beyond = steps === 0 ? null : await forecastFrom({ backend, spec, table, columns, known, steps, pause });
    if (steps > 0 && beyond === null) return null;
    const intervals = own === null ? [] : await intervalsOf(engines, { spec, parameters, own, known, steps, levels: LEVELS, pause });
    if (intervals === null) return null;
    return {
      task: 'forecast', rows, firstRow: T, horizon, time: table.time, beyond: beyond === null ? null : withBands(beyond, intervals),
      targets: targets.map(({ name, values: truth }, k) => {
        const said = ofTarget(outputs, k, targets.length); // [windows * horizon]
        const ahead = Array.from({ length: horizon }, () => new Float64Array(rows).fill(Number.NaN));
        starts.forEach((start) => ahead.forEach((values, h) => { if (start + T + h < rows) values[start + T + h] = said[start * horizon + h]!; }));
        const judged = starts.filter((start) => start + T < rows);
        const of = (pick: (row: number) => number) => Float64Array.from(judged, (start) => pick(start + T));
        return {
          name, truth, ahead, errors: errorsOf(of((row) => truth[row]!), of((row) => ahead[0]![row]!)), persistence: errorsOf(of((row) => truth[row]!), of((row) => truth[row - 1]!)),
          bands: (intervals[k]?.rows ?? []).map(({ level, halfWidths }) => ({ level, halfWidths, coverage: coverageOf(judged, halfWidths[0]!, (start) => truth[start + T]! - ahead[0]![start + T]!) })),
        };
      }),
    };
  } catch (error) {
    throw explained(error);
  } finally {
    backend.dispose();
  }
}

/** Share of the residuals within a half-width; null without one. */
function coverageOf(judged: Int32Array, half: number, residual: (start: number) => number): number | null {
  if (!Number.isFinite(half) || judged.length === 0) return null;
  return judged.reduce((inside, start) => inside + (Math.abs(residual(start)) <= half ? 1 : 0), 0) / judged.length;
}

function withBands({ targets, ...beyond }: Beyond, intervals: RunIntervals): PredictedSeries['beyond'] {
  return { ...beyond, targets: targets.map((target, k) => ({ ...target, bands: intervals[k]?.beyond ?? [] })) };
}
