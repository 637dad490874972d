import { randomBytes } from 'node:crypto';
import { defaultRunsView, runsViewSchema } from '../shared/contract.ts';
import { inputError } from '../shared/errors.ts';
import { makeId } from '../shared/ids.ts';
import type { Studio } from './handlers.ts';
import type { Handlers } from './ipc.ts';

type Names = 'run.page' | 'run.mark' | 'run.note' | 'run.erase' | 'runs.view.get' | 'runs.view.set' | 'comparison.list' | 'comparison.save' | 'comparison.remove' | 'comparison.restore';

/** The table of runs and the comparisons that are kept. */
export function runHandlers({ storage, supervisor }: Studio): Pick<Handlers, Names> {
  return {
    'run.page': ({ before, limit, removed }) => storage.runs.page(before, limit, removed),
    'run.mark': ({ ids, marks }) => {
      // Out of the list it would train on where nobody can stop it.
      if (marks.removed === true && ids.some((id) => supervisor.runningId === id)) throw inputError('run.training', 'The run is training.', { hint: 'Stop it, then remove it.' });
      storage.marks.change(ids, marks);
      return ids.map((id) => storage.runs.summary(id));
    },
    'run.note': ({ id, note }) => {
      storage.marks.note(id, note);
      return storage.runs.summary(id);
    },
    'run.erase': ({ ids }) => { storage.marks.erase(ids); },
    'runs.view.get': () => storage.settings.get('runs-view', runsViewSchema, defaultRunsView),
    'runs.view.set': (view) => storage.settings.set('runs-view', view),
    'comparison.list': () => storage.comparisons.list(),
    'comparison.save': ({ id, ...comparison }) => storage.comparisons.save({ id: id ?? makeId('cmp', randomBytes(10)), ...comparison }),
    'comparison.remove': ({ id }) => storage.comparisons.setRemoved(id, true),
    'comparison.restore': ({ id }) => storage.comparisons.setRemoved(id, false),
  };
}
