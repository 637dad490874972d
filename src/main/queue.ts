import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { inputError, toErrorData } from '../shared/errors.ts';
import { makeId } from '../shared/ids.ts';
import type { Queue, QueueItem } from '../shared/queue.ts';
import { resumableStatuses, type RunEvent, type RunSummary } from '../shared/run.ts';
import { runName, seedName } from '../shared/run-name.ts';
import type { RunSpec } from '../shared/spec.ts';
import type { NewQueueItem } from '../storage/index.ts';
import { dataOf, resumeRun, startCommand, startRun, type Training } from './runs.ts';

interface QueueHost extends Training {
  tell(event: RunEvent): void;
  tellQueue(queue: Queue): void;
}

const HELD = 'queue.held';
const SEEDS = 2 ** 32;

/** Starts the runs that wait, one after the other. One that fails, or cannot begin, does not keep the others waiting. */
export class RunQueue {
  readonly #host: QueueHost;
  /** The item whose turn it is: its data is being read. */
  #starting: string | null = null;

  /** A queue that the last sitting left is held, so that opening the studio starts nothing unasked. */
  constructor(host: QueueHost) {
    this.#host = host;
    host.storage.settings.set(HELD, host.storage.queue.list().length > 0);
  }

  data(): Queue {
    const { storage } = this.#host;
    return { items: storage.queue.list(), held: storage.settings.get(HELD, z.boolean(), false) };
  }

  /** @param seeds how many runs, with the spec's seed and those after it; more than one are a group. @throws the first problem of the settings, with its field */
  async add(datasetId: string, given: unknown, seeds: number): Promise<{ groupId: string | null }> {
    const { storage } = this.#host;
    const { command: { spec } } = await startCommand(this.#host, datasetId, given);
    const name = runName(storage.datasets.get(datasetId).name, spec);
    const groupId = seeds > 1 ? this.#newGroup(name) : null;
    this.#put(Array.from({ length: seeds }, (_, i) => seedItem(spec, (spec.training.seed + i) % SEEDS, name, datasetId, groupId)));
    return { groupId };
  }

  /** Runs of other seeds beside one that is there, in its group. @throws inputError 'run.data-gone' */
  async repeat(runId: string, seeds: number): Promise<{ groupId: string }> {
    const { storage } = this.#host;
    const run = storage.runs.summary(runId);
    const datasetId = dataOf(run);
    const { command: { spec } } = await startCommand(this.#host, datasetId, run.spec);
    const base = run.group?.name ?? run.name;
    const groupId = run.group?.id ?? this.#newGroup(base);
    if (run.group === null) storage.queue.join(groupId, [runId]);
    const taken = new Set([...storage.queue.seeds(groupId), ...storage.queue.list().filter((item) => item.groupId === groupId).map((item) => item.spec.training.seed)]);
    const fresh: number[] = [];
    for (let seed = spec.training.seed; fresh.length < seeds; seed = (seed + 1) % SEEDS) if (!taken.has(seed)) fresh.push(seed);
    this.#put(fresh.map((seed) => seedItem(spec, seed, base, datasetId, groupId)));
    this.#host.tell({ type: 'created', run: storage.runs.summary(runId) });
    return { groupId };
  }

  /** At once, or when what trains now is done. @throws inputError 'run.not-resumable', 'run.data-gone' */
  async resume(runId: string): Promise<{ run: RunSummary; queued: boolean }> {
    const { storage, supervisor } = this.#host;
    const run = storage.runs.summary(runId);
    if (supervisor.runningId === null && this.#starting === null) return { run: await resumeRun(this.#host, runId), queued: false };
    if (!resumableStatuses.includes(run.status)) throw inputError('run.not-resumable', `The run "${run.name}" cannot go on: it is ${run.status}.`, { details: { name: run.name, status: run.status } });
    const datasetId = dataOf(run);
    if (!storage.queue.list().some((item) => item.runId === runId)) {
      this.#put([{ id: makeId('queued', randomBytes(10)), name: run.name, datasetId, spec: run.spec, runId, groupId: null }]);
    }
    return { run, queued: true };
  }

  move(id: string, index: number): Queue {
    this.#host.storage.queue.move(id, index);
    return this.#changed();
  }

  remove(id: string): Queue {
    this.#host.storage.queue.remove(id);
    return this.#changed();
  }

  retry(id: string): Queue {
    this.#host.storage.queue.setError(id, null);
    return this.#changed();
  }

  hold(held: boolean): Queue {
    this.#host.storage.settings.set(HELD, held);
    return this.#changed();
  }

  /** Nothing of what waits begins until the person lets it. */
  rest(): void {
    if (this.data().items.length > 0) this.hold(true);
  }

  /** The next run begins where nothing trains; whoever calls does not wait for it. */
  advance(): void {
    const { supervisor } = this.#host;
    if (this.#starting !== null || supervisor.runningId !== null || supervisor.blocked() !== null) return;
    const { items, held } = this.data();
    const item = items.find((one) => one.error === null);
    if (held || item === undefined) return;
    this.#starting = item.id;
    void this.#begin(item).finally(() => {
      this.#starting = null;
      this.#host.tellQueue(this.data());
      this.advance();
    });
  }

  async #begin(item: QueueItem): Promise<void> {
    const { storage, tell } = this.#host;
    try {
      if (item.runId !== null) {
        const run = await resumeRun(this.#host, item.runId);
        storage.queue.remove(item.id);
        tell({ type: 'created', run });
      } else {
        tell({ type: 'created', run: await startRun(this.#host, item.datasetId, item.spec, item) });
      }
    } catch (error) {
      const data = toErrorData(error);
      // Somebody pressed Train in the meantime: its turn comes again. One that was taken out meanwhile is gone.
      if (data.code !== 'run.busy' && data.code !== 'care.compacting' && data.code !== 'queue.unknown') storage.queue.setError(item.id, data);
    }
  }

  #newGroup(name: string): string {
    const id = makeId('group', randomBytes(10));
    this.#host.storage.queue.addGroup(id, name);
    return id;
  }

  #put(items: NewQueueItem[]): void {
    this.#host.storage.queue.add(items);
    this.#changed();
  }

  #changed(): Queue {
    this.advance();
    const data = this.data();
    this.#host.tellQueue(data);
    return data;
  }
}

function seedItem(spec: RunSpec, seed: number, name: string, datasetId: string, groupId: string | null): NewQueueItem {
  return { id: makeId('queued', randomBytes(10)), name: groupId === null ? name : seedName(name, seed), datasetId, spec: { ...spec, training: { ...spec.training, seed } } as RunSpec, runId: null, groupId };
}
