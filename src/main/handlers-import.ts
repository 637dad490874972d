import { dialog, utilityProcess } from 'electron';
import { AppError, environmentError, inputError } from '../shared/errors.ts';
import type { Imported, ImportJob, ImportReply } from '../shared/parcel.ts';
import type { Studio } from './handlers.ts';
import type { Handlers } from './ipc.ts';

type Names = 'run.import' | 'run.importDropped' | 'run.importAgain';

/** Runs come into the studio as .unroll files, each read in a utility process of its own. Paths come from a dialog or a drop. */
export function importHandlers({ storage, importerEntry, databaseFile, words, tell }: Studio): Pick<Handlers, Names> {
  /** The file that was refused because its run is here already. */
  let refused: string | null = null;
  let busy = false;

  function imported(job: ImportJob): Promise<Imported> {
    const child = utilityProcess.fork(importerEntry, [], { serviceName: 'Unroll importer' });
    return new Promise<Imported>((resolve, reject) => {
      child.on('message', (reply: ImportReply) => {
        if (reply.ok) resolve(reply.imported);
        else reject(new AppError(reply.error.fault, reply.error.code, reply.error.message, reply.error));
      });
      child.on('exit', (code) => reject(environmentError('import.died', `The importing process ended unexpectedly (exit code ${code}). Nothing was imported.`, { hint: 'Try again.', details: { code } })));
      child.postMessage(job);
    }).finally(() => child.kill());
  }

  async function take(path: string, again: boolean): Promise<Imported> {
    if (busy) throw inputError('import.busy', 'A run is being imported already.', { hint: 'Wait until that is done.' });
    busy = true;
    refused = null;
    try {
      const result = await imported({ path, again, database: databaseFile, nativeBinding: process.env['UNROLL_SQLITE_BINDING'] });
      tell({ type: 'created', run: storage.runs.summary(result.id) });
      return result;
    } catch (error) {
      if (error instanceof AppError && error.data.code === 'import.known') refused = path;
      throw error;
    } finally {
      busy = false;
    }
  }

  return {
    'run.import': async (_nothing, window) => {
      const { filePaths: [path] } = await dialog.showOpenDialog(window, { title: words().importRunTitle, properties: ['openFile'], filters: [{ name: 'Unroll', extensions: ['unroll'] }, { name: words().allFiles, extensions: ['*'] }] });
      return path === undefined ? null : take(path, false);
    },
    'run.importDropped': ({ path }) => take(path, false),
    'run.importAgain': () => {
      if (refused === null) throw inputError('import.nothing', 'No import was refused.', { hint: 'Choose the file again.' });
      return take(refused, true);
    },
  };
}
