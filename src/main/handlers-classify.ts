import { inputError } from '../shared/errors.ts';
import { Companion } from './companion.ts';
import type { Studio } from './handlers.ts';
import type { Handlers } from './ipc.ts';

type Names = 'dataset.sequences' | 'run.classes' | 'run.classify';

/** Labelled sequences: what a table offers, what a run on them is worth, and the class of one that a person types. */
export function classifyHandlers({ storage, datasets, trainer }: Studio): Pick<Handlers, Names> {
  const companion = new Companion(trainer);
  return {
    'dataset.sequences': ({ id, ...choice }) => datasets.sequenceFacts(id, choice),
    'run.classes': ({ id }) => ({ result: storage.classResults.get(id), accuracies: storage.texts.accuracies(id) }),
    'run.classify': async ({ id, text }) => {
      const { spec } = storage.runs.summary(id);
      const result = storage.classResults.get(id);
      if (spec.task !== 'classify' || result === null) throw inputError('classify.no-run', `The run ${id} has learnt no classes.`, { hint: 'Choose a run that has.', details: { id } });
      const checkpoint = storage.checkpoints.get(id);
      if (checkpoint === null) throw inputError('generate.no-weights', `The run ${id} has no weights.`, { hint: 'Choose a run that is done.', details: { id } });
      const { classes, characters, offset, scale } = result;
      return (await companion.ask({ kind: 'classify', spec, reading: { classes, characters, offset, scale }, checkpoint: checkpoint.bytes, typed: text })).classified;
    },
  };
}
