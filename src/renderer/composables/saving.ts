import { shallowRef } from 'vue';
import type { AppErrorData } from '../../shared/errors.ts';
import { ask, errorOf } from '../lib/bridge.ts';

/** Saves bytes where the person chooses; a refusal (disk full, folder read-only) is kept for the place to show. */
export function useSaving() {
  const error = shallowRef<AppErrorData | null>(null);

  async function save(name: string, bytes: Uint8Array): Promise<void> {
    error.value = null;
    try {
      await ask('file.save', { name: name.replace(/[\\/:*?"<>|]+/g, '-').slice(0, 200), bytes });
    } catch (thrown) {
      error.value = errorOf(thrown);
    }
  }

  return { error, save };
}
