import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { AppError, environmentError, inputError } from '../shared/errors.ts';

/** Larger files are refused with a sentence: they are held in memory whole. */
export const MAX_SOURCE_BYTES = 64 * 1024 * 1024;

export interface Source { name: string; bytes: Uint8Array<ArrayBuffer>; sha256: string }

/** Reads a data file whole. @throws AppError that names the file and what is wrong with it */
export function readSource(path: string): Source {
  const name = basename(path);
  try {
    const stat = statSync(path);
    if (stat.isDirectory()) throw inputError('file.directory', `"${name}" is a folder, not a file.`, { hint: 'Open a CSV file in it.', details: { name } });
    if (!stat.isFile()) throw inputError('file.not-a-file', `"${name}" is not a regular file.`, { details: { name } });
    if (stat.size > MAX_SOURCE_BYTES) {
      const megabytes = Math.ceil(stat.size / 1024 / 1024);
      const limit = MAX_SOURCE_BYTES / 1024 / 1024;
      throw inputError('data.too-large', `"${name}" has ${megabytes} MB; files up to ${limit} MB can be opened.`, { hint: 'Open a shorter part of the file.', details: { name, megabytes, limit } });
    }
    const bytes = new Uint8Array(readFileSync(path));
    return { name, bytes, sha256: createHash('sha256').update(bytes).digest('hex') };
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
