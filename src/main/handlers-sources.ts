import { clipboard, dialog } from 'electron';
import type { Opened } from '../shared/contract.ts';
import { inputError, toErrorData } from '../shared/errors.ts';
import type { Studio } from './handlers.ts';
import type { Handlers } from './ipc.ts';

type Names = 'dataset.openDialog' | 'dataset.openDropped' | 'dataset.openClipboard' | 'dataset.openSampled' | 'dataset.readAgain' | 'dataset.saved' | 'dataset.cancelReading' | 'dataset.copyHash' | 'dataset.rename';

/** Every way in which a file becomes a dataset, and the page of those that are saved. */
export function sourceHandlers({ datasets, storage, words }: Studio): Pick<Handlers, Names> {
  return {
    'dataset.openDialog': async (_request, window) => {
      const { openTitle, tables, allFiles } = words();
      const { filePaths } = await dialog.showOpenDialog(window, {
        title: openTitle, properties: ['openFile', 'multiSelections'],
        filters: [{ name: tables, extensions: ['csv', 'tsv', 'txt', 'md', 'dat', 'gz', 'parquet', 'json', 'jsonl', 'ndjson', 'xlsx'] }, { name: allFiles, extensions: ['*'] }],
      });
      const opened: Opened[] = [];
      for (const path of filePaths) opened.push(await datasets.open(path, null).then((dataset) => ({ ok: true as const, dataset }), (error: unknown) => ({ ok: false as const, error: toErrorData(error) })));
      return opened;
    },
    'dataset.openDropped': ({ path }) => datasets.open(path, null),
    'dataset.openClipboard': async ({ name }) => {
      const text = await clipboard.readText();
      if (text.trim() === '') throw inputError('clipboard.empty', 'The clipboard holds no text and no table.', { hint: 'Copy a text, or the cells in a spreadsheet with their header, then paste here.' });
      return datasets.openPasted(text, name);
    },
    'dataset.openSampled': ({ name, sampling }) => datasets.openSampled(name, sampling),
    'dataset.cancelReading': () => datasets.cancelReading(),
    'dataset.readAgain': ({ id }) => datasets.readAgain(id),
    'dataset.saved': () => datasets.saved(),
    'dataset.copyHash': ({ id }) => clipboard.writeText(storage.datasets.get(id).sha256),
    'dataset.rename': ({ id, name }) => storage.datasets.rename(id, name),
  };
}
