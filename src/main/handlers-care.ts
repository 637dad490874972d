import { dialog } from 'electron';
import type { Studio } from './handlers.ts';
import type { Handlers } from './ipc.ts';

type Names = 'storage.facts' | 'storage.keep' | 'storage.trim' | 'storage.check' | 'storage.compact' | 'storage.backup' | 'storage.export' | 'storage.import';

const KIND = 'unroll-data';

/** Looking after the database: its size, backups, compaction, and everything as one file. */
export function careHandlers({ storage, supervisor, queue, care, words }: Studio): Pick<Handlers, Names> {
  return {
    'storage.facts': () => storage.facts(),
    'storage.keep': ({ keep }) => {
      storage.keep = keep;
      return storage.facts();
    },
    'storage.trim': () => storage.trim(null),
    'storage.check': () => care.call('check', null),
    'storage.backup': () => care.call('backup', null),
    'storage.compact': async () => {
      // Compacting holds the only lock to write with: a run that trains could store nothing meanwhile, and none may begin.
      supervisor.assertFree();
      const { database, free } = storage.facts();
      try {
        return await care.call('compact', null, database - free);
      } finally {
        queue.advance();
      }
    },
    'storage.export': async (_nothing, window) => {
      const { filePath } = await dialog.showSaveDialog(window, { title: words().exportTitle, defaultPath: `unroll-${new Date().toISOString().slice(0, 10)}.${KIND}`, filters: [{ name: 'Unroll', extensions: [KIND] }] });
      return filePath === '' ? null : care.call('export', { path: filePath });
    },
    'storage.import': async (_nothing, window) => {
      const { filePaths: [path] } = await dialog.showOpenDialog(window, { title: words().importTitle, properties: ['openFile'], filters: [{ name: 'Unroll', extensions: [KIND, 'db'] }, { name: words().allFiles, extensions: ['*'] }] });
      return path === undefined ? null : care.call('import', { path });
    },
  };
}
