import { defineStore } from 'pinia';
import { shallowRef } from 'vue';
import type { CareTask, KeepPolicy, StorageFacts } from '../../../shared/care.ts';
import type { AppErrorData } from '../../../shared/errors.ts';
import { ask, errorOf } from '../../lib/bridge.ts';

/** The database and what is done with the whole of it. */
export const useCareStore = defineStore('care', () => {
  const facts = shallowRef<StorageFacts | null>(null);
  const error = shallowRef<AppErrorData | null>(null);
  /** What is under way. */
  const task = shallowRef<CareTask | null>(null);
  const hear = (next: CareTask | null) => { task.value = next; };

  async function load(): Promise<void> {
    error.value = null;
    try {
      facts.value = await ask('storage.facts');
    } catch (thrown) {
      error.value = errorOf(thrown);
    }
  }
  async function keep(policy: KeepPolicy): Promise<void> {
    facts.value = await ask('storage.keep', { keep: policy });
  }

  return { facts, error, task, hear, load, keep };
});
