import { tooLarge } from '../../errors.ts';
import { plainBinary } from './build/plain.generated.ts';
import { plainSharedBinary } from './build/plain-shared.generated.ts';
import { relaxedBinary } from './build/relaxed.generated.ts';
import { relaxedSharedBinary } from './build/relaxed-shared.generated.ts';
import { fromBase64, host, MEMORY_LIMIT, PAGE, type LinearMemory } from './webassembly.ts';

/** What assembly/index.ts exports. */
export interface Kernels {
  heapBase(): number;
  packParameters(net: number): void;
  forwardBatch(net: number): void;
  forwardGiven(net: number): void;
  outputRows(net: number, first: number, rows: number): void;
  addLoss(net: number): void;
  runShards(net: number, first: number, stride: number): void;
  addShards(net: number): number;
  finishStep(net: number, step: number, learningRate: number, clipNorm: number): number;
  trainStep(net: number, step: number, learningRate: number, clipNorm: number): number;
  traceBack(net: number): void;
  outputBack(net: number, output: number): void;
  lossBack(net: number, scale: number): void;
  packWeight(N: number, K: number, S: number, packed: number): void;
  multiplyVector(N: number, K: number, x: number, packed: number, y: number): void;
  benchProduct(M: number, N: number, K: number, A: number, B: number, packed: number, C: number, times: number): void;
}

/** Which binary a runtime takes: relaxed SIMD has fused multiply-add and other last bits than plain SIMD. */
export type Simd = 'relaxed' | 'plain';

const binaries: Record<Simd, { alone: string; shared: string }> = {
  relaxed: { alone: relaxedBinary, shared: relaxedSharedBinary },
  plain: { alone: plainBinary, shared: plainSharedBinary },
};
const modules = new Map<string, object>();

/** The best binary that this runtime takes; null where it has no WebAssembly with SIMD. */
export function bestSimd(): Simd | null {
  if (host === undefined) return null;
  for (const simd of ['relaxed', 'plain'] as const) {
    if (modules.has(binaries[simd].alone) || host.validate(fromBase64(binaries[simd].alone))) return simd;
  }
  return null;
}

/** The compiled binary of this name, compiled once. */
function moduleOf(text: string): object {
  let module = modules.get(text);
  if (module === undefined) {
    module = new host!.Module(fromBase64(text));
    modules.set(text, module);
  }
  return module;
}

/** Kernels of a compiled module over a memory; what a worker needs too. */
export function kernelsOver(module: object, memory: object): Kernels {
  return new host!.Instance(module, { env: { memory } }).exports as Kernels;
}

/** Kernels over a memory of their own. Views are new objects after each growth: take them from here every time. */
export class KernelMemory {
  readonly kernels: Kernels;
  /** What a worker is given to work on the same memory. */
  readonly module: object;
  readonly memory: LinearMemory;
  floats: Float32Array = new Float32Array(0);
  integers: Int32Array = new Int32Array(0);
  doubles: Float64Array = new Float64Array(0);

  /**
   * @param shared whether several threads will work on it
   * @throws Error where the runtime has no WebAssembly; ask bestSimd first
   */
  constructor(simd: Simd, shared = false) {
    if (host === undefined) throw new Error('This runtime has no WebAssembly.');
    this.module = moduleOf(binaries[simd][shared ? 'shared' : 'alone']);
    this.memory = new host.Memory(shared ? { initial: 1, maximum: MEMORY_LIMIT / PAGE, shared } : { initial: 1 });
    this.kernels = kernelsOver(this.module, this.memory);
    this.#view();
  }

  /** Bytes held. */
  get size(): number {
    return this.memory.buffer.byteLength;
  }

  /** @throws EngineError 'memory.tooLarge' with the bytes that it would need in all */
  ensure(bytes: number, what: string): void {
    if (bytes <= this.size) return;
    if (bytes > MEMORY_LIMIT) throw tooLarge(what, bytes, MEMORY_LIMIT);
    try {
      this.memory.grow(Math.ceil((bytes - this.size) / PAGE));
    } catch {
      throw tooLarge(what, bytes, this.size);
    }
    this.#view();
  }

  #view(): void {
    const { buffer } = this.memory;
    this.floats = new Float32Array(buffer);
    this.integers = new Int32Array(buffer);
    this.doubles = new Float64Array(buffer);
  }
}

/**
 * Whether the binary's multiply-add rounds once on this machine: (1 + 2^-12)^2 - (1 + 2^-11) is 2^-24 then, and 0 where the
 * product is rounded first.
 */
export function fusesMultiplyAdd(simd: Simd): boolean {
  const memory = new KernelMemory(simd);
  const base = Math.ceil(memory.kernels.heapBase() / 64) * 64;
  memory.ensure(base + 256, 'The check of the kernels');
  const x = 1 + 2 ** -12;
  memory.floats.set([-1 - 2 ** -11, x], base / 4); // A [1, 2]
  memory.floats.set([1, 1, 1, 1, x, x, x, x], (base + 64) / 4); // B [2, 4]
  memory.kernels.benchProduct(1, 4, 2, base, base + 64, base + 128, base + 192, 1);
  return memory.floats[(base + 192) / 4] !== 0;
}
