import { randomBytes } from 'node:crypto';
import type { SeriesTable } from '../shared/dataset.ts';
import { AppError, inputError } from '../shared/errors.ts';
import { makeId } from '../shared/ids.ts';
import { makeClassifyPlan } from '../shared/classify-plan.ts';
import { makePlan } from '../shared/plan.ts';
import type { Measured, WorkSizes } from '../shared/preflight.ts';
import { runName } from '../shared/run-name.ts';
import type { RateSearch, RunSummary } from '../shared/run.ts';
import { checkSpec, forecastSpec, type ClassifySpec, type ForecastSpec, type RunSpec } from '../shared/spec.ts';
import type { QueueItem } from '../shared/queue.ts';
import { makeTextPlan } from '../shared/text-plan.ts';
import type { TrainerCommand, TrainerMessage } from '../shared/trainer-protocol.ts';
import { targetUnits } from '../shared/units.ts';
import { beginResume, RunRecorder, type Storage } from '../storage/index.ts';
import type { Datasets } from './datasets.ts';
import { askTrainer } from './ask-trainer.ts';
import type { StartCommand, Supervisor } from './supervisor.ts';

/** What it takes to train. */
export interface Training { storage: Storage; datasets: Datasets; supervisor: Supervisor }

/** Settings and their data, checked together. @throws the first problem, with its field */
async function checkedJob(datasets: Datasets, datasetId: string, given: unknown): Promise<{ spec: ForecastSpec; table: SeriesTable }> {
  const checked = checkSpec(given);
  if (!checked.ok) throw checked.errors[0];
  const spec = forecastSpec(checked.spec);
  const table = await datasets.series(datasetId, spec.roles, spec.recipe);
  const { problem } = makePlan(await datasets.splitRows(datasetId, spec.roles.time, spec.split, spec.recipe), spec);
  if (problem !== null) throw problem;
  return { spec, table };
}

/** Asks a throwaway trainer. @throws what it refuses, as it says it */
async function answerOf<T extends TrainerMessage['type']>(trainer: string, command: TrainerCommand, type: T): Promise<Extract<TrainerMessage, { type: T }>> {
  const answer = await askTrainer(trainer, command);
  if (answer.type === 'failed') throw new AppError(answer.error.fault, answer.error.code, answer.error.message, answer.error);
  if (answer.type !== type) throw new Error(`The trainer answered ${answer.type} to ${command.type}.`);
  return answer as Extract<TrainerMessage, { type: T }>;
}

/** Which learning rate suits these settings. */
export async function findRate(datasets: Datasets, trainer: string, datasetId: string, given: unknown): Promise<RateSearch> {
  const { spec, table } = await checkedJob(datasets, datasetId, given);
  return (await answerOf(trainer, { type: 'findRate', spec, table }, 'rates')).search;
}

/** How long a step of such work takes. */
export async function measureWork(trainer: string, sizes: WorkSizes, backend: RunSpec['backend']): Promise<Measured> {
  return (await answerOf(trainer, { type: 'measure', sizes, backend }, 'measured')).measured;
}

/** What a trainer is told first, and the series whose predictions are recorded. */
interface Start { command: StartCommand; table: SeriesTable }

async function seriesCommand(datasets: Datasets, datasetId: string, given: unknown): Promise<Start> {
  const { spec, table } = await checkedJob(datasets, datasetId, given);
  return { command: { type: 'start', spec, table }, table };
}

/** @throws the first problem, with its field */
async function textCommand(datasets: Datasets, datasetId: string, given: unknown): Promise<Start> {
  const checked = checkSpec(given);
  if (!checked.ok) throw checked.errors[0];
  const { spec } = checked;
  if (spec.task !== 'char') throw inputError('spec.task', 'A text is learnt character by character.', { field: 'task', details: { task: spec.task } });
  const text = await datasets.tokens(datasetId, spec.text);
  const { problem } = makeTextPlan(text.ids.length, text.characters.length, spec);
  if (problem !== null) throw problem;
  return { command: { type: 'startText', spec, text }, table: { rows: 0, time: { kind: 'row', name: '', values: new Float64Array(0) }, columns: [] } };
}

/** @throws the first problem, with its field or line */
async function classesCommand(datasets: Datasets, datasetId: string, spec: ClassifySpec): Promise<Start> {
  const sequences = await datasets.labelled(datasetId, spec);
  const counts = sequences.classes.map(() => 0);
  for (const c of sequences.labels) counts[c]! += 1;
  const { problem } = makeClassifyPlan(counts, 0, spec);
  if (problem !== null) throw problem;
  return { command: { type: 'startClasses', spec, sequences }, table: { rows: 0, time: { kind: 'row', name: '', values: new Float64Array(0) }, columns: [] } };
}

/** Settings and the data of a dataset of any kind, checked together. @throws the first problem, with its field */
export function startCommand({ storage, datasets }: Training, datasetId: string, given: unknown): Promise<Start> {
  const checked = checkSpec(given);
  if (checked.ok && checked.spec.task === 'classify') return classesCommand(datasets, datasetId, checked.spec);
  return storage.datasets.get(datasetId).text === null ? seriesCommand(datasets, datasetId, given) : textCommand(datasets, datasetId, given);
}

/** Checks the settings against the data, stores the run and starts its trainer. @throws the first problem, with its field */
export async function startRun(training: Training, datasetId: string, given: unknown, queued: QueueItem | null = null): Promise<RunSummary> {
  const { storage, supervisor } = training;
  supervisor.assertFree();
  supervisor.settle();
  const dataset = storage.datasets.get(datasetId);
  const { command, table } = await startCommand(training, datasetId, given);
  const { spec } = command;
  supervisor.assertFree();
  const run = storage.runs.create({
    id: makeId('run', randomBytes(10)), name: queued?.name ?? runName(dataset.name, spec),
    datasetId, datasetName: dataset.name, unit: dataset.unit, units: targetUnits(dataset, spec), spec, ownerPid: process.pid,
    ...(queued === null ? {} : { queueItem: queued.id, groupId: queued.groupId }),
  });
  if (queued !== null) storage.log.add(run.id, 'queued', { at: queued.addedAt });
  supervisor.start(run.id, command, new RunRecorder(storage, run.id, table));
  return run;
}

/**
 * A run that ended early trains on from its last checkpoint, on the same engine and the same data.
 * @throws inputError 'run.busy', 'run.not-resumable', 'run.data-gone': nothing has changed then
 */
export async function resumeRun(training: Training, id: string): Promise<RunSummary> {
  const { storage, supervisor } = training;
  supervisor.assertFree();
  supervisor.settle();
  const found = storage.runs.summary(id);
  // What a dataset holds never changes: its table is found by the hash of the file, and other bytes are refused.
  const { command, table } = await startCommand(training, dataOf(found), found.spec);
  supervisor.assertFree();
  const { run, recorder, pinned, resume } = beginResume(storage, id, table, process.pid);
  supervisor.start(id, { ...pinned(command), ...(resume === undefined ? {} : { resume }) }, recorder);
  return run;
}

/** The dataset of a run. @throws inputError 'run.data-gone' where it is not there any more */
export function dataOf({ datasetId, name }: RunSummary): string {
  if (datasetId !== null) return datasetId;
  throw inputError('run.data-gone', `The data of the run "${name}" is not there any more.`, { hint: 'Open the same file again and train with the same settings.', details: { name } });
}
