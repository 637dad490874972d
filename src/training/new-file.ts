import { featureValues, scaledColumns, targetValues } from '../data/preparing/features.ts';
import type { Parameters } from '../engine/parameters.ts';
import type { SeriesTable } from '../shared/dataset.ts';
import { inputError } from '../shared/errors.ts';
import type { ColumnScaler } from '../shared/plan.ts';
import type { SplitMetrics } from '../shared/run.ts';
import type { ForecastSpec } from '../shared/spec.ts';
import { explained } from './engine-error.ts';
import type { Engines } from './choose.ts';
import { forecastFrom, type Beyond, type KnownValues } from './insight/beyond.ts';
import { errorsOf } from './metrics.ts';
import { modelOf, optionsOf } from './model.ts';
import { ofTarget, windowOutputs } from './outputs.ts';

/** Windows predicted at once. */
const CHUNK = 1024;

export interface PredictedFile {
  rows: number;
  /** First row that a window predicts: the sequence length. */
  firstRow: number;
  targets: {
    name: string;
    /** In the unit of the file, [rows]. */
    truth: Float64Array;
    /** For each step of the horizon what was said of each row so many steps before, [horizon][rows]; NaN where no window says anything. */
    ahead: Float64Array[];
    /** Of one step ahead, and of repeating the last value on the same rows; null without a row to judge. */
    errors: SplitMetrics | null;
    persistence: SplitMetrics | null;
  }[];
  beyond: Beyond | null;
}

interface Question {
  spec: ForecastSpec; parameters: Parameters;
  /** As the run fitted them; a new file never fits its own. */
  scalers: readonly ColumnScaler[];
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
export async function predictFile({ wasm }: Pick<Engines, 'wasm'>, { spec, parameters, scalers, table, steps, known, pause }: Question): Promise<PredictedFile | null> {
  const { window: { sequenceLength: T, horizon, targets: headSteps }, roles } = spec;
  const { rows } = table;
  if (rows < T) {
    throw inputError('data.too-few-rows', `The data has ${rows} ${rows === 1 ? 'row' : 'rows'}, and a sequence length of ${T} needs at least ${T}.`, { details: { rows, sequenceLength: T, horizon, needed: T } });
  }
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
  const backend = await wasm.create(modelOf(spec), parameters, optionsOf(spec));
  try {
    await backend.load(data);
    const outputs = await windowOutputs(backend, { data, targets, headSteps }, starts, CHUNK, pause);
    if (outputs === null) return null;
    const beyond = steps === 0 ? null : await forecastFrom({ backend, spec, table, columns, known, steps, pause });
    if (steps > 0 && beyond === null) return null;
    return {
      rows, firstRow: T, beyond,
      targets: targets.map(({ name, values: truth }, k) => {
        const said = ofTarget(outputs, k, targets.length); // [windows * horizon]
        const ahead = Array.from({ length: horizon }, () => new Float64Array(rows).fill(Number.NaN));
        starts.forEach((start) => ahead.forEach((values, h) => { if (start + T + h < rows) values[start + T + h] = said[start * horizon + h]!; }));
        const judged = starts.filter((start) => start + T < rows);
        const of = (pick: (row: number) => number) => Float64Array.from(judged, (start) => pick(start + T));
        return { name, truth, ahead, errors: errorsOf(of((row) => truth[row]!), of((row) => ahead[0]![row]!)), persistence: errorsOf(of((row) => truth[row]!), of((row) => truth[row - 1]!)) };
      }),
    };
  } catch (error) {
    throw explained(error);
  } finally {
    backend.dispose();
  }
}
