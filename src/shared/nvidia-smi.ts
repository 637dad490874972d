/** Arguments of `nvidia-smi` that `parseNvidiaSmi` reads the answer of. */
export const nvidiaSmiQuery = ['--query-gpu=name,driver_version,memory.used,memory.total', '--format=csv,noheader,nounits'];

/** An NVIDIA GPU as its driver tells of it; bytes are null where it does not tell (memory shared with the processor, say). */
export interface NvidiaGpu { name: string; driver: string; usedBytes: number | null; memoryBytes: number | null }

/** The first GPU of an answer, or null where it is none. */
export function parseNvidiaSmi(output: string): NvidiaGpu | null {
  const [first] = output.split('\n');
  const parts = first?.split(',').map((part) => part.trim()) ?? [];
  const [name, driver, used, total] = parts;
  if (parts.length !== 4 || !name || !driver || !/^\d/.test(driver)) return null;
  const bytes = (mebibytes: string | undefined) => (mebibytes !== undefined && /^\d+$/.test(mebibytes) ? Number(mebibytes) * 2 ** 20 : null);
  return { name, driver, usedBytes: bytes(used), memoryBytes: bytes(total) };
}
