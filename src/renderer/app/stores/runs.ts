import { defineStore } from 'pinia';
import { computed, ref, shallowRef, triggerRef } from 'vue';
import type { PushPayload } from '../../../shared/contract.ts';
import type { AppErrorData } from '../../../shared/errors.ts';
import type { EpochRecord, Predictions, RunDetail, RunSummary } from '../../../shared/run.ts';
import { ask, errorOf } from '../../lib/bridge.ts';

type RunEvent = PushPayload<'run.event'>;
export type Progress = Extract<RunEvent, { type: 'progress' }>;

/** Runs as main has them, and what the one that trains has told so far. */
export const useRunsStore = defineStore('runs', () => {
  const list = shallowRef<RunSummary[] | null>(null);
  const listError = shallowRef<AppErrorData | null>(null);
  const progress = shallowRef<Map<string, Progress>>(new Map());
  const epochs = shallowRef<Map<string, EpochRecord[]>>(new Map());
  /** What the run in training predicts by now. */
  const preview = shallowRef<{ runId: string; predictions: Predictions } | null>(null);
  const unsaved = shallowRef<Map<string, AppErrorData>>(new Map());
  const cancelling = shallowRef<Set<string>>(new Set());

  /** The run that was started last in this sitting: Train shows it until the next one. */
  const startedId = ref<string | null>(null);

  const active = computed(() => list.value?.find((run) => run.status === 'running') ?? null);
  const byId = (id: string) => list.value?.find((run) => run.id === id) ?? null;

  async function load(): Promise<void> {
    listError.value = null;
    try {
      list.value = await ask('run.list');
      // A page that was loaded again in the middle of a run asks for what it missed.
      if (active.value !== null) {
        startedId.value = active.value.id;
        await detail(active.value.id);
      }
    } catch (thrown) {
      listError.value = errorOf(thrown);
    }
  }

  function put(run: RunSummary): RunSummary {
    const old = list.value ?? [];
    list.value = old.some((other) => other.id === run.id) ? old.map((other) => (other.id === run.id ? run : other)) : [run, ...old];
    return run;
  }

  async function detail(id: string): Promise<RunDetail> {
    const run = await ask('run.get', { id });
    mergeEpochs(id, run.epochs);
    return run;
  }

  function mergeEpochs(id: string, records: readonly EpochRecord[]): void {
    const known = epochs.value.get(id) ?? [];
    const last = known.at(-1)?.epoch ?? -1;
    const first = known[0]?.epoch ?? Infinity;
    const merged = [...records.filter((r) => r.epoch < first), ...known, ...records.filter((r) => r.epoch > last && r.epoch >= first)];
    epochs.value.set(id, merged);
    triggerRef(epochs);
  }

  function hear(event: RunEvent): void {
    switch (event.type) {
      case 'created': put(event.run); break;
      case 'started': {
        const run = byId(event.runId);
        if (run !== null) put({ ...run, device: event.device });
        break;
      }
      case 'epochs': mergeEpochs(event.runId, event.records); break;
      case 'preview': preview.value = { runId: event.runId, predictions: event.predictions }; break;
      case 'progress': progress.value.set(event.runId, event); triggerRef(progress); break;
      case 'ended':
        cancelling.value.delete(event.run.id);
        triggerRef(cancelling);
        if (unsaved.value.delete(event.run.id)) triggerRef(unsaved);
        put(event.run);
        break;
      case 'unsaved': {
        unsaved.value.set(event.runId, event.error);
        triggerRef(unsaved);
        cancelling.value.delete(event.runId);
        triggerRef(cancelling);
        // Its trainer is gone; main stores that as soon as it can.
        const run = byId(event.runId);
        if (run !== null) put({ ...run, status: 'interrupted' });
        break;
      }
    }
  }

  /** @throws Refusal, at the field when the spec is out of range */
  async function start(datasetId: string, spec: unknown): Promise<RunSummary> {
    const run = put(await ask('run.start', { datasetId, spec }));
    startedId.value = run.id;
    return run;
  }

  async function cancel(id: string): Promise<void> {
    cancelling.value.add(id);
    triggerRef(cancelling);
    try {
      await ask('run.cancel', { id });
    } catch (thrown) {
      cancelling.value.delete(id);
      triggerRef(cancelling);
      throw thrown;
    }
  }

  async function rename(id: string, name: string): Promise<void> {
    put(await ask('run.rename', { id, name }));
  }

  async function remove(id: string): Promise<void> {
    await ask('run.remove', { id });
    list.value = (list.value ?? []).filter((run) => run.id !== id);
  }

  async function restore(id: string): Promise<void> {
    await ask('run.restore', { id });
    list.value = await ask('run.list');
  }

  return { list, listError, progress, epochs, preview, unsaved, cancelling, startedId, active, byId, load, detail, hear, start, cancel, rename, remove, restore };
});
