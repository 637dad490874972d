import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { rename, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { installedEngineSchema, type EngineKind, type EngineProbe, type EngineState, type InstalledEngine, type InstallProgress } from '../shared/engine-install.ts';
import { environmentError } from '../shared/errors.ts';
import { buildBinding } from './binding.ts';
import { fetchWheel, type Origin } from './fetch.ts';
import { findMachine } from './machine.ts';
import { planInstall, wheelsOf } from './plan.ts';
import { unpackWheel } from './unpack.ts';

/** The folder of engines in the data folder: tensorflow/ once it is installed, downloads/ while it is fetched. */
export function engineFolder(engines: string): string {
  return join(engines, 'tensorflow');
}

export function installedEngine(engines: string): InstalledEngine | null {
  try {
    return installedEngineSchema.parse(JSON.parse(readFileSync(join(engineFolder(engines), 'engine.json'), 'utf8')));
  } catch {
    return null;
  }
}

/** What is installed, what could be, and why not. */
export async function engineState(engines: string): Promise<EngineState> {
  const machine = await findMachine();
  const planned = planInstall(machine, 'auto');
  return {
    installed: installedEngine(engines), machine,
    plan: 'plan' in planned ? planned.plan : null,
    unsupported: 'error' in planned ? planned.error.data : null,
  };
}

export interface InstallHost {
  signal: AbortSignal;
  progress(progress: InstallProgress): void;
  /** Asks a throwaway process to load the engine of a folder and to try it. */
  probe(folder: string): Promise<EngineProbe>;
}

export interface InstallRequest { kind: EngineKind | 'auto'; origin: Origin }

function sizeOfFolder(folder: string): number {
  return readdirSync(folder, { withFileTypes: true }).reduce((sum, entry) => {
    const path = join(folder, entry.name);
    return sum + (entry.isDirectory() ? sizeOfFolder(path) : statSync(path).size);
  }, 0);
}

function writeRecord(folder: string, record: InstalledEngine): void {
  writeFileSync(join(folder, 'engine.json'), JSON.stringify(record, null, 1));
}

/** Time left from how fast it went since the start. */
function pace(total: number, at: number): (done: number) => number | null {
  const started = Date.now();
  return (done) => {
    const seconds = (Date.now() - started) / 1000;
    return done <= at || seconds < 1 ? null : (total - done) / ((done - at) / seconds);
  };
}

/**
 * Fetches, checks, unpacks, builds and tries TensorFlow, then puts it in its place with one rename: at any moment there is the
 * old engine, the new one, or none. Killed or cancelled, it goes on with what was fetched when it is started again.
 * @throws environmentError with the reason; an AbortError when cancelled
 */
export async function installEngine(engines: string, { kind: wanted, origin }: InstallRequest, host: InstallHost): Promise<InstalledEngine> {
  const planned = planInstall(await findMachine(), wanted);
  if ('error' in planned) throw planned.error;
  const { kind, version, downloadBytes, diskBytes } = planned.plan;
  const wheels = wheelsOf(kind);
  const downloads = join(engines, 'downloads');
  mkdirSync(downloads, { recursive: true });
  const room = await statfs(engines);
  const present = wheels.reduce((sum, { file, bytes }) => sum + (existsSync(join(downloads, file)) ? bytes : existsSync(join(downloads, `${file}.part`)) ? Math.min(bytes, statSync(join(downloads, `${file}.part`)).size) : 0), 0);
  const needed = downloadBytes - present + diskBytes;
  if (room.bavail * room.bsize < needed) {
    throw environmentError('engine.disk-full', `TensorFlow needs ${Math.ceil(needed / 2 ** 30)} GiB of free disk for the install, and ${(room.bavail * room.bsize / 2 ** 30).toFixed(1)} GiB are free.`, { hint: 'Free some space, then install.', details: { needed, free: room.bavail * room.bsize } });
  }
  const staging = join(engines, 'staging');
  rmSync(staging, { recursive: true, force: true });
  mkdirSync(staging);
  try {
    const left = pace(downloadBytes, present);
    const paths: string[] = [];
    let before = 0;
    for (const wheel of wheels) {
      const tell = (bytes: number): void => host.progress({ stage: 'fetching', item: wheel.package, done: before + bytes, total: downloadBytes, secondsLeft: left(before + bytes) });
      paths.push(await fetchWheel(origin, wheel, downloads, { signal: host.signal, progress: tell }));
      before += wheel.bytes;
    }
    let unpacked = 0;
    for (const [k, path] of paths.entries()) {
      await unpackWheel(path, staging, host.signal, (bytes) => {
        unpacked += bytes;
        host.progress({ stage: 'unpacking', item: wheels[k]!.package, done: unpacked, total: downloadBytes, secondsLeft: null });
      });
    }
    host.progress({ stage: 'building', item: 'tfjs_binding.node', done: 0, total: 0, secondsLeft: null });
    const binding = await buildBinding(staging, host.signal);
    const record: InstalledEngine = { version, kind, binding, bytes: sizeOfFolder(staging), installedAt: new Date().toISOString(), probe: null };
    writeRecord(staging, record);
    host.progress({ stage: 'probing', item: 'tensorflow', done: 0, total: 0, secondsLeft: null });
    const probe = await host.probe(staging);
    host.signal.throwIfAborted();
    if (!probe.ok) throw environmentError('engine.probe-failed', `TensorFlow was built but does not work here: ${probe.reason ?? 'no reason given'}`, { hint: 'Nothing was installed. Training goes on with the built-in engine.', details: { reason: probe.reason ?? '' } });
    const done = { ...record, probe };
    writeRecord(staging, done);
    const place = engineFolder(engines);
    const old = join(engines, 'old');
    rmSync(old, { recursive: true, force: true });
    if (existsSync(place)) await rename(place, old);
    await rename(staging, place);
    rmSync(old, { recursive: true, force: true });
    rmSync(downloads, { recursive: true, force: true });
    return done;
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

/** Tries the installed engine again and keeps what came of it. */
export async function probeAgain(engines: string, probe: InstallHost['probe']): Promise<InstalledEngine | null> {
  const installed = installedEngine(engines);
  if (installed === null) return null;
  const record = { ...installed, probe: await probe(engineFolder(engines)) };
  writeRecord(engineFolder(engines), record);
  return record;
}

/** Takes the engine away, with whatever was fetched of another. @returns the bytes that are free again */
export function removeEngine(engines: string): number {
  const bytes = existsSync(engines) ? sizeOfFolder(engines) : 0;
  for (const name of ['tensorflow', 'old', 'staging', 'downloads']) rmSync(join(engines, name), { recursive: true, force: true });
  return bytes;
}
