import { expect, it } from 'vitest';
import { applyRecipe, seriesTable } from '../data/index.ts';
import { days, tableOf } from '../data/testing.ts';
import type { Backend } from '../engine/backend.ts';
import { defaultSpec } from '../shared/defaults.ts';
import { recipeSchema, type Step } from '../shared/recipe.ts';
import { rolesOf } from '../shared/roles.ts';
import { judge } from './judge.ts';
import { windowOutputs } from './outputs.ts';
import { prepare } from './prepare.ts';

const level = (i: number) => 100 * Math.exp(i / 40) + (i % 5);
const horizon = 3;
const sequenceLength = 4;

/** A network that says just what comes, in the scaled unit that it is trained in. */
function oracle(targets: Float32Array, off: number): Pick<Backend, 'predict'> {
  return { predict: (starts) => Promise.resolve(Float32Array.from({ length: starts.length * horizon }, (_, i) => targets[starts[Math.floor(i / horizon)]! + sequenceLength + (i % horizon)]! + off)) };
}

it.each<[string, Step[], number]>([
  ['differences', [{ kind: 'difference', columns: ['x'], lag: 1 }], 1], ['differences over a week', [{ kind: 'difference', columns: ['x'], lag: 7 }], 7],
  ['logarithms', [{ kind: 'logarithm', columns: ['x'], of: 'log' }], 0], ['differences of logarithms', [{ kind: 'logarithm', columns: ['x'], of: 'log' }, { kind: 'difference', columns: ['x'], lag: 2 }], 2],
])('what is predicted of %s is judged in the unit of the file', async (_what, steps, left) => {
  const file = tableOf(`date,x\n${days(200, (i) => level(i).toFixed(6))}`);
  const recipe = recipeSchema.parse({ version: 1, steps });
  const roles = rolesOf('date', 'x');
  const table = seriesTable(applyRecipe(file, recipe).table, roles);
  const standard = defaultSpec(roles, table.rows, 86_400, recipe);
  const prepared = prepare({ ...standard, window: { ...standard.window, sequenceLength, horizon } }, table);
  const { values: target } = prepared.targets[0]!;
  expect([...target.subarray(0, 3)]).toEqual([0, 1, 2].map((i) => Number(level(i + left).toFixed(6))));
  const starts = Int32Array.from({ length: table.rows - sequenceLength - horizon + 1 }, (_, i) => i);
  if (prepared.data.targets.kind !== 'values') throw new Error('Numbers are predicted.');
  const right = await windowOutputs(oracle(prepared.data.targets.values, 0) as Backend, prepared, starts, 64, () => Promise.resolve(false));
  const { metrics, persistence } = judge(target, right!, prepared.starts, sequenceLength, horizon);
  expect(metrics.test!.mae).toBeLessThan(0.01);
  // Repeating the last value of the file, not of its differences.
  expect(persistence.test!.mae).toBeGreaterThan(10);
  const wrong = await windowOutputs(oracle(prepared.data.targets.values, 0.1) as Backend, prepared, starts, 64, () => Promise.resolve(false));
  expect(judge(target, wrong!, prepared.starts, sequenceLength, horizon).metrics.test!.mae).toBeGreaterThan(0.05);
});
