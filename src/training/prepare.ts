import type { SequenceData } from '../engine/backend.ts';
import { applyScaler, fitScaler, type Scaler } from '../data/scaler.ts';
import type { SeriesTable } from '../shared/dataset.ts';
import { inputError } from '../shared/errors.ts';
import { makePlan, windowStarts, splitNames, type Plan, type SplitName, type StartRange } from '../shared/plan.ts';
import type { RunSpec } from '../shared/spec.ts';

/** What a run is trained on: one array, the windows as ranges of starts, and the way back to the data's unit. */
export interface Prepared {
  plan: Plan;
  data: SequenceData;
  starts: Record<SplitName, StartRange>;
  /** The target in its own unit, [rows]. */
  target: Float64Array;
  targetScaler: Scaler;
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

/** @throws the plan's problem (too few rows, no training window), or a column that is not there */
export function prepare(spec: RunSpec, table: SeriesTable): Prepared {
  const { plan, problem } = makePlan(table.rows, spec);
  if (problem !== null) throw problem;
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
  const targets = new Float32Array(rows);
  applyScaler(targetScaler, target, targets, 0, 1);
  const { sequenceLength, horizon } = spec.window;
  const starts = Object.fromEntries(splitNames.map((part) => [part, windowStarts(plan.split, part, spec.window)])) as Record<SplitName, StartRange>;
  return {
    plan, starts, target, targetScaler,
    data: { input: { kind: 'dense', values, features }, targets: { kind: 'values', values: targets, width: 1 }, sequenceLength, horizon },
  };
}
