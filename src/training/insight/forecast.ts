import type { Backend } from '../../engine/backend.ts';
import type { SeriesTable } from '../../shared/dataset.ts';
import type { Insight } from '../../shared/insight.ts';
import type { ForecastSpec } from '../../shared/spec.ts';
import type { Prepared } from '../prepare.ts';
import { beyondProblem, forecastFrom, inputsBeyond, neededInputs, unscaled, type KnownValues } from './beyond.ts';
import { conformalQuantile } from './conformal.ts';
import { recursiveForecast } from './recursive.ts';

/** Places in the validation part from which the recursive forecast is tried, for its intervals. */
const ORIGINS = 400;

interface Question {
  backend: Backend; spec: ForecastSpec; table: SeriesTable; prepared: Prepared;
  /** Number of the target that is asked for. */
  target: number;
  /** Its residuals of the validation part, [windows * horizon]. */
  calibration: Float64Array;
  known: KnownValues;
  steps: number; levels: number[];
  pause: () => Promise<boolean>;
}

/**
 * What comes after the last row, with intervals: within the horizon directly, beyond it by feeding predictions back where all inputs
 * are targets, calendar or known in the future. The intervals of a step come from residuals at that very step, made the same way.
 */
export async function forecastBeyond({ backend, spec, table, prepared, target, calibration, known, steps, levels, pause }: Question): Promise<Pick<Insight, 'forecast' | 'forecastProblem' | 'forecastNeeds'> | null> {
  const { data, columns } = prepared;
  const forecastNeeds = neededInputs(spec);
  const forecastProblem = beyondProblem(spec, steps, known);
  if (forecastProblem !== null) return { forecast: null, forecastProblem, forecastNeeds };
  try {
    const beyond = await forecastFrom({ backend, spec, table, columns, known, steps, pause });
    if (beyond === null) return null;
    const { method, time } = beyond;
    const { values } = beyond.targets[target]!;
    const bands = await bandsBeyond({ backend, spec, table, prepared, target, calibration, known, steps, levels, pause });
    if (bands === null) return null;
    return { forecast: { method, time, values, bands }, forecastProblem: null, forecastNeeds };
  } finally {
    await backend.load(data);
  }
}

/**
 * Half-widths of the intervals of each step beyond an end, in the target's unit; NaN where there are too few residuals. Those of a step
 * come from what was left over in the validation part at that very step, said the same way.
 * @returns null when cancelled
 */
export async function bandsBeyond({ backend, spec, table, prepared, target, calibration, known, steps, levels, pause }: Question): Promise<{ level: number; halfWidths: Float64Array }[] | null> {
  const { data, targets, starts, plan, columns } = prepared;
  const { sequenceLength: T, horizon } = data;
  let residuals = (step: number) => calibration.filter((_, i) => i % horizon === step);
  if (steps > horizon) {
    const truth = targets[target]!.values;
    const first = starts.validation.first + T;
    const last = plan.split.validationEnd - 1;
    const count = Math.max(0, Math.min(ORIGINS, last - first + 1));
    const origins = Int32Array.from({ length: count }, (_, i) => first + Math.floor((i * (last - first + 1)) / count));
    const inputs = inputsBeyond(spec, table, columns, known, steps, Math.ceil(steps / horizon) * horizon);
    const tried = count === 0 ? new Float64Array(0) : await recursiveForecast(backend, inputs, spec.roles.targets, data, origins, steps, pause);
    if (tried === null) return null;
    const said = unscaled(tried, spec.roles.targets, columns, origins)[target]!.values;
    // Only truths within the validation part: the test part calibrates nothing.
    residuals = (step) => Float64Array.from([...origins].flatMap((origin, n) => (origin + step < plan.split.validationEnd ? [truth[origin + step]! - said[n * steps + step]!] : [])));
  }
  return levels.map((level) => ({ level, halfWidths: Float64Array.from({ length: steps }, (_, step) => conformalQuantile(residuals(step), level) ?? Number.NaN) }));
}
