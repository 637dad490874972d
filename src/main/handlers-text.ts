import { inputError } from '../shared/errors.ts';
import type { CheckpointChoice, TextSource } from '../shared/playground.ts';
import { Companion } from './companion.ts';
import type { Studio } from './handlers.ts';
import type { Handlers } from './ipc.ts';

type Names = 'run.text' | 'dataset.readAs' | 'dataset.columnText' | 'dataset.vocabulary' | 'dataset.text'
  | 'playground.checkpoints' | 'playground.write' | 'playground.look' | 'playground.cancel';

/** Texts as datasets, what runs on them leave behind, and the playground, which a process of its own answers. */
export function textHandlers({ storage, datasets, trainer, tellPiece }: Studio): Pick<Handlers, Names> {
  const companion = new Companion(trainer);
  const asked = new Map<string, number>();

  /** Weights of a choice, with the epochs that they have learnt; null where there are none. */
  function weightsOf(run: string, choice: CheckpointChoice): { epoch: number; bytes: Uint8Array } | null {
    if (typeof choice !== 'number') return storage.checkpoints.get(run, choice);
    const bytes = storage.texts.weights(run, choice);
    return bytes === null ? null : { epoch: choice, bytes };
  }

  /** Opens the source in the companion, unless it is open there. @returns its key */
  async function open({ run: id, checkpoint }: TextSource): Promise<string> {
    const run = storage.runs.get(id);
    const result = storage.texts.get(id);
    if (run.spec.task !== 'char' || result === null) throw inputError('generate.no-text', `The run ${id} has learnt no text.`, { hint: 'Choose a run that has.' });
    const weights = weightsOf(id, checkpoint);
    if (weights === null) throw inputError('generate.no-weights', `The run ${id} has no ${checkpoint} weights.`, { hint: 'Choose another checkpoint.', details: { id, checkpoint } });
    const { spec } = run;
    const key = `${id} ${checkpoint} ${weights.epoch} ${run.epochsDone}`;
    await companion.openNamed(key, { kind: 'openText', key, spec, characters: result.characters, unknown: result.unknown, checkpoint: weights.bytes });
    return key;
  }

  return {
    'run.text': ({ id }) => ({ result: storage.texts.get(id), samples: storage.texts.samples(id), accuracies: storage.texts.accuracies(id) }),
    'dataset.readAs': ({ id, as }) => datasets.readAs(id, as),
    'dataset.columnText': ({ id, column }) => datasets.columnText(id, column),
    'dataset.vocabulary': ({ id, ...choice }) => datasets.vocabulary(id, choice),
    'dataset.text': ({ id, start, count }) => datasets.textPart(id, start, count),
    'playground.checkpoints': ({ run }) => [
      ...(['final', 'best', 'last'] as const).flatMap((checkpoint) => {
        const epoch = storage.checkpoints.epochOf(run, checkpoint);
        return epoch === null ? [] : [{ checkpoint, epoch }];
      }),
      ...storage.texts.weighed(run).map((epoch) => ({ checkpoint: epoch, epoch })),
    ],
    'playground.write': async (request) => {
      const key = await open(request.source);
      try {
        return (await companion.ask({ kind: 'write', key, request }, { onPiece: (text) => tellPiece(request.ask, text), onAsked: (id) => asked.set(request.ask, id) })).written;
      } finally {
        asked.delete(request.ask);
      }
    },
    'playground.look': async (request) => (await companion.ask({ kind: 'look', key: await open(request.source), request })).looked,
    'playground.cancel': ({ ask }) => {
      const id = asked.get(ask);
      if (id !== undefined) companion.cancel(id);
    },
  };
}
