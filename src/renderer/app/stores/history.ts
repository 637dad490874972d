import { defineStore } from 'pinia';
import { ref, shallowRef } from 'vue';

/** A change that can be taken back and made again. `label` is already in the person's language. */
export interface Change { label: string; undo: () => Promise<void>; redo: () => Promise<void> }

/** Undo and redo across the studio: the newest change first. */
export const useHistoryStore = defineStore('history', () => {
  const done = shallowRef<Change[]>([]);
  const undone = shallowRef<Change[]>([]);
  const busy = ref(false);

  function record(change: Change): void {
    done.value = [...done.value.slice(-49), change];
    undone.value = [];
  }

  async function move(from: typeof done, to: typeof done, what: 'undo' | 'redo'): Promise<Change | null> {
    const change = from.value.at(-1);
    if (change === undefined || busy.value) return null;
    busy.value = true;
    try {
      await change[what]();
      from.value = from.value.slice(0, -1);
      to.value = [...to.value, change];
      return change;
    } finally {
      busy.value = false;
    }
  }

  return { done, undone, record, undo: () => move(done, undone, 'undo'), redo: () => move(undone, done, 'redo') };
});
