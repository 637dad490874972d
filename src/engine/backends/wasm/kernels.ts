import { tooLarge } from '../../errors.ts';
import { plainBinary } from './build/plain.generated.ts';
import { relaxedBinary } from './build/relaxed.generated.ts';
import { fromBase64, host, MEMORY_LIMIT, PAGE, type LinearMemory } from './webassembly.ts';

/** What assembly/index.ts exports. */
export interface Kernels {
  heapBase(): number;
  packParameters(net: number): void;
  forwardBatch(net: number): void;
  forwardGiven(net: number): void;
  outputRows(net: number, first: number, rows: number): void;
  addLoss(net: number): void;
  gradientOfBatch(net: number, terms: number, step: number): number;
  trainStep(net: number, terms: number, step: number, learningRate: number, clipNorm: number): number;
  traceBack(net: number): void;
  benchProduct(M: number, N: number, K: number, A: number, B: number, packed: number, C: number, times: number): void;
  benchPeak(times: number, x: number): number;
}

/** Which binary a runtime takes: relaxed SIMD has fused multiply-add and other last bits than plain SIMD. */
export type Simd = 'relaxed' | 'plain';

const binaries: Record<Simd, string> = { relaxed: relaxedBinary, plain: plainBinary };
const modules = new Map<Simd, object>();

/** The best binary that this runtime takes; null where it has no WebAssembly with SIMD. */
export function bestSimd(): Simd | null {
  if (host === undefined) return null;
  for (const simd of ['relaxed', 'plain'] as const) {
    if (modules.has(simd) || host.validate(fromBase64(binaries[simd]))) return simd;
  }
  return null;
}

/** Kernels over a memory of their own. Views are new objects after each growth: take them from here every time. */
export class KernelMemory {
  readonly kernels: Kernels;
  readonly #memory: LinearMemory;
  floats = new Float32Array(0);
  integers = new Int32Array(0);
  doubles = new Float64Array(0);

  /** @throws Error where the runtime has no WebAssembly; ask bestSimd first */
  constructor(simd: Simd) {
    if (host === undefined) throw new Error('This runtime has no WebAssembly.');
    let module = modules.get(simd);
    if (module === undefined) {
      module = new host.Module(fromBase64(binaries[simd]));
      modules.set(simd, module);
    }
    this.#memory = new host.Memory({ initial: 1 });
    this.kernels = new host.Instance(module, { env: { memory: this.#memory } }).exports as Kernels;
    this.#view();
  }

  /** Bytes held. */
  get size(): number {
    return this.#memory.buffer.byteLength;
  }

  /** @throws EngineError 'memory.tooLarge' with the bytes that it would need in all */
  ensure(bytes: number, what: string): void {
    if (bytes <= this.size) return;
    if (bytes > MEMORY_LIMIT) throw tooLarge(what, bytes, MEMORY_LIMIT);
    try {
      this.#memory.grow(Math.ceil((bytes - this.size) / PAGE));
    } catch {
      throw tooLarge(what, bytes, this.size);
    }
    this.#view();
  }

  #view(): void {
    const { buffer } = this.#memory;
    this.floats = new Float32Array(buffer);
    this.integers = new Int32Array(buffer);
    this.doubles = new Float64Array(buffer);
  }
}
