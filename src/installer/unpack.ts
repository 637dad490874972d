import { createWriteStream } from 'node:fs';
import { chmod, mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { open as openZip, type Entry, type ZipFile } from 'yauzl';

/** Of TensorFlow: its libraries, the headers that the binding is compiled with, its licence. Of NVIDIA's wheels: the libraries and what they look for. */
const headers = [
  'tensorflow/c/c_api.h', 'tensorflow/c/c_api_macros.h', 'tensorflow/c/eager/c_api.h', 'tensorflow/c/tf_attrtype.h', 'tensorflow/c/tf_buffer.h', 'tensorflow/c/tf_datatype.h',
  'tensorflow/c/tf_status.h', 'tensorflow/c/tf_tensor.h', 'tensorflow/c/tf_tstring.h', 'tensorflow/core/platform/ctstring.h', 'tensorflow/core/platform/ctstring_internal.h',
  'tsl/platform/ctstring.h', 'tsl/platform/ctstring_internal.h', 'xla/tsl/c/tsl_status.h',
];
const wanted = new Set(['tensorflow/libtensorflow_cc.so.2', 'tensorflow/libtensorflow_framework.so.2', ...headers.map((header) => `tensorflow/include/${header}`)]);
const ofNvidia = /^nvidia\/[\w.-]+\/(lib|bin|nvvm\/libdevice|nvvm\/bin)\/[\w.+-]+$/;
const license = /\.dist-info\/(licenses\/)?(LICENSE|License)[\w.]*$/;

function isWanted(name: string): boolean {
  return wanted.has(name) || ofNvidia.test(name) || license.test(name);
}

const opened = promisify<string, { lazyEntries: true }, ZipFile>(openZip as never);

/** Unpacks what the engine needs of one wheel; names are matched against fixed patterns, so none can leave the folder. */
export async function unpackWheel(path: string, folder: string, signal: AbortSignal, progress: (bytes: number) => void): Promise<void> {
  const zip = await opened(path, { lazyEntries: true });
  const read = promisify<Entry, NodeJS.ReadableStream>(zip.openReadStream.bind(zip) as never);
  try {
    await new Promise<void>((resolve, reject) => {
      zip.on('error', reject);
      zip.on('end', resolve);
      zip.on('entry', (entry: Entry) => {
        const take = async (): Promise<void> => {
          signal.throwIfAborted();
          if (isWanted(entry.fileName)) {
            const target = join(folder, entry.fileName);
            await mkdir(dirname(target), { recursive: true });
            await pipeline(await read(entry), createWriteStream(target), { signal });
            if (/\/bin\//.test(entry.fileName)) await chmod(target, 0o755);
            progress(entry.compressedSize);
          }
          zip.readEntry();
        };
        take().catch(reject);
      });
      zip.readEntry();
    });
  } finally {
    zip.close();
  }
}
