import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { modifiedAt, readPieces, statSource } from './file.ts';
import type { Sampling, SavedDataset } from '../shared/dataset.ts';

export type SourceState = NonNullable<SavedDataset['source']>;

export interface NotedSource { path: string; size: number | null; modifiedAt: string | null; sha256: string; sampling: Sampling | null }

/** Compares size and time first, and reads the file only where they leave it open. */
export function checkSource({ path, size, modifiedAt: noted, sha256, sampling }: NotedSource): SourceState {
  try {
    const stat = statSync(path, { throwIfNoEntry: false });
    if (stat === undefined || !stat.isFile()) return 'missing';
    if (size !== null && stat.size !== size) return 'changed';
    if (noted !== null && modifiedAt(stat) === noted) return 'same';
    // The hash of a sample says nothing of the whole file.
    if (sampling !== null) return 'changed';
    const hash = createHash('sha256');
    readPieces(statSource(path), 1 << 22, (bytes) => { hash.update(bytes); return true; });
    return hash.digest('hex') === sha256 ? 'same' : 'changed';
  } catch {
    return 'unreadable';
  }
}
