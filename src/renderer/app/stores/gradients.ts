import { defineStore } from 'pinia';
import { shallowRef, triggerRef } from 'vue';
import type { PushPayload } from '../../../shared/contract.ts';
import type { GradientRecord } from '../../../shared/gradients.ts';
import { ask } from '../../lib/bridge.ts';

/** The gradient of runs, as it was stored and as it comes in. */
export const useGradientsStore = defineStore('gradients', () => {
  const byRun = shallowRef<Map<string, GradientRecord[]>>(new Map());
  const asked = new Set<string>();

  function merge(id: string, records: readonly GradientRecord[]): void {
    const known = new Map((byRun.value.get(id) ?? []).map((record) => [record.epoch, record]));
    for (const record of records) known.set(record.epoch, record);
    byRun.value.set(id, [...known.values()].sort((a, b) => a.epoch - b.epoch));
    triggerRef(byRun);
  }

  function hear(event: PushPayload<'run.event'>): void {
    if (event.type === 'gradients') merge(event.runId, event.records);
  }

  /** Asks for what was stored before somebody looked; once a run. @throws Refusal */
  async function load(id: string): Promise<void> {
    if (asked.has(id)) return;
    asked.add(id);
    try {
      merge(id, await ask('run.gradients', { id }));
    } catch (thrown) {
      asked.delete(id);
      throw thrown;
    }
  }

  return { byRun, hear, load };
});
