import { inputError } from '../shared/errors.ts';
import { forecastSpec } from '../shared/spec.ts';
import { Companion } from './companion.ts';
import type { Studio } from './handlers.ts';
import type { Handlers } from './ipc.ts';

/** What a trained run remembers and is worth, and what the lessons show: asked of a process of its own. */
export function insightHandlers({ storage, datasets, trainer }: Studio): Pick<Handlers, 'run.insight' | 'run.trace' | 'run.gradients' | 'insight.stop' | 'lesson.run'> {
  const companion = new Companion(trainer);
  const teacher = new Companion(trainer);

  async function open(id: string): Promise<void> {
    const run = storage.runs.get(id);
    const checkpoint = storage.checkpoints.get(id);
    if (checkpoint === null) throw inputError('insight.no-weights', 'The run has no stored weights.', { hint: 'Choose a run that is done.' });
    if (run.datasetId === null) throw inputError('insight.no-data', 'The data of this run is gone, so the network has nothing to look at.', { hint: 'Open the file again and train again.' });
    const { datasetId } = run;
    const spec = forecastSpec(run.spec);
    await companion.open(`${id} ${checkpoint.savedAt}`, async () => ({ kind: 'open', spec, table: await datasets.series(datasetId, spec.roles, spec.recipe), checkpoint: checkpoint.bytes }));
  }

  return {
    'run.insight': async ({ id, request }) => {
      await open(id);
      return (await companion.ask({ kind: 'insight', request })).insight;
    },
    'run.trace': async ({ id, start }) => {
      await open(id);
      return (await companion.ask({ kind: 'trace', start })).trace;
    },
    'run.gradients': ({ id }) => storage.gradients.all(id),
    'insight.stop': () => { companion.stop(); teacher.stop(); },
    'lesson.run': async (request) => (await teacher.ask({ kind: 'lesson', request })).result,
  };
}
