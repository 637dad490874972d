import { AppError, inputError } from '../shared/errors.ts';
import type { Recipe } from '../shared/recipe.ts';
import { forecastSpec, type ClassifySpec, type RunSpec } from '../shared/spec.ts';
import { Companion } from './companion.ts';
import type { Studio } from './handlers.ts';
import type { Handlers } from './ipc.ts';

type Names = 'run.sequenceInsight' | 'run.sequenceTrace' | 'run.insight' | 'run.trace' | 'run.gradients' | 'insight.backtest' | 'insight.sweep' | 'insight.cancelExperiment' | 'insight.stop' | 'lesson.run';

/** @throws inputError 'insight.series' where a forecast is meant */
function classifySpec(spec: RunSpec): ClassifySpec {
  if (spec.task !== 'classify') throw inputError('insight.series', 'The run predicts a series.', { hint: 'Ask for its insight.' });
  return spec;
}

/** What a trained run remembers and is worth, and what the lessons show: asked of a process of its own. */
export function insightHandlers({ storage, datasets, trainer, tellExperiment }: Studio): Pick<Handlers, Names> {
  const companion = new Companion(trainer);
  const teacher = new Companion(trainer);
  /** Its runs take their time: whoever looks into a network meanwhile is not kept waiting. */
  const laboratory = new Companion(trainer);
  let experiment: number | null = null;
  const asking = { onAsked: (id: number) => { experiment = id; }, onProgress: tellExperiment };

  async function open(id: string, asked = companion): Promise<void> { await openWith(id, asked, null); }

  /** @param recipe in place of the run's */
  async function openWith(id: string, asked: Companion, recipe: Recipe | null): Promise<void> {
    const run = storage.runs.get(id);
    const checkpoint = storage.checkpoints.get(id);
    if (checkpoint === null) throw inputError('insight.no-weights', 'The run has no stored weights.', { hint: 'Choose a run that is done.' });
    if (run.datasetId === null) throw inputError('insight.no-data', 'The data of this run is gone, so the network has nothing to look at.', { hint: 'Open the file again and train again.' });
    const { datasetId } = run;
    const stored = forecastSpec(run.spec);
    const spec = { ...stored, recipe: recipe ?? stored.recipe };
    await asked.open(`${id} ${checkpoint.savedAt}${recipe === null ? '' : ' causal'}`, async () => ({ kind: 'open', spec, table: await datasets.series(datasetId, spec.roles, spec.recipe), checkpoint: checkpoint.bytes }));
  }

  /** A run on a text or on labelled sequences. */
  async function openSequences(id: string): Promise<void> {
    const { datasetId, spec } = storage.runs.get(id);
    const checkpoint = storage.checkpoints.get(id);
    if (checkpoint === null) throw inputError('insight.no-weights', 'The run has no stored weights.', { hint: 'Choose a run that is done.' });
    if (datasetId === null) throw inputError('insight.no-data', 'The data of this run is gone, so the network has nothing to look at.', { hint: 'Open the file again and train again.' });
    await companion.open(`${id} ${checkpoint.savedAt}`, async () => ({
      kind: 'openSequences', checkpoint: checkpoint.bytes,
      job: spec.task === 'char' ? { task: 'char', spec, text: await datasets.tokens(datasetId, spec.text) } : { task: 'classify', spec: classifySpec(spec), sequences: await datasets.labelled(datasetId, classifySpec(spec)) },
    }));
  }

  return {
    'run.sequenceInsight': async ({ id }) => {
      await openSequences(id);
      return (await companion.ask({ kind: 'sequenceInsight' })).insight;
    },
    'run.sequenceTrace': async ({ id, window, gates }) => {
      await openSequences(id);
      return (await companion.ask({ kind: 'sequenceTrace', window, gates })).trace;
    },
    'run.insight': async ({ id, request }) => {
      try {
        await open(id);
      } catch (error) {
        const run = storage.runs.get(id);
        const predictions = storage.runs.predictions(id);
        // What was broken off, or is our own fault, is no lack of the run's.
        if (!(error instanceof AppError) || error.data.fault === 'ours' || /^(insight\.stopped|trainer\.)/.test(error.data.code) || predictions === null) throw error;
        return (await companion.ask({ kind: 'storedInsight', spec: forecastSpec(run.spec), predictions, request, lacking: error.data })).insight;
      }
      return (await companion.ask({ kind: 'insight', request })).insight;
    },
    'run.trace': async ({ id, start, gates }) => {
      await open(id);
      return (await companion.ask({ kind: 'trace', start, gates })).trace;
    },
    'run.gradients': ({ id }) => storage.gradients.all(id),
    'insight.backtest': async ({ id, request }) => {
      const { datasetId, spec } = storage.runs.get(id);
      const causal = datasetId === null ? null : await datasets.causal(datasetId, forecastSpec(spec).recipe);
      await openWith(id, laboratory, causal?.recipe ?? null);
      const { backtest } = await laboratory.ask({ kind: 'backtest', request }, asking);
      return backtest === null ? null : { ...backtest, replaced: causal?.replaced ?? [] };
    },
    'insight.sweep': async ({ id, request }) => {
      await open(id, laboratory);
      return (await laboratory.ask({ kind: 'sweep', request }, asking)).sweep;
    },
    'insight.cancelExperiment': () => { if (experiment !== null) laboratory.cancel(experiment); },
    'insight.stop': () => { companion.stop(); teacher.stop(); laboratory.stop(); },
    'lesson.run': async (request) => (await teacher.ask({ kind: 'lesson', request })).result,
  };
}
