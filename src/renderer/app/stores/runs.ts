import { defineStore } from 'pinia';
import { computed, ref, shallowRef, triggerRef } from 'vue';
import type { PushPayload } from '../../../shared/contract.ts';
import type { AppErrorData } from '../../../shared/errors.ts';
import type { DeviceMemory, EpochRecord, Predictions, RunDetail, RunMarks, RunSummary } from '../../../shared/run.ts';
import { ask, errorOf } from '../../lib/bridge.ts';

type RunEvent = PushPayload<'run.event'>;
export type Progress = Extract<RunEvent, { type: 'progress' }>;

/** Runs asked for at once: main reads so many in a few milliseconds. */
const PAGE = 60;
const MARKED = 200;
const ERASED = 20;

/** Every run that was not removed, or every one that was, the newest first. */
async function allPages(removed: boolean): Promise<RunSummary[]> {
  const all: RunSummary[] = [];
  let before: string | null = null;
  do {
    const { runs, next }: { runs: RunSummary[]; next: string | null } = await ask('run.page', { before, limit: PAGE, removed });
    all.push(...runs);
    before = next;
  } while (before !== null);
  return all;
}

/** Runs as main has them, and what the one that trains has told so far. */
export const useRunsStore = defineStore('runs', () => {
  const list = shallowRef<RunSummary[] | null>(null);
  /** What was removed and can come back; null until somebody looks. */
  const trash = shallowRef<RunSummary[] | null>(null);
  const listError = shallowRef<AppErrorData | null>(null);
  const progress = shallowRef<Map<string, Progress>>(new Map());
  const epochs = shallowRef<Map<string, EpochRecord[]>>(new Map());
  /** What the run in training predicts by now. */
  const preview = shallowRef<{ runId: string; predictions: Predictions } | null>(null);
  /** What the run in training takes of the memory. */
  const memory = shallowRef<{ runId: string; memory: DeviceMemory } | null>(null);
  const unsaved = shallowRef<Map<string, AppErrorData>>(new Map());
  const cancelling = shallowRef<Set<string>>(new Set());
  const pausing = shallowRef<Set<string>>(new Set());

  /** The run that was started last in this sitting: Train shows it until the next one. */
  const startedId = ref<string | null>(null);

  const active = computed(() => list.value?.find((run) => run.status === 'running') ?? null);
  const byId = (id: string) => list.value?.find((run) => run.id === id) ?? null;

  async function load(): Promise<void> {
    listError.value = null;
    try {
      list.value = await allPages(false);
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
      case 'created':
        put(event.run);
        if (event.run.status === 'running') startedId.value = event.run.id;
        break;
      case 'started': {
        const run = byId(event.runId);
        if (run !== null) put({ ...run, device: event.device });
        break;
      }
      case 'epochs': mergeEpochs(event.runId, event.records); break;
      case 'preview': preview.value = { runId: event.runId, predictions: event.predictions }; break;
      case 'memory': memory.value = event; break;
      case 'progress': progress.value.set(event.runId, event); triggerRef(progress); break;
      case 'ended':
        cancelling.value.delete(event.run.id);
        triggerRef(cancelling);
        pausing.value.delete(event.run.id);
        triggerRef(pausing);
        if (unsaved.value.delete(event.run.id)) triggerRef(unsaved);
        put(event.run);
        break;
      case 'unsaved': {
        unsaved.value.set(event.runId, event.error);
        triggerRef(unsaved);
        cancelling.value.delete(event.runId);
        triggerRef(cancelling);
        pausing.value.delete(event.runId);
        triggerRef(pausing);
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

  /** The run keeps a checkpoint and rests. */
  async function pause(id: string): Promise<void> {
    pausing.value.add(id);
    triggerRef(pausing);
    try {
      await ask('run.pause', { id });
    } catch (thrown) {
      pausing.value.delete(id);
      triggerRef(pausing);
      throw thrown;
    }
  }

  /** From its last checkpoint, now or when its turn comes. */
  async function resume(id: string, onCpu = false): Promise<{ queued: boolean }> {
    const { run, queued } = await ask('run.resume', { id, onCpu });
    if (!queued) {
      progress.value.delete(id);
      triggerRef(progress);
      startedId.value = put(run).id;
    }
    return { queued };
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
    await mark([id], { removed: true });
  }

  async function restore(id: string): Promise<void> {
    await mark([id], { removed: false });
  }

  /** The same change for many runs, a few at a time so that nothing else waits; the lists follow at once. */
  async function mark(ids: readonly string[], marks: RunMarks): Promise<void> {
    for (let from = 0; from < ids.length; from += MARKED) take(await ask('run.mark', { ids: ids.slice(from, from + MARKED), marks }));
  }

  async function note(id: string, text: string): Promise<void> {
    take([await ask('run.note', { id, note: text })]);
  }

  /** Runs as main has them now, each in the list where it belongs. */
  function take(changed: readonly RunSummary[]): void {
    const by = new Map(changed.map((run) => [run.id, run]));
    const merge = (old: readonly RunSummary[], belongs: (run: RunSummary) => boolean) => {
      const there = new Set(old.map((run) => run.id));
      const come = changed.filter((run) => belongs(run) && !there.has(run.id));
      const kept = old.map((run) => by.get(run.id) ?? run).filter(belongs);
      return come.length === 0 ? kept : [...kept, ...come].sort((a, b) => (a.createdAt < b.createdAt ? 1 : a.createdAt > b.createdAt ? -1 : 0));
    };
    list.value = merge(list.value ?? [], (run) => run.removedAt === null);
    if (trash.value !== null) trash.value = merge(trash.value, (run) => run.removedAt !== null);
  }

  async function loadTrash(): Promise<void> {
    trash.value = await allPages(true);
  }

  /** Deletes for good what lies in the trash. */
  async function erase(ids: readonly string[]): Promise<void> {
    for (let from = 0; from < ids.length; from += ERASED) {
      const part = ids.slice(from, from + ERASED);
      await ask('run.erase', { ids: part });
      const gone = new Set(part);
      trash.value = (trash.value ?? []).filter((run) => !gone.has(run.id));
    }
  }

  return { list, trash, listError, progress, epochs, preview, memory, unsaved, cancelling, pausing, startedId, active, byId, load, detail, hear, start, pause, resume, cancel, rename, remove, restore, mark, note, loadTrash, erase };
});
