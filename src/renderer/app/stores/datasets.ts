import { useLocalStorage } from '@vueuse/core';
import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import type { DatasetSummary, Sample, Sampling } from '../../../shared/dataset.ts';
import type { AppErrorData } from '../../../shared/errors.ts';
import type { Recipe } from '../../../shared/recipe.ts';
import type { Roles } from '../../../shared/spec.ts';
import type { Units } from '../../../shared/units.ts';
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
  /** How far the file that is opened is read, 0 to 1; null while nobody knows. */
  const readShare = ref<number | null>(null);
  /** How far the data doctor is with the open dataset, 0 to 1. */
  const examinedShare = ref(0);
  /** Of the files that were opened last: what could not be, each by its name. */
  const openErrors = shallowRef<readonly AppErrorData[]>([]);
  /** A file that is too large to be read whole, until the person has chosen which rows. */
  const tooLarge = shallowRef<AppErrorData | null>(null);

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

  /** One file after another, the last one stays open; the answer is the dataset, or null when the person closed the dialog or it failed (`openErrors` says why). */
  async function open(what: string, read: () => Promise<DatasetSummary | null>, isFile = false): Promise<DatasetSummary | null> {
    // A second dialog, or the same one again by a double click, is no second wish.
    if ((opening.value === what && !isFile) || (opening.value !== null && (what === '' || opening.value === ''))) return null;
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
    readShare.value = null;
    try {
      const dataset = await read();
      return dataset === null ? null : accept(dataset);
    } catch (thrown) {
      refuse(errorOf(thrown));
      return null;
    }
  }

  function refuse(error: AppErrorData): void {
    if (error.code === 'reader.cancelled') return;
    if (error.code === 'file.choose-sample') tooLarge.value = error;
    else openErrors.value = [...openErrors.value, error];
  }

  function accept(dataset: DatasetSummary): DatasetSummary {
    currentId.value = dataset.id;
    return put(dataset);
  }

  /** A new wish: what was wrong with the last one is read by now. */
  function fresh<T>(action: () => T): T {
    if (waiting === 0) openErrors.value = [];
    return action();
  }

  const openDialog = () => fresh(() => open('', async () => {
    let first: DatasetSummary | null = null;
    for (const opened of await ask('dataset.openDialog')) {
      if (opened.ok) first ??= put(opened.dataset);
      else refuse(opened.error);
    }
    return first;
  }));
  const openSample = (sample: string) => fresh(() => open(sample, () => ask('dataset.openSample', { sample })));
  const openFile = (file: File) => open(file.name, async () => unwrap<'dataset.openDropped'>(await window.unroll.openDropped(file)), true);
  /** All of them, one after another; the first that could be read stays open. */
  async function openFiles(files: readonly File[]): Promise<DatasetSummary[]> {
    const opened = (await fresh(() => Promise.all(files.map(openFile)))).filter((dataset) => dataset !== null);
    if (opened[0] !== undefined) currentId.value = opened[0].id;
    return opened;
  }
  const paste = (name: string) => fresh(() => open(name, () => ask('dataset.openClipboard', { name })));
  const openSampled = (name: string, sampling: Sampling) => fresh(() => open(name, () => ask('dataset.openSampled', { name, sampling })));
  const readAgain = (dataset: DatasetSummary) => fresh(() => open(dataset.name, () => ask('dataset.readAgain', { id: dataset.id })));

  const readAs = (dataset: DatasetSummary, as: 'text' | 'table') => fresh(() => open(dataset.name, () => ask('dataset.readAs', { id: dataset.id, as })));
  const columnText = (dataset: DatasetSummary, column: string) => fresh(() => open(dataset.name, () => ask('dataset.columnText', { id: dataset.id, column })));

  const cancelReading = () => ask('dataset.cancelReading');
  /** Main has the clipboard: the page may not write to it. */
  const copyHash = (id: string) => ask('dataset.copyHash', { id });

  async function rename(id: string, name: string): Promise<void> {
    replace(await ask('dataset.rename', { id, name }));
  }

  /** @throws Refusal at the column that cannot take its part */
  async function setRoles(id: string, roles: Roles, units: Units): Promise<void> {
    replace(await ask('dataset.setRoles', { id, roles, unit: units[roles.targets[0] ?? ''] ?? '', units }));
  }

  /** @throws Refusal of the step that cannot be done */
  async function setRecipe(id: string, recipe: Recipe): Promise<DatasetSummary> {
    return replace(await ask('dataset.setRecipe', { id, recipe }));
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

  return { list, samples, listError, samplesError, currentId, current, opening, readShare, examinedShare, openErrors, tooLarge, byId, load, accept, refuse, openDialog, openSample, openFiles, paste, openSampled, readAgain, readAs, columnText, cancelReading, copyHash, rename, setRoles, setRecipe, remove, restore };
});
