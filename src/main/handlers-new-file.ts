import { dialog, type BrowserWindow } from 'electron';
import type { Studio } from './handlers.ts';
import type { Handlers } from './ipc.ts';

type Names = 'newFile.choose' | 'newFile.dropped' | 'newFile.map' | 'newFile.future' | 'newFile.predict' | 'newFile.save' | 'newFile.cancel';

/** A trained run on a file that it has not seen. */
export function newFileHandlers({ newFiles, words }: Studio): Pick<Handlers, Names> {
  async function choose(window: BrowserWindow, title: string): Promise<string | undefined> {
    const { tables, allFiles } = words();
    const { filePaths } = await dialog.showOpenDialog(window, {
      title, properties: ['openFile'],
      filters: [{ name: tables, extensions: ['csv', 'tsv', 'txt', 'md', 'dat', 'gz', 'parquet', 'json', 'jsonl', 'ndjson', 'xlsx'] }, { name: allFiles, extensions: ['*'] }],
    });
    return filePaths[0];
  }

  return {
    'newFile.choose': async ({ id }, window) => {
      const path = await choose(window, words().newFileTitle);
      return path === undefined ? null : newFiles.open(id, path);
    },
    'newFile.dropped': ({ id, path }) => newFiles.open(id, path),
    'newFile.map': ({ id, mapping }) => newFiles.map(id, mapping),
    'newFile.future': async ({ id }, window) => {
      const path = await choose(window, words().futureTitle);
      return path === undefined ? null : newFiles.future(id, path);
    },
    'newFile.predict': async ({ id, ...ask }) => (await newFiles.predict(id, ask, null))?.predicted ?? null,
    'newFile.save': async ({ id, name, ...ask }, window) => {
      const { filePath } = await dialog.showSaveDialog(window, { title: words().saveTitle, defaultPath: name, filters: [{ name: 'CSV', extensions: ['csv'] }] });
      if (filePath === '') return null;
      const done = await newFiles.predict(id, ask, filePath);
      const path = done?.path ?? null;
      return path === null ? null : { path };
    },
    'newFile.cancel': () => newFiles.cancel(),
  };
}
