import type { Backend } from '../../engine/backend.ts';
import type { SeriesTable } from '../../shared/dataset.ts';
import type { Insight } from '../../shared/insight.ts';
import type { ForecastSpec } from '../../shared/spec.ts';
import type { Prepared } from '../prepare.ts';
import { conformalQuantile } from './conformal.ts';
import { recursiveForecast } from './recursive.ts';

/** Places in the validation part from which the recursive forecast is tried, for its intervals. */
const ORIGINS = 400;

interface Question {
  backend: Backend; spec: ForecastSpec; table: SeriesTable; prepared: Prepared;
  /** [windows * horizon] of every window, in the data's unit. */
  outputs: Float64Array;
  /** Residuals of the validation part, [windows * horizon]. */
  calibration: Float64Array;
  steps: number; levels: number[];
  pause: () => Promise<boolean>;
}

/**
 * What comes after the last row, with intervals: within the horizon directly, beyond it by feeding predictions back where the
 * target is the only input. The intervals of a step come from residuals at that very step, made the same way.
 */
export async function forecastBeyond({ backend, spec, table, prepared, calibration, steps, levels, pause }: Question): Promise<Pick<Insight, 'forecast' | 'forecastProblem'> | null> {
  const { data, target, targetScaler: { offset, scale }, starts, plan } = prepared;
  const { sequenceLength: T, horizon } = data;
  const { rows } = plan.split;
  const alone = spec.roles.inputs.length === 1 && spec.roles.inputs[0] === spec.roles.target;
  if (steps > horizon && !alone) {
    return { forecast: null, forecastProblem: `The network predicts ${horizon} ${horizon === 1 ? 'step' : 'steps'} at once, and its other inputs are not known beyond the end.` };
  }
  const real = (scaled: ArrayLike<number>) => Float64Array.from(scaled, (value) => value * scale + offset);
  let values: Float64Array;
  let residuals: (step: number) => Float64Array;
  if (steps <= horizon) {
    // The last window ends with the last row; its targets are what is asked for.
    const output = await backend.predict(Int32Array.of(rows - T));
    values = real(output.subarray(output.length - horizon, output.length - horizon + steps));
    residuals = (step) => calibration.filter((_, i) => i % horizon === step);
  } else {
    const beyond = await recursiveForecast(backend, data, Int32Array.of(rows), steps, pause);
    if (beyond === null) return null;
    values = real(beyond);
    const first = starts.validation.first + T;
    const last = plan.split.validationEnd - 1;
    const count = Math.max(0, Math.min(ORIGINS, last - first + 1));
    const origins = Int32Array.from({ length: count }, (_, i) => first + Math.floor((i * (last - first + 1)) / count));
    const tried = count === 0 ? new Float64Array(0) : await recursiveForecast(backend, data, origins, steps, pause);
    if (tried === null) return null;
    const said = real(tried);
    // Only truths within the validation part: the test part calibrates nothing.
    residuals = (step) => Float64Array.from([...origins].flatMap((origin, n) => (origin + step < plan.split.validationEnd ? [target[origin + step]! - said[n * steps + step]!] : [])));
  }
  const bands = levels.map((level) => ({ level, halfWidths: Float64Array.from(values, (_, step) => conformalQuantile(residuals(step), level) ?? Number.NaN) }));
  return { forecast: { method: steps <= horizon ? 'direct' : 'recursive', time: timesBeyond(table, steps), values, bands }, forecastProblem: null };
}

const MONTH_DAYS = [28, 31];
const DAY = 86_400_000;

/** Times after the last row: row numbers go on; dates by whole months where the data does, else by the last median gap. */
function timesBeyond({ time, rows }: SeriesTable, steps: number): Float64Array {
  const last = time.values[rows - 1] ?? 0;
  const gaps = time.values.slice(Math.max(1, rows - 50)).map((value, i) => value - time.values[Math.max(1, rows - 50) + i - 1]!).sort();
  const gap = gaps[Math.floor(gaps.length / 2)] ?? 1;
  const months = time.kind === 'date' ? wholeMonths(gap) : null;
  return Float64Array.from({ length: steps }, (_, i) => {
    if (months === null) return last + (i + 1) * gap;
    const date = new Date(last);
    const day = date.getUTCDate();
    date.setUTCDate(1);
    date.setUTCMonth(date.getUTCMonth() + (i + 1) * months);
    const longest = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
    date.setUTCDate(Math.min(day, longest));
    return date.getTime();
  });
}

/** 1, 3, 6 or 12 where the median gap is one of so many months; else null. */
function wholeMonths(gap: number): number | null {
  return [1, 3, 6, 12].find((months) => gap >= MONTH_DAYS[0]! * DAY * months && gap <= MONTH_DAYS[1]! * DAY * months) ?? null;
}
