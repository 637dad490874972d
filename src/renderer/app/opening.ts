import { useRouter } from 'vue-router';
import type { DatasetSummary, Sampling } from '../../shared/dataset.ts';
import { useDatasetsStore } from './stores/datasets.ts';

/** Every way to open a file, each ending on the Data place; what fails is told by the store's `openErrors`. */
export function useOpening() {
  const datasets = useDatasetsStore();
  const router = useRouter();

  async function show(reading: Promise<DatasetSummary | null>): Promise<void> {
    if ((await reading) !== null) await router.push('/data');
  }

  return {
    dialog: () => show(datasets.openDialog()),
    sample: (id: string) => show(datasets.openSample(id)),
    /** Something was dropped that is no file on this machine, as far as it can be told. */
    refuseDrop: () => {
      datasets.openErrors = [{ code: 'file.no-path', message: 'What was dropped is not a file on this machine.', hint: 'Save it as a file first, then open that one.', fault: 'input' }];
    },
    files: async (files: readonly File[]) => {
      const opened = await datasets.openFiles(files);
      if (opened.length > 0) await router.push('/data');
      return opened;
    },
    paste: (name: string) => show(datasets.paste(name)),
    sampled: (name: string, sampling: Sampling) => show(datasets.openSampled(name, sampling)),
    readAgain: (dataset: DatasetSummary) => show(datasets.readAgain(dataset)),
    readAs: (dataset: DatasetSummary, as: 'text' | 'table') => show(datasets.readAs(dataset, as)),
    columnText: (dataset: DatasetSummary, column: string) => show(datasets.columnText(dataset, column)),
    /** One click: the sample is open and its training starts. */
    trainSample: async (id: string) => { if ((await datasets.openSample(id)) !== null) await router.push('/train?start=1'); },
    again: async (id: string) => { datasets.currentId = id; await router.push('/data'); },
  };
}
