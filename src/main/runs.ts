import { randomBytes } from 'node:crypto';
import { makeId } from '../shared/ids.ts';
import { makePlan } from '../shared/plan.ts';
import { runName } from '../shared/run-name.ts';
import type { RunSummary } from '../shared/run.ts';
import { checkSpec } from '../shared/spec.ts';
import { RunRecorder, type Storage } from '../storage/index.ts';
import type { Datasets } from './datasets.ts';
import type { Supervisor } from './supervisor.ts';

/** Checks the settings against the data, stores the run and starts its trainer. @throws the first problem, with its field */
export async function startRun(storage: Storage, datasets: Datasets, supervisor: Supervisor, datasetId: string, given: unknown): Promise<RunSummary> {
  supervisor.assertFree();
  const checked = checkSpec(given);
  if (!checked.ok) throw checked.errors[0];
  const { spec } = checked;
  const dataset = storage.datasets.get(datasetId);
  const table = await datasets.series(datasetId, spec.roles);
  const { problem } = makePlan(table.rows, spec);
  if (problem !== null) throw problem;
  supervisor.assertFree();
  const run = storage.runs.create({
    id: makeId('run', randomBytes(10)), name: runName(dataset.name, spec),
    datasetId, datasetName: dataset.name, unit: dataset.unit, spec, ownerPid: process.pid,
  });
  supervisor.start(run.id, spec, table, new RunRecorder(storage, run.id, table));
  return run;
}
