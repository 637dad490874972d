import type { Studio } from './handlers.ts';
import type { Handlers } from './ipc.ts';

/** What runs on a text leave behind. */
export function textHandlers({ storage }: Studio): Pick<Handlers, 'run.text'> {
  return { 'run.text': ({ id }) => ({ result: storage.texts.get(id), samples: storage.texts.samples(id) }) };
}
