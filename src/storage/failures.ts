import { accessSync, constants } from 'node:fs';
import { dirname } from 'node:path';
import { AppError, environmentError } from '../shared/errors.ts';

/** `code` of a SqliteError (SQLITE_FULL, SQLITE_READONLY_DBMOVED, ...) or of a Node file error (ENOSPC, ...); '' when there is none. */
export function codeOf(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : '';
}

/** Whether SQLite says that the file itself is broken; busy, full and input/output errors are not that. */
export function saysDamaged(error: unknown): boolean {
  const code = codeOf(error);
  return code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_CORRUPT');
}

/** Another process holds the lock for longer than the busy timeout. */
export function saysBusy(error: unknown): boolean {
  const code = codeOf(error);
  return code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED');
}

/**
 * What the machine refuses, as one sentence that names the folder; any other error comes back as it is.
 * @param file path of the database
 */
export function explained(error: unknown, file: string): unknown {
  if (error instanceof AppError) return error;
  const folder = dirname(file);
  const details = { folder, file };
  const code = codeOf(error);
  if (['SQLITE_FULL', 'ENOSPC', 'EDQUOT'].includes(code)) {
    return environmentError('storage.full', `The disk that holds "${folder}" is full, so nothing more can be saved.`, {
      hint: 'Free some space on it, then try again.', details,
    });
  }
  if (['EROFS', 'EACCES', 'EPERM', 'SQLITE_PERM'].includes(code) || code.startsWith('SQLITE_READONLY') || ((code === 'ENOENT' || code.startsWith('SQLITE_CANTOPEN')) && !writable(folder))) {
    return environmentError('storage.read-only', `Unroll may not write to the folder "${folder}", where its database lies.`, {
      hint: 'Allow writing to it, or choose another data folder.', details,
    });
  }
  if (saysBusy(error)) {
    return environmentError('storage.busy', `Another program holds the database in "${folder}".`, { hint: 'Close the other program, then try again.', details });
  }
  if (saysDamaged(error)) {
    return environmentError('storage.damaged', `The database "${file}" is damaged.`, {
      hint: 'Start Unroll again: it keeps the damaged database under another name and begins a new one.', details: { ...details, path: file },
    });
  }
  if (code.startsWith('SQLITE_CANTOPEN') || code.startsWith('SQLITE_IOERR') || ['ENOTDIR', 'EEXIST', 'EISDIR', 'ELOOP', 'ENAMETOOLONG', 'ENOENT', 'EBUSY', 'EIO', 'EMFILE', 'ENFILE'].includes(code)) {
    return environmentError('storage.unavailable', `The database "${file}" cannot be opened or written (${code}).`, {
      hint: 'Check that the folder is there and its disk works, or choose another data folder.', details: { ...details, reason: code },
    });
  }
  return error;
}

/** Whether the folder, or the nearest one above that is there, may be written to. */
function writable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch (error) {
    if (codeOf(error) === 'ENOENT' && dirname(folder) !== folder) return writable(dirname(folder));
    return !['EACCES', 'EROFS', 'EPERM'].includes(codeOf(error));
  }
}
