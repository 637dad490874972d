import { applyRecipe, labelledSequences, seriesTable, tokenize } from '../data/index.ts';
import type { SeriesTable } from '../shared/dataset.ts';
import { inputError } from '../shared/errors.ts';
import type { RunSummary } from '../shared/run.ts';
import type { SequenceJob } from '../shared/trainer-protocol.ts';
import { forecastSpec } from '../shared/spec.ts';
import { restoreText } from '../sources/index.ts';
import { beginResume, type Storage } from '../storage/index.ts';
import type { Options } from './options.ts';
import { openStore, tableOfDataset } from './store.ts';
import { TrainCommand, type StartCommand } from './train-command.ts';

/** `unroll resume ID`: a run that was paused, cancelled or interrupted trains on from its last checkpoint. @returns the exit code */
export async function resumeCommand({ values, positionals: [id, ...more] }: Options): Promise<number> {
  if (id === undefined || more.length > 0) throw inputError('cli.usage', 'unroll resume needs one run id.', { hint: 'unroll runs lists them.' });
  const storage = openStore(values['db']);
  try {
    const found = storage.runs.find(id);
    const { command, table } = await startOf(storage, found);
    const { run, recorder, pinned, resume } = beginResume(storage, found.id, table, process.pid);
    const json = values['json'] === true;
    if (!json) process.stdout.write(resume === undefined ? `${run.name} has no checkpoint and begins anew.\n` : `${run.name} goes on after epoch ${storage.log.history(run.id).checkpoint!.epoch}.\n`);
    return await new TrainCommand(storage, run, table, json, recorder).run({ ...pinned(command), ...(resume === undefined ? {} : { resume }) });
  } finally {
    storage.close();
  }
}

/** A run on a text or on labelled sequences, with the data that it was begun on. */
export async function sequenceJob(storage: Storage, { spec }: Pick<RunSummary, 'spec'>, datasetId: string): Promise<SequenceJob> {
  if (spec.task === 'char') {
    const { sha256: key, name, sourcePath: path, sampling } = storage.datasets.get(datasetId);
    const { text } = restoreText(storage.tablesFolder, { key, name, content: storage.datasets.content(datasetId), path, sampling });
    return { task: 'char', spec, text: tokenize(text, spec.text) };
  }
  if (spec.task !== 'classify') throw inputError('insight.series', 'The run predicts a series.');
  return { task: 'classify', spec, sequences: labelledSequences(await tableOfDataset(storage, datasetId), spec) };
}

/** What the trainer of a stored run is told first, from the data that the run was begun on. */
async function startOf(storage: Storage, { spec, datasetId, name }: RunSummary): Promise<{ command: StartCommand; table: SeriesTable }> {
  if (datasetId === null) throw inputError('run.data-gone', `The data of the run "${name}" is not there any more.`, { hint: 'Train again on the same file.', details: { name } });
  const none = { rows: 0, time: { kind: 'row' as const, name: '', values: new Float64Array(0) }, columns: [] };
  if (spec.task !== 'forecast') {
    const job = await sequenceJob(storage, { spec }, datasetId);
    return { command: job.task === 'char' ? { type: 'startText', spec: job.spec, text: job.text } : { type: 'startClasses', spec: job.spec, sequences: job.sequences }, table: none };
  }
  const series = forecastSpec(spec);
  const table = seriesTable(applyRecipe(await tableOfDataset(storage, datasetId), series.recipe).table, series.roles);
  return { command: { type: 'start', spec: series, table }, table };
}
