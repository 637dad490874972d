import type { SequenceData } from '../engine/backend.ts';
import { applyScaler, fitScaler, type Scaler } from '../data/scaler.ts';
import type { SeriesTable } from '../shared/dataset.ts';
import { inputError } from '../shared/errors.ts';
import { makePlan, windowStarts, splitNames, type Plan, type SplitName, type StartRange } from '../shared/plan.ts';
import type { ForecastSpec } from '../shared/spec.ts';

/** What a run is trained on: one array, the windows as ranges of starts, and the way back to the data's unit. */
export interface Prepared {
  plan: Plan;
  data: SequenceData;
  starts: Record<SplitName, StartRange>;
  /** The target in its own unit, [rows]. */
  target: Float64Array;
  targetScaler: Scaler;
  /** Which steps of a window have a target, and so an output. */
  targets: ForecastSpec['window']['targets'];
}

function column(table: SeriesTable, name: string, field: string): Float64Array {
  const found = table.columns.find((c) => c.name === name);
  if (found === undefined) {
    throw inputError('data.unknown-column', `The data has no numeric column "${name}".`, {
      field, hint: `It has: ${table.columns.map((c) => c.name).join(', ')}.`, details: { column: name },
    });
  }
  return found.values;
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

/** @throws the plan's problem (too few rows, no training window), a model too large to be kept, or a column that is not there */
export function prepare(spec: ForecastSpec, table: SeriesTable): Prepared {
  const { plan, problem } = makePlan(table.rows, spec);
  if (problem !== null) throw problem;
  checkStorable(plan.parameters, spec);
  const { rows } = table;
  const features = spec.roles.inputs.length;
  // [rows, features], scaled; every window is a view into it.
  const values = new Float32Array(rows * features);
  spec.roles.inputs.forEach((name, f) => {
    const raw = column(table, name, 'roles.inputs');
    applyScaler(fitScaler(spec.scaling, raw, plan.split.trainEnd), raw, values, f, features);
  });
  const target = column(table, spec.roles.target, 'roles.target');
  const targetScaler = fitScaler(spec.scaling, target, plan.split.trainEnd);
  const scaled = new Float32Array(rows);
  applyScaler(targetScaler, target, scaled, 0, 1);
  const { sequenceLength, horizon } = spec.window;
  const starts = Object.fromEntries(splitNames.map((part) => [part, windowStarts(plan.split, part, spec.window)])) as Record<SplitName, StartRange>;
  return {
    plan, starts, target, targetScaler, targets: spec.window.targets,
    data: { input: { kind: 'dense', values, features }, targets: { kind: 'values', values: scaled, width: 1 }, sequenceLength, horizon },
  };
}
