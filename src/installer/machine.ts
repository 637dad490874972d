import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Machine } from '../shared/engine-install.ts';

/** What `nvidia-smi --query-gpu=name,driver_version,memory.total --format=csv,noheader,nounits` says, or null. */
export function parseNvidiaSmi(output: string): Machine['gpu'] {
  const [first] = output.split('\n');
  const parts = first?.split(',').map((part) => part.trim()) ?? [];
  const [name, driver, memory] = parts;
  if (parts.length !== 3 || !name || !driver || !/^\d/.test(driver)) return null;
  const mebibytes = Number(memory);
  return { name, driver, memoryBytes: Number.isFinite(mebibytes) ? mebibytes * 2 ** 20 : null };
}

/** Finds an NVIDIA GPU and its driver; a machine without nvidia-smi has none that TensorFlow could use. */
export async function findMachine(): Promise<Machine> {
  const gpu = await promisify(execFile)('nvidia-smi', ['--query-gpu=name,driver_version,memory.total', '--format=csv,noheader,nounits'], { timeout: 10_000 })
    .then(({ stdout }) => parseNvidiaSmi(stdout), () => null);
  return { platform: process.platform, arch: process.arch, gpu };
}
