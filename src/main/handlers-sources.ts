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
        filters: [{ name: tables, extensions: ['csv', 'tsv', 'txt', 'dat', 'gz', 'parquet', 'json', 'jsonl', 'ndjson', 'xlsx'] }, { name: allFiles, extensions: ['*'] }],
      });
      const opened: Opened[] = [];
      for (const path of filePaths) opened.push(await datasets.open(path, null).then((dataset) => ({ ok: true as const, dataset }), (error: unknown) => ({ ok: false as const, error: toErrorData(error) })));
      return opened;
    },
    'dataset.openDropped': ({ path }) => datasets.open(path, null),
    'dataset.openClipboard': async ({ name }) => {
      const text = await clipboard.readText();
      if (!/[^\s][\r\n]+[^\s]/.test(text)) {
        throw inputError('clipboard.no-table', 'The clipboard holds no table.', { hint: 'Copy the cells in a spreadsheet, header included, then paste here.' });
      }
      return datasets.openText(text, name);
    },
    'dataset.openSampled': ({ name, sampling }) => datasets.openSampled(name, sampling),
    'dataset.cancelReading': () => datasets.cancelReading(),
    'dataset.readAgain': ({ id }) => datasets.readAgain(id),
    'dataset.saved': () => datasets.saved(),
    'dataset.copyHash': ({ id }) => clipboard.writeText(storage.datasets.get(id).sha256),
    'dataset.rename': ({ id, name }) => storage.datasets.rename(id, name),
  };
}
