import { execFile } from 'node:child_process';
import { totalmem } from 'node:os';
import { promisify } from 'node:util';
import { app } from 'electron';
import { nvidiaSmiQuery, parseNvidiaSmi } from '../shared/nvidia-smi.ts';
import type { Memory } from '../shared/preflight.ts';
import type { DeviceMemory } from '../shared/run.ts';

/** Milliseconds between two looks. */
const EVERY = 2_000;

/** What programs can still take of this machine's memory. */
export function machineMemory(): Memory {
  return { freeBytes: process.availableMemory(), totalBytes: totalmem() };
}

/** Memory of the first NVIDIA GPU; null without one, or where the driver does not tell. */
async function nvidiaMemory(): Promise<DeviceMemory | null> {
  const gpu = await promisify(execFile)('nvidia-smi', nvidiaSmiQuery, { timeout: EVERY }).then(({ stdout }) => parseNvidiaSmi(stdout), () => null);
  return gpu === null || gpu.usedBytes === null || gpu.memoryBytes === null ? null : { kind: 'gpu', usedBytes: gpu.usedBytes, totalBytes: gpu.memoryBytes };
}

/** Looks from time to time how much memory a process has, and the GPU where the run is on one, until `stop`. */
export class MemoryWatch {
  readonly #timer: NodeJS.Timeout;
  /** Whether the run is on a GPU whose driver can be asked; set when the engine is known. */
  #gpu = false;

  /** @param pid of the process that trains; undefined until it has started */
  constructor(pid: () => number | undefined, tell: (memory: DeviceMemory) => void) {
    this.#timer = setInterval(() => {
      const mine = app.getAppMetrics().find((process) => process.pid === pid());
      if (mine === undefined) return;
      const system: DeviceMemory = { kind: 'system', usedBytes: mine.memory.workingSetSize * 1024, totalBytes: totalmem() };
      if (!this.#gpu) tell(system);
      else {
        void nvidiaMemory().then((memory) => {
          // Where it does not tell once, it never will.
          this.#gpu = memory !== null;
          tell(memory ?? system);
        });
      }
    }, EVERY);
  }

  /** @param backend of the run, now that it has begun */
  onDevice(backend: string): void { this.#gpu = backend === 'tensorflow' || backend === 'webgpu'; }

  stop(): void { clearInterval(this.#timer); }
}
