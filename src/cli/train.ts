import { randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describeTable } from '../data/index.ts';
import { inputError, toErrorData } from '../shared/errors.ts';
import { makeId } from '../shared/ids.ts';
import { emptyRecipe } from '../shared/recipe.ts';
import { runName, seedName } from '../shared/run-name.ts';
import { keepTable, MAX_IN_DATABASE } from '../sources/index.ts';
import { readJob } from './job.ts';
import type { Options } from './options.ts';
import { preflight } from './preflight.ts';
import { seedsOf, trainSeeds } from './seeds.ts';
import { openStore } from './store.ts';
import { print, TrainCommand } from './train-command.ts';
import { trainClassify } from './train-classify.ts';
import { trainText } from './train-text.ts';
import { unitsFrom } from './units.ts';

/** Characters, as in the window. */
const MAX_NAME = 200;

/** `unroll train FILE`: the app's way of the data, without a window. @returns the exit code */
export async function train(options: Options): Promise<number> {
  const { values } = options;
  const task = values['task'] ?? 'forecast';
  if (task === 'char') return trainText(options);
  if (task === 'classify') return trainClassify(options);
  if (task !== 'forecast') throw inputError('cli.usage', `--task must be forecast, char or classify (got ${String(task)}).`, { field: '--task' });
  const { path, source, facts, table, spec, plan, recipe, changes } = await readJob('train', options);
  if (!await preflight(spec, plan, values)) return 0;
  const { file: { name, size, modifiedAt }, sha256, sampling, bytes } = source;
  const storage = openStore(values['db']);
  const unused = values['time'] === undefined && spec.roles.time === null ? facts.columns.find(({ type, timeProblem }) => type === 'time' && timeProblem !== null) : undefined;
  if (unused !== undefined) process.stderr.write(`unroll: The rows are taken as they stand and numbered, for their times cannot be used. ${unused.timeProblem!.message}\n`);
  try {
    const units = unitsFrom(values['unit'], spec.roles.targets);
    const unit = units[spec.roles.targets[0]!] ?? '';
    const given = typeof values['name'] === 'string' ? values['name'].trim() : '';
    if (given.length > MAX_NAME) throw inputError('cli.usage', `--name takes at most ${MAX_NAME} characters (got ${given.length}).`, { field: '--name' });
    const small = bytes !== null && bytes.length <= MAX_IN_DATABASE;
    const dataset = storage.datasets.save({
      ...(recipe.steps.length === 0 ? { ...facts, roles: spec.roles } : describeTable(source.table)), id: makeId('data', randomBytes(10)), name, sourcePath: resolve(path), sample: null, sha256, sourceSize: size, sourceModifiedAt: modifiedAt, sampling, recipe: emptyRecipe, changes: [], unit, units, openedAt: new Date().toISOString(),
    }, small ? gzipSync(bytes, { level: 1 }) : null);
    if (recipe.steps.length > 0) storage.datasets.setRecipe(dataset.id, { ...facts, recipe, changes, roles: spec.roles });
    if (!small) await keepTable(storage.tablesFolder, sha256, source.table);
    const seeds = seedsOf(values['seeds']);
    const base = given === '' ? runName(name, spec) : given;
    return await trainSeeds({ storage, base, seeds, seed: spec.training.seed, json: values['json'] === true }, (seed, runId, groupId) => {
      const seeded = { ...spec, training: { ...spec.training, seed } };
      const run = storage.runs.create({ id: runId, name: groupId === null ? base : seedName(base, seed), datasetId: dataset.id, datasetName: name, unit, units, spec: seeded, ownerPid: process.pid, groupId });
      return new TrainCommand(storage, run, table, values['json'] === true).run({ type: 'start', spec: seeded, table });
    });
  } finally {
    storage.close();
  }
}

/** What went wrong, as the last line of either form. @returns the exit code */
export function report(error: unknown, json: boolean): number {
  const data = toErrorData(error);
  if (json) print({ event: 'error', ...data });
  process.stderr.write(`unroll: ${data.message}${data.hint === undefined ? '' : ` ${data.hint}`}\n`);
  if (data.fault === 'ours' && error instanceof Error && error.stack !== undefined) process.stderr.write(`${error.stack}\n`);
  return data.fault === 'ours' ? 1 : 2;
}
