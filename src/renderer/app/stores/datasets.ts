import { useLocalStorage } from '@vueuse/core';
import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import type { DatasetSummary, Sample } from '../../../shared/dataset.ts';
import type { AppErrorData } from '../../../shared/errors.ts';
import type { Roles } from '../../../shared/spec.ts';
import { ask, errorOf, unwrap } from '../../lib/bridge.ts';

/** The files that were opened, the one that is open, and the samples. */
export const useDatasetsStore = defineStore('datasets', () => {
  const list = shallowRef<DatasetSummary[] | null>(null);
  const samples = shallowRef<Sample[] | null>(null);
  const listError = shallowRef<AppErrorData | null>(null);
  const samplesError = shallowRef<AppErrorData | null>(null);
  /** Kept over a restart: the studio opens where it was left. */
  const currentId = useLocalStorage<string | null>('unroll.dataset', null, { serializer: { read: (v) => v || null, write: (v) => v ?? '' } });
  const opening = ref<string | null>(null);
  const openError = shallowRef<AppErrorData | null>(null);

  const current = computed(() => list.value?.find((dataset) => dataset.id === currentId.value) ?? null);
  const byId = (id: string) => list.value?.find((dataset) => dataset.id === id) ?? null;

  async function load(): Promise<void> {
    listError.value = samplesError.value = null;
    await Promise.all([
      ask('dataset.list').then((value) => { list.value = value; }, (thrown: unknown) => { listError.value = errorOf(thrown); }),
      ask('samples.list').then((value) => { samples.value = value; }, (thrown: unknown) => { samplesError.value = errorOf(thrown); }),
    ]);
  }

  function put(dataset: DatasetSummary): DatasetSummary {
    list.value = [dataset, ...(list.value ?? []).filter((other) => other.id !== dataset.id)];
    return dataset;
  }

  /** Replaces in place: the order of the list is the order of opening. */
  function replace(dataset: DatasetSummary): DatasetSummary {
    list.value = (list.value ?? []).map((other) => (other.id === dataset.id ? dataset : other));
    return dataset;
  }

  /** What is read now; the next one waits for it. */
  let reading: Promise<unknown> = Promise.resolve();
  let waiting = 0;

  /** One file after another, the last one stays open; the answer is the dataset, or null when the person closed the dialog or it failed (`openError` says why). */
  async function open(what: string, read: () => Promise<DatasetSummary | null>): Promise<DatasetSummary | null> {
    // A second dialog, or the same one again by a double click, is no second wish.
    if (opening.value === what || (opening.value !== null && (what === '' || opening.value === ''))) return null;
    const before = reading;
    const turn = before.then(() => readNow(what, read));
    waiting++;
    opening.value = what;
    reading = turn;
    const dataset = await turn;
    waiting--;
    if (waiting === 0) opening.value = null;
    return dataset;
  }

  async function readNow(what: string, read: () => Promise<DatasetSummary | null>): Promise<DatasetSummary | null> {
    opening.value = what;
    openError.value = null;
    try {
      const dataset = await read();
      return dataset === null ? null : accept(dataset);
    } catch (thrown) {
      openError.value = errorOf(thrown);
      return null;
    }
  }

  function accept(dataset: DatasetSummary): DatasetSummary {
    currentId.value = dataset.id;
    openError.value = null;
    return put(dataset);
  }

  const openDialog = () => open('', () => ask('dataset.openDialog'));
  const openSample = (sample: string) => open(sample, () => ask('dataset.openSample', { sample }));
  const openFile = (file: File) => open(file.name, async () => unwrap<'dataset.openDropped'>(await window.unroll.openDropped(file)));

  /** @throws Refusal at the column that cannot take its part */
  async function setRoles(id: string, roles: Roles, unit: string): Promise<void> {
    replace(await ask('dataset.setRoles', { id, roles, unit }));
  }

  async function remove(id: string): Promise<void> {
    await ask('dataset.remove', { id });
    list.value = (list.value ?? []).filter((dataset) => dataset.id !== id);
    if (currentId.value === id) currentId.value = null;
  }

  async function restore(id: string): Promise<void> {
    await ask('dataset.restore', { id });
    list.value = await ask('dataset.list');
  }

  return { list, samples, listError, samplesError, currentId, current, opening, openError, byId, load, accept, openDialog, openSample, openFile, setRoles, remove, restore };
});
