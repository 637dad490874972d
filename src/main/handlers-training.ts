import type { Studio } from './handlers.ts';
import type { Handlers } from './ipc.ts';

type Names = 'run.pause' | 'run.resume' | 'run.history' | 'queue.get' | 'queue.add' | 'queue.repeat' | 'queue.move' | 'queue.remove' | 'queue.retry' | 'queue.hold';

/** What happens to runs in time: pausing, going on, waiting for their turn. */
export function trainingHandlers({ storage, supervisor, queue }: Studio): Pick<Handlers, Names> {
  return {
    'run.pause': ({ id }) => {
      // Whoever pauses wants the machine for something else: what waits must not begin in its place.
      queue.rest();
      supervisor.pause(id);
    },
    'run.resume': ({ id }) => queue.resume(id),
    'run.history': ({ id }) => storage.log.history(id),
    'queue.get': () => queue.data(),
    'queue.add': ({ datasetId, spec, seeds }) => queue.add(datasetId, spec, seeds),
    'queue.repeat': ({ id, seeds }) => queue.repeat(id, seeds),
    'queue.move': ({ id, index }) => queue.move(id, index),
    'queue.remove': ({ id }) => queue.remove(id),
    'queue.retry': ({ id }) => queue.retry(id),
    'queue.hold': ({ held }) => queue.hold(held),
  };
}
