import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import type { Queue, QueueItem } from '../../../shared/queue.ts';
import type { AppErrorData } from '../../../shared/errors.ts';
import { ask, errorOf } from '../../lib/bridge.ts';

/** Runs that wait for their turn, as main has them. */
export const useQueueStore = defineStore('queue', () => {
  const queue = shallowRef<Queue | null>(null);
  const error = shallowRef<AppErrorData | null>(null);
  const items = computed(() => queue.value?.items ?? []);
  const held = computed(() => queue.value?.held ?? false);

  const hear = (next: Queue) => { queue.value = next; };
  async function load(): Promise<void> {
    error.value = null;
    try {
      queue.value = await ask('queue.get');
    } catch (thrown) {
      error.value = errorOf(thrown);
    }
  }

  /** @throws Refusal, at the field when the spec is out of range */
  const add = (datasetId: string, spec: unknown, seeds: number) => ask('queue.add', { datasetId, spec, seeds });
  const repeat = (id: string, seeds: number) => ask('queue.repeat', { id, seeds });
  async function move(item: QueueItem, index: number): Promise<void> {
    queue.value = await ask('queue.move', { id: item.id, index: Math.max(0, index) });
  }
  async function remove(id: string): Promise<void> { queue.value = await ask('queue.remove', { id }); }
  async function retry(id: string): Promise<void> { queue.value = await ask('queue.retry', { id }); }
  async function hold(on: boolean): Promise<void> { queue.value = await ask('queue.hold', { held: on }); }
  /** Whether a run waits to go on. */
  const waits = (runId: string) => items.value.some((item) => item.runId === runId);

  return { queue, items, held, error, hear, load, add, repeat, move, remove, retry, hold, waits };
});
