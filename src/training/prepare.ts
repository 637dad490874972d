import type { SequenceData } from '../engine/backend.ts';
import { featureValues, scaledColumns, targetValues, type ScaledColumn } from '../data/preparing/features.ts';
import { fitScaler, type Scaler } from '../data/preparing/scaler.ts';
import { splitOf } from '../data/preparing/split.ts';
import type { SeriesTable } from '../shared/dataset.ts';
import { inputError } from '../shared/errors.ts';
import type { TargetInverse } from '../shared/inverse.ts';
import type { Feature } from '../shared/features.ts';
import { makePlan, windowStarts, splitNames, type Plan, type SplitName, type StartRange } from '../shared/plan.ts';
import type { ForecastSpec } from '../shared/spec.ts';

/**
 * A target in the file's unit, [rows], and the way to the network's: the recipe's, where it was differenced or is a logarithm, then the
 * scaler's. `spread`: how much it varies in the file's unit where the recipe transformed it, else the scaler's scale.
 */
export interface TargetSeries { name: string; values: Float64Array; scaler: Scaler; spread: number; inverse?: TargetInverse }

/** What a run is trained on: one array, the windows as ranges of starts, and the way back to the data's unit. */
export interface Prepared {
  plan: Plan;
  data: SequenceData;
  starts: Record<SplitName, StartRange>;
  /** In the order of the outputs: the head says [horizon, targets], step by step. */
  targets: TargetSeries[];
  /** Which steps of a window have a target, and so an output. */
  headSteps: ForecastSpec['window']['targets'];
  features: Feature[];
  /** Every column that goes in or comes out, with its scaler. */
  columns: ScaledColumn[];
}

function targetSeries({ name, values, scaler, inverse }: ScaledColumn, trainEnd: number): TargetSeries {
  if (inverse === undefined) return { name, values, scaler, spread: scaler.scale };
  return { name, values: inverse.truth, scaler, inverse, spread: fitScaler('standard', inverse.truth, trainEnd).scale };
}

/** Bytes of a checkpoint that the database takes; better-sqlite3 binds no more than 2^29 - 1 at once, header and all. */
const MAX_CHECKPOINT = 2 ** 29 - 2 ** 16;

/** A model that could not be kept is refused before its weights are made. @throws inputError 'engine.memory.tooLarge' */
function checkStorable(parameters: number, { training: { optimizer, momentum } }: ForecastSpec): void {
  // The weights and what the optimizer remembers of each.
  const arrays = 1 + (optimizer === 'adam' || optimizer === 'adamw' ? 2 : (optimizer === 'rmsprop' ? 1 : 0) + (momentum > 0 ? 1 : 0));
  const bytes = parameters * arrays * 4;
  if (bytes <= MAX_CHECKPOINT) return;
  throw inputError('engine.memory.tooLarge', `A checkpoint of the model would need ${(bytes / 2 ** 30).toFixed(1)} GiB (${bytes} bytes), more than the ${MAX_CHECKPOINT} bytes that a run can keep.`, {
    field: 'model.hiddenSize', hint: 'Choose a smaller hidden size or fewer layers.', details: { what: 'A checkpoint of the model', bytes, limit: MAX_CHECKPOINT },
  });
}

/** @throws the split's or the plan's problem (too few rows, no training window), a model too large to be kept, or a column that is not there */
export function prepare(spec: ForecastSpec, table: SeriesTable): Prepared {
  const { plan, problem } = makePlan(splitOf(spec.split, table.time), spec);
  if (problem !== null) throw problem;
  checkStorable(plan.parameters, spec);
  const { rows } = table;
  const { sequenceLength, horizon } = spec.window;
  const columns = scaledColumns(spec, table, plan.split.trainEnd);
  // [rows, features], scaled; every window is a view into it.
  const { features, values } = featureValues(spec.roles, horizon, table, columns);
  const { targets } = spec.roles;
  const starts = Object.fromEntries(splitNames.map((part) => [part, windowStarts(plan.split, part, spec.window)])) as Record<SplitName, StartRange>;
  return {
    plan: { ...plan, scalers: columns.flatMap(({ name, scaler, scaled }) => (scaled ? [{ column: name, ...scaler }] : [])) },
    starts, targets: columns.slice(0, targets.length).map((column) => targetSeries(column, plan.split.trainEnd)), headSteps: spec.window.targets, features, columns,
    data: {
      input: { kind: 'dense', values, features: features.length }, targets: { kind: 'values', values: targetValues(targets, rows, columns), width: targets.length }, sequenceLength, horizon,
    },
  };
}
