import type { Studio } from './handlers.ts';
import type { Storage } from '../storage/index.ts';
import type { Handlers } from './ipc.ts';

type Names = 'run.pause' | 'run.resume' | 'run.history' | 'queue.get' | 'queue.add' | 'queue.repeat' | 'queue.move' | 'queue.remove' | 'queue.retry' | 'queue.hold';

/** What happens to runs in time: pausing, going on, waiting for their turn. */
export function trainingHandlers({ storage, supervisor, queue, engines }: Studio): Pick<Handlers, Names> {
  return {
    'run.pause': ({ id }) => {
      // Whoever pauses wants the machine for something else: what waits must not begin in its place.
      queue.rest();
      supervisor.pause(id);
    },
    'run.resume': async ({ id, onCpu }) => {
      if (onCpu === true) toCpu(storage, id, (await engines.list()).find(({ name }) => name === 'wasm')?.device ?? 'CPU');
      return queue.resume(id);
    },
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

/** The run goes on with the built-in engine: its parameters and what its optimizer remembers mean the same there. */
function toCpu(storage: Storage, id: string, device: string): void {
  const before = storage.runs.summary(id).device?.backend;
  if (before === undefined || before === 'wasm') return;
  storage.runs.changeEngine(id, { backend: 'wasm', device, reason: 'fallback', detail: before });
  storage.log.add(id, 'engine', { from: before, to: 'wasm' });
}
