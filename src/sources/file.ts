import { closeSync, openSync, readFileSync, readSync, statSync, type Stats } from 'node:fs';
import { basename } from 'node:path';
import { AppError, environmentError, inputError } from '../shared/errors.ts';

/** A file on disk that can be read, with what tells later whether it is still the same. */
export interface SourceFile { path: string; name: string; size: number; /** ISO 8601, to the millisecond. */ modifiedAt: string }

/** @throws AppError that names the file and why it cannot be read */
export function statSource(path: string): SourceFile {
  const name = basename(path);
  return guarded(name, () => {
    const stat = statSync(path);
    if (stat.isDirectory()) throw inputError('file.directory', `"${name}" is a folder, not a file.`, { hint: 'Open a file in it.', details: { name } });
    if (!stat.isFile()) throw inputError('file.not-a-file', `"${name}" is not a regular file.`, { details: { name } });
    return { path, name, size: stat.size, modifiedAt: modifiedAt(stat) };
  });
}

export function modifiedAt(stat: Stats): string {
  return new Date(Math.trunc(stat.mtimeMs)).toISOString();
}

/** The whole file. @throws AppError when it cannot be read, or was cut while it was */
export function readWhole({ path, name, size }: SourceFile): Uint8Array {
  return guarded(name, () => {
    const read = readFileSync(path);
    if (read.length < size) throw cutShort(name);
    // The same memory: a copy of a large file would cost a tenth of the time to open it.
    return new Uint8Array(read.buffer, read.byteOffset, read.length);
  });
}

/** The file piece by piece, each in the same buffer. @returns false from `take` to read no further */
export function readPieces({ path, name, size }: SourceFile, piece: number, take: (bytes: Uint8Array) => boolean): void {
  guarded(name, () => {
    const file = openSync(path, 'r');
    try {
      const buffer = new Uint8Array(Math.min(piece, Math.max(1, size)));
      let done = 0;
      for (;;) {
        const read = readSync(file, buffer, 0, buffer.length, null);
        if (read === 0) break;
        done += read;
        if (!take(buffer.subarray(0, read))) return;
      }
      if (done < size) throw cutShort(name);
    } finally {
      closeSync(file);
    }
  });
}

function cutShort(name: string): AppError {
  return inputError('file.changed', `"${name}" was changed while it was read.`, { hint: 'Open it again when the other program is done with it.', details: { name } });
}

/** What the file system says, in a sentence. */
export function guarded<T>(name: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw explained(error, name);
  }
}

function explained(error: unknown, name: string): unknown {
  const code = (error as NodeJS.ErrnoException).code;
  const missing = () => inputError('file.missing', `The file "${name}" is not there.`, { hint: 'Check the path, or whether the file was moved.', details: { name } });
  const known: Record<string, () => AppError> = {
    ENOENT: missing,
    // A path through a file, a link that leads to itself, a name that no disk takes.
    ENOTDIR: missing,
    ELOOP: missing,
    ENAMETOOLONG: missing,
    EACCES: () => environmentError('file.permission', `The file "${name}" may not be read.`, { hint: 'Allow reading it in its permissions.', details: { name } }),
    EPERM: () => environmentError('file.permission', `The file "${name}" may not be read.`, { hint: 'Allow reading it in its permissions.', details: { name } }),
    ERR_INVALID_ARG_VALUE: () => inputError('file.no-path', 'What was dropped is not a file on this machine.', { hint: 'Save it as a file first, then drop the file.' }),
  };
  // Whatever else the file system refuses (a broken disk, say) is no fault of ours either.
  const refused = () => environmentError('file.unreadable', `The file "${name}" cannot be read (${code}).`, { hint: 'Check the path and the disk that it lies on.', details: { name, reason: code! } });
  if (error instanceof AppError || code === undefined) return error;
  return known[code]?.() ?? ('syscall' in (error as object) ? refused() : error);
}
