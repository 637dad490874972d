import { availableParallelism, cpus, totalmem } from 'node:os';
import { findGpu } from '../installer/machine.ts';
import type { NvidiaGpu } from '../shared/nvidia-smi.ts';
import type { Memory } from '../shared/preflight.ts';

/** What programs can still take of this machine's memory. */
export function machineMemory(): Memory {
  return { freeBytes: process.availableMemory(), totalBytes: totalmem() };
}

/** What trains here, apart from the engines. */
export interface MachineFacts { platform: string; arch: string; processor: string; threads: number; memory: Memory; gpu: NvidiaGpu | null }

export async function machineFacts(): Promise<MachineFacts> {
  return { platform: process.platform, arch: process.arch, processor: cpus()[0]?.model.trim() ?? process.arch, threads: availableParallelism(), memory: machineMemory(), gpu: await findGpu() };
}
