import { toErrorData } from '../shared/errors.ts';
import type { ImportJob, ImportReply } from '../shared/parcel.ts';
import { openStorage } from '../storage/index.ts';
import { importUnroll } from './index.ts';

// The entry of Electron's utility process that imports one run. process.parentPort is Electron's; see electron.d.ts.
const { parentPort } = process;

async function serve({ path, again, database, nativeBinding }: ImportJob): Promise<ImportReply> {
  try {
    const { storage } = openStorage({ file: database, ...(nativeBinding === undefined ? {} : { nativeBinding }) });
    try {
      return { ok: true, imported: await importUnroll(storage, path, again) };
    } finally {
      storage.close();
    }
  } catch (error) {
    return { ok: false, error: toErrorData(error) };
  }
}

parentPort.on('message', ({ data }) => { void serve(data as ImportJob).then((reply) => parentPort.postMessage(reply)); });
