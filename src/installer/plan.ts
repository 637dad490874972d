import type { EngineKind, InstallPlan, Machine } from '../shared/engine-install.ts';
import { environmentError, type AppError } from '../shared/errors.ts';
import catalog from './catalog.json' with { type: 'json' };

/** One wheel of the Python package index, pinned by its hash. Wheels are zip files: no Python is needed. */
export interface Wheel { package: string; version: string; file: string; sha256: string; bytes: number }

/** CUDA 12 asks for this driver at least (NVIDIA's table of minor version compatibility). */
const LEAST_DRIVER = 525;
/** Unpacked libraries are about so many times as large as their wheels. */
const UNPACKED = { cpu: 3.2, cuda: 2.2 };
const instead = 'Training goes on with the engine that is built in (WebAssembly).';

export function wheelsOf(kind: EngineKind): Wheel[] {
  return catalog[kind];
}

/** What an install would fetch on this machine, or the reason why there is none. */
export function planInstall(machine: Machine, wanted: EngineKind | 'auto'): { plan: InstallPlan } | { error: AppError } {
  const { platform, arch, gpu } = machine;
  if (platform !== 'linux' || arch !== 'x64') {
    const where = platform === 'darwin' ? 'macOS' : platform === 'win32' ? 'Windows' : `${platform} on ${arch}`;
    return { error: environmentError('engine.platform', `TensorFlow can be installed on Linux with an x64 processor; this is ${where}.`, {
      hint: instead, details: { where },
    }) };
  }
  const driver = gpu === null ? 0 : Number.parseInt(gpu.driver, 10);
  const noCuda = gpu === null ? 'No NVIDIA GPU was found' : driver < LEAST_DRIVER ? `The driver ${gpu.driver} of ${gpu.name} is older than the ${LEAST_DRIVER} that CUDA 12 needs` : null;
  if (wanted === 'cuda' && noCuda !== null) {
    return { error: environmentError('engine.no-gpu', `${noCuda}.`, { hint: gpu === null ? 'Install the build for the processor instead: --device cpu.' : 'Update the driver, or install the build for the processor.', details: { driver: gpu?.driver ?? null, gpu: gpu?.name ?? null, least: LEAST_DRIVER } }) };
  }
  const kind: EngineKind = wanted === 'auto' ? (noCuda === null ? 'cuda' : 'cpu') : wanted;
  const wheels = wheelsOf(kind);
  const downloadBytes = wheels.reduce((sum, { bytes }) => sum + bytes, 0);
  return { plan: {
    kind, version: wheels[0]!.version, downloadBytes, diskBytes: Math.round(downloadBytes * UNPACKED[kind]),
    packages: wheels.map(({ package: name, version, file, bytes }) => ({ package: name, version, file, bytes })),
    reason: kind === 'cuda' ? `${gpu!.name} with the driver ${gpu!.driver} can run CUDA 12.` : wanted === 'cpu' ? 'The build for the processor was asked for.' : `${noCuda}, so it is the build for the processor.`,
  } };
}
