import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readUnrollFile, sha256 } from '../exporter/index.ts';
import { makeId } from '../shared/ids.ts';
import type { Imported, RunParcel } from '../shared/parcel.ts';
import { assertUnknown, type Storage } from '../storage/index.ts';

/**
 * A .unroll file becomes a run of the studio, with a new id: all of it or nothing.
 * @param again also where it is here already
 * @throws inputError 'import.known', and what keeps the file from being read
 */
export async function importUnroll(storage: Storage, path: string, again: boolean): Promise<Imported> {
  const { parcel, file, sha256: hash } = await readUnrollFile(path);
  const { run, dataset } = parcel;
  if (!again) assertUnknown(storage.parcels, run.id, file);
  const kept = await keepData(storage.tablesFolder, parcel);
  try {
    const added = storage.parcels.add(parcel, {
      id: makeId('run', randomBytes(10)), datasetId: makeId('data', randomBytes(10)), keptAs: kept?.key ?? null,
      origin: { kind: 'unroll', id: run.id, name: run.name.slice(0, 500), file: file.slice(0, 500), sha256: hash },
    });
    return { id: added.id, name: added.name, epochs: added.epochsDone, data: added.datasetId !== null, wanted: added.datasetId !== null || dataset === null ? null : { name: dataset.name, sha256: dataset.sha256 } };
  } catch (error) {
    if (kept?.written === true) await rm(kept.path, { force: true });
    throw error;
  }
}

/**
 * Large data lies in a file of its own, named by a hash of what is really in it: a foreign file must not stand for another.
 * @returns null where the data is small, or not in the file
 */
async function keepData(folder: string, { data }: RunParcel): Promise<{ key: string; path: string; written: boolean } | null> {
  if (data === null || data.kind === 'source') return null;
  const key = sha256(data.bytes);
  const path = join(folder, `${key}.${data.kind}`);
  if (existsSync(path)) return { key, path, written: false };
  await mkdir(folder, { recursive: true });
  const partial = join(folder, `${key}.${process.pid}-import.partial`);
  try {
    await writeFile(partial, data.bytes);
    await rename(partial, path);
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
  return { key, path, written: true };
}
