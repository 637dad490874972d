import { createHash } from 'node:crypto';
import { createReadStream, existsSync, rmSync, statSync } from 'node:fs';
import { copyFile, open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { environmentError } from '../shared/errors.ts';
import type { Wheel } from './plan.ts';

/** Where wheels come from: the Python package index, or the folder of a person who carried them over. */
export type Origin = { index: string } | { folder: string };

export const defaultIndex = 'https://pypi.org/simple/';

export interface FetchHost {
  signal: AbortSignal;
  /** @param bytes of this wheel that are there */
  progress(bytes: number): void;
}

async function sha256Of(path: string, signal: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path, { signal })) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

/** @throws environmentError 'engine.corrupted' (and deletes the file) where the hash is another than the pinned one */
async function verify(path: string, wheel: Wheel, signal: AbortSignal): Promise<void> {
  if (await sha256Of(path, signal) === wheel.sha256) return;
  rmSync(path, { force: true });
  throw environmentError('engine.corrupted', `${wheel.file} is not the file that was published: its SHA-256 differs. It was deleted.`, { hint: 'Install again; it will be fetched anew.', details: { file: wheel.file } });
}

/** The address that the index gives for a file (the JSON form of the simple index, PEP 691). */
async function addressOf(index: string, wheel: Wheel, signal: AbortSignal): Promise<string> {
  const page = new URL(`${wheel.package}/`, index.endsWith('/') ? index : `${index}/`);
  const answer = await fetch(page, { signal, headers: { Accept: 'application/vnd.pypi.simple.v1+json' } });
  if (!answer.ok) throw new Error(`the index answered ${answer.status} for ${wheel.package}`);
  const { files } = await answer.json() as { files: { filename: string; url: string }[] };
  const found = files.find(({ filename }) => filename === wheel.file);
  if (found === undefined) throw new Error(`the index has no ${wheel.file}`);
  return new URL(found.url, page).href;
}

/** Goes on where an earlier try stopped: the server is asked for the rest of the file. */
async function download(index: string, wheel: Wheel, part: string, { signal, progress }: FetchHost): Promise<void> {
  const from = existsSync(part) ? Math.min(statSync(part).size, wheel.bytes) : 0;
  if (from === wheel.bytes) return;
  const answer = await fetch(await addressOf(index, wheel, signal), { signal, headers: from > 0 ? { Range: `bytes=${from}-` } : {} });
  if (!answer.ok || answer.body === null) throw new Error(`the server answered ${answer.status} for ${wheel.file}`);
  const resumed = answer.status === 206;
  const file = await open(part, resumed ? 'a' : 'w');
  let bytes = resumed ? from : 0;
  try {
    for await (const chunk of answer.body) {
      await file.write(chunk);
      bytes += chunk.length;
      if (bytes > wheel.bytes) throw new Error(`the server sent more than the ${wheel.bytes} bytes of ${wheel.file}`);
      progress(bytes);
    }
    await file.sync();
  } finally {
    await file.close();
  }
  if (bytes < wheel.bytes) throw new Error(`the connection ended after ${bytes} of ${wheel.bytes} bytes of ${wheel.file}`);
}

/**
 * Brings one wheel into `folder`, checked by its hash; what was fetched before is taken as it is, half a file is continued.
 * @returns its path
 * @throws environmentError: no network, full disk, a corrupted file, a wheel that the offline folder lacks
 */
export async function fetchWheel(origin: Origin, wheel: Wheel, folder: string, host: FetchHost): Promise<string> {
  const path = join(folder, wheel.file);
  if (existsSync(path)) {
    host.progress(wheel.bytes);
    await verify(path, wheel, host.signal);
    return path;
  }
  if ('folder' in origin) {
    const given = join(origin.folder, wheel.file);
    if (!existsSync(given)) throw environmentError('engine.offline-missing', `The folder ${origin.folder} has no ${wheel.file}.`, { hint: 'Put the wheels that "unroll engine status" lists into it.', details: { folder: origin.folder, file: wheel.file } });
    if (await sha256Of(given, host.signal) !== wheel.sha256) throw environmentError('engine.offline-corrupted', `${given} is not the file that was published: its SHA-256 differs.`, { hint: 'Copy it anew.', details: { file: wheel.file, folder: origin.folder } });
    await copyFile(given, path);
    host.progress(wheel.bytes);
    return path;
  }
  const part = `${path}.part`;
  try {
    await download(origin.index, wheel, part, host);
  } catch (error) {
    if (host.signal.aborted) throw error;
    const { code, cause, message } = error as NodeJS.ErrnoException & { cause?: { code?: string } };
    if (code === 'ENOSPC') throw environmentError('engine.disk-full', `The disk is full: ${wheel.file} could not be written.`, { hint: 'Free some space and install again; what was fetched is kept.', details: { file: wheel.file } });
    throw environmentError('engine.no-network', `${wheel.file} could not be fetched: ${cause?.code ?? message}.`, {
      hint: 'Check the connection and install again (what was fetched is kept), or name a folder with the wheels. Until then the built-in engine trains.', details: { file: wheel.file, reason: cause?.code ?? message },
    });
  }
  await verify(part, wheel, host.signal);
  await rename(part, path);
  return path;
}
