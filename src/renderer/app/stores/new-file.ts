import { defineStore } from 'pinia';
import { shallowRef } from 'vue';
import type { AppErrorData } from '../../../shared/errors.ts';
import type { BeyondAsk, Mapping, NewFileFacts, Predicted } from '../../../shared/new-file.ts';
import { ask, errorOf, unwrap } from '../../lib/bridge.ts';

type Doing = 'reading' | 'predicting' | 'saving';

/** The file at hand that a run has not seen, and what the run says of it. */
export const useNewFileStore = defineStore('new-file', () => {
  const run = shallowRef<string | null>(null);
  const facts = shallowRef<NewFileFacts | null>(null);
  const predicted = shallowRef<Predicted | null>(null);
  /** What `predicted` answers. */
  const asked = shallowRef<BeyondAsk>({ steps: 0, known: {} });
  const doing = shallowRef<Doing | null>(null);
  const error = shallowRef<AppErrorData | null>(null);
  /** Where the CSV lies that was written last. */
  const saved = shallowRef<string | null>(null);
  let turn = 0;

  /** @returns null: nothing came of it, or somebody has asked for something else meanwhile */
  async function busy<T>(what: Doing, action: () => Promise<T | null>): Promise<T | null> {
    const mine = ++turn;
    doing.value = what;
    error.value = null;
    saved.value = null;
    try {
      const value = await action();
      return mine === turn ? value : null;
    } catch (thrown) {
      if (mine === turn) error.value = errorOf(thrown);
      return null;
    } finally {
      if (mine === turn) doing.value = null;
    }
  }

  /** Another run: what is at hand belongs to the one before. */
  function show(id: string): void {
    if (run.value === id) return;
    turn += 1;
    [run.value, facts.value, predicted.value, error.value, doing.value, saved.value] = [id, null, null, null, null, null];
  }

  async function read(id: string, how: () => Promise<NewFileFacts | null>): Promise<boolean> {
    show(id);
    const found = await busy('reading', how);
    if (found === null) {
      // Closing the dialog changes nothing; a file that cannot be read takes the place of the one before.
      if (error.value !== null) [facts.value, predicted.value] = [null, null];
      return false;
    }
    facts.value = found;
    predicted.value = null;
    return true;
  }

  async function predict(id: string, question: BeyondAsk): Promise<void> {
    const said = await busy('predicting', () => ask('newFile.predict', { id, ...question }));
    if (said === null) return;
    asked.value = question;
    predicted.value = said;
  }

  async function save(id: string, name: string): Promise<void> {
    saved.value = (await busy('saving', () => ask('newFile.save', { id, name, ...asked.value })))?.path ?? null;
  }

  return {
    run, facts, predicted, doing, error, saved, show, predict, save,
    choose: (id: string) => read(id, () => ask('newFile.choose', { id })),
    drop: (id: string, file: File) => read(id, async () => unwrap<'newFile.dropped'>(await window.unroll.dropForRun(id, file))),
    map: (id: string, mapping: Mapping) => read(id, () => ask('newFile.map', { id, mapping })),
    future: (id: string) => busy('reading', () => ask('newFile.future', { id })),
    cancel: () => ask('newFile.cancel'),
  };
});
