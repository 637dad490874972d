import { gunzipSync } from 'node:zlib';
import { inputError } from '../shared/errors.ts';
import { tooLargeWhole } from './sampling.ts';

/** @param limit bytes at most @throws inputError 'file.gzip' when it is broken or cut, 'file.choose-sample' when it is larger */
export function gunzip(bytes: Uint8Array, name: string, limit: number): Uint8Array {
  try {
    return new Uint8Array(gunzipSync(bytes, { maxOutputLength: limit }));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ERR_BUFFER_TOO_LARGE') throw tooLargeWhole(name, null);
    const cut = code === 'Z_BUF_ERROR';
    throw inputError('file.gzip', cut ? `"${name}" is a gzip file that ends too early.` : `"${name}" begins as a gzip file and is damaged.`, {
      hint: cut ? 'It was not copied or downloaded whole: get it again.' : 'Get it again from where it came.', details: { name, cut },
    });
  }
}
