import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Machine } from '../shared/engine-install.ts';
import { nvidiaSmiQuery, parseNvidiaSmi, type NvidiaGpu } from '../shared/nvidia-smi.ts';

/** The first NVIDIA GPU with its driver; null: there is none that TensorFlow could use. */
export function findGpu(): Promise<NvidiaGpu | null> {
  return promisify(execFile)('nvidia-smi', nvidiaSmiQuery, { timeout: 10_000 }).then(({ stdout }) => parseNvidiaSmi(stdout), () => null);
}

/** What the installer has to know of this machine. */
export async function findMachine(): Promise<Machine> {
  const gpu = await findGpu();
  return { platform: process.platform, arch: process.arch, gpu: gpu === null ? null : { name: gpu.name, driver: gpu.driver, memoryBytes: gpu.memoryBytes } };
}
