import { startsOf } from '../data/preparing/windows.ts';
import type { Parameters } from '../engine/parameters.ts';
import type { SeriesTable } from '../shared/dataset.ts';
import type { ForecastSpec } from '../shared/spec.ts';
import type { Engines } from './choose.ts';
import type { KnownValues } from './insight/beyond.ts';
import { conformalQuantile } from './insight/conformal.ts';
import { bandsBeyond } from './insight/forecast.ts';
import { withBackend } from './open.ts';
import { chunkOf, ofTarget, windowOutputs } from './outputs.ts';

interface Bands { level: number; halfWidths: Float64Array }
/** Of each target: half-widths for each step of the horizon, and for each step beyond an end. */
export type RunIntervals = { rows: Bands[]; beyond: Bands[] }[];

interface Question { spec: ForecastSpec; parameters: Parameters; own: SeriesTable; known: KnownValues; steps: number; levels: readonly number[]; pause: () => Promise<boolean> }

/**
 * How far a run's predictions lay from the truth in its own validation part: the intervals of what it says of other data.
 * @returns no targets for a run without a validation part; null when cancelled
 */
export function intervalsOf(engines: Engines, { spec, parameters, own, known, steps, levels, pause }: Question): Promise<RunIntervals | null> {
  return withBackend(engines, { ...spec, backend: 'wasm' }, own, async ({ backend, prepared }): Promise<RunIntervals | null> => {
    const { targets, data: { sequenceLength: T, horizon } } = prepared;
    const starts = startsOf(prepared.starts.validation).filter((start) => start >= 0);
    if (starts.length === 0) return [];
    const outputs = await windowOutputs(backend, prepared, starts, chunkOf(prepared), pause);
    if (outputs === null) return null;
    const all: RunIntervals = [];
    for (const [k, { values: truth }] of targets.entries()) {
      const said = ofTarget(outputs, k, targets.length);
      const calibration = Float64Array.from(said, (value, i) => truth[starts[Math.floor(i / horizon)]! + T + (i % horizon)]! - value);
      const residuals = (h: number) => calibration.filter((_, i) => i % horizon === h);
      await backend.load(prepared.data);
      const beyond = steps === 0 ? [] : await bandsBeyond({ backend, spec, table: own, prepared, target: k, calibration, known, steps, levels: [...levels], pause });
      if (beyond === null) return null;
      all.push({ rows: levels.map((level) => ({ level, halfWidths: Float64Array.from({ length: horizon }, (_, h) => conformalQuantile(residuals(h), level) ?? Number.NaN) })), beyond });
    }
    return all;
  }, parameters);
}
