import type {
  Backend, BackendFactory, BackendOptions, BatchGradients, EpochResult, ModelSpec, OptimizerState, SequenceCall, SequenceData,
  SequenceStates, Trace, TrainEpochOptions,
} from '../../backend.ts';
import { checkCall, checkData, checkModel, checkOptions, checkOutput, checkStarts, outputArray } from '../../check.ts';
import { runEpoch, type StepResult } from '../../epoch-loop.ts';
import { EngineError } from '../../errors.ts';
import { termsPerRow } from '../../loss.ts';
import { optimizerSlots, stepFromFloats, stepToFloats } from '../../optimizer.ts';
import { checkParameters, directionsOf, gatesOf, type Parameters } from '../../parameters.ts';
import { padded } from './arena.ts';
import { Crew } from './crew.ts';
import { bestSimd, fusesMultiplyAdd, KernelMemory, type Simd } from './kernels.ts';
import { BLOCK, FLOW_WINDOWS, Net } from './net.ts';
import { inputNorms } from './input-norms.ts';
import { parameterPlaces, type ParameterPlace } from './parameter-places.ts';
import { shardsOf } from './shards.ts';
import type { SpawnWorker } from './worker.ts';

/** Numbers of gates that an evaluated batch may have, so that it stays in the cache. */
const EVALUATED_GATES = 2 ** 19;

/** Fused training steps in float32: one call of the kernels is one step, and nothing is allocated on the way. */
export class WasmBackend implements Backend {
  readonly name = 'wasm';
  readonly #model: ModelSpec;
  readonly #options: BackendOptions;
  readonly #memory: KernelMemory;
  readonly #net: Net;
  readonly #places: ParameterPlace[];
  /** Names of the optimizer's arrays, in the order of the net's slots. */
  readonly #slots: string[];
  #step = 0;
  #data: SequenceData | null = null;
  #disposed = false;
  /** The other threads; null where there are none. */
  readonly #crew: Crew | null;

  /** @throws EngineError when the model does not fit, with the bytes that it would need */
  constructor(model: ModelSpec, parameters: Parameters, options: BackendOptions, { simd, threads, spawn }: WasmOptions & { simd: Simd }) {
    checkParameters(model, parameters);
    this.#model = model;
    this.#options = options;
    this.#memory = new KernelMemory(simd, threads > 1);
    this.#net = new Net(this.#memory, model, options, threads);
    this.#crew = spawn === null || threads === 1 ? null : new Crew(this.#memory, this.#net, spawn);
    this.#places = parameterPlaces(model, this.#net.layout);
    this.#slots = optimizerSlots(options.optimizer);
    this.#write(this.#net.get('parameters'), (name) => parameters[name]!.values);
  }

  /** Bytes of memory held. */
  get memoryBytes(): number {
    return this.#memory.size;
  }

  /** Training steps that all threads have done together; the others were done by this one alone. */
  get stepsTogether(): number {
    return this.#crew?.stepsTogether ?? 0;
  }

  async load(data: SequenceData): Promise<void> {
    this.#alive();
    checkData(this.#model, this.#options, data);
    this.#data = null;
    this.#net.loadData(data);
    this.#data = data;
  }

  async trainEpoch(order: Int32Array, options: TrainEpochOptions): Promise<EpochResult> {
    const data = this.#loaded();
    checkStarts(data, order, true);
    return runEpoch(order, options, (starts) => this.#trainStep(starts, options.learningRate, options.clipNorm));
  }

  async evaluate(starts: Int32Array): Promise<number> {
    const data = this.#loaded();
    checkStarts(data, starts, true);
    this.#net.set('lossSum', 0);
    this.#memory.kernels.packParameters(this.#net.pointer);
    this.#inBatches(starts, () => this.#memory.kernels.addLoss(this.#net.pointer));
    return this.#net.get('lossSum') / this.#terms(starts.length);
  }

  async predict(starts: Int32Array): Promise<Float32Array> {
    const data = this.#loaded();
    checkStarts(data, starts, false);
    const O = this.#model.outputSize;
    const steps = this.#model.headSteps === 'every' ? data.sequenceLength : 1;
    const outputs = outputArray(starts.length * steps * O); // [N, O] or [N, T, O]
    this.#memory.kernels.packParameters(this.#net.pointer);
    this.#inBatches(starts, (from, count) => {
      for (let first = 0; first < steps * count; first += BLOCK) {
        const rows = Math.min(steps * count - first, BLOCK);
        this.#memory.kernels.outputRows(this.#net.pointer, first, rows);
        for (let r = 0; r < rows; r++) {
          const [t, b] = [Math.floor((first + r) / count), (first + r) % count]; // rows lie [time, batch]
          outputs.set(this.#floats(this.#net.get('logits') + r * padded(O) * 4, O), ((from + b) * steps + t) * O);
        }
      }
    });
    return outputs;
  }

  async trace(start: number): Promise<Trace> {
    const { sequenceLength: T } = this.#loaded();
    const output = await this.predict(Int32Array.of(start)); // leaves the states of this one window
    const H = this.#model.hiddenSize;
    const Hp = padded(H);
    const D = directionsOf(this.#model);
    const count = this.#model.layers * D;
    const names = gatesOf[this.#model.cell];
    /** Of every layer * direction and step, H numbers from `pointer` on with `stride` between steps. */
    const steps = (pointer: (index: number) => number, stride: number): Float32Array[][] =>
      Array.from({ length: count }, (_, index) => Array.from({ length: T }, (_, t) => this.#floats(pointer(index) + t * stride * 4, H).slice()));
    /** First byte of what step 0 leaves in slots of [T + 1]. */
    const after = (index: number, field: 'states' | 'cells'): number => this.#net.layer(index, field) + (index % D === 0 ? Hp * 4 : 0);
    const hidden = steps((index) => after(index, 'states'), Hp);
    const gates: Trace['gates'] = {};
    if (names.length > 1) {
      names.forEach((name, g) => { gates[name] = steps((index) => this.#net.layer(index, 'gates') + g * Hp * 4, names.length * Hp); });
    }
    if (this.#model.cell === 'lstm') gates['c'] = steps((index) => after(index, 'cells'), Hp);
    this.#memory.kernels.traceBack(this.#net.pointer);
    const dh = steps((index) => this.#net.layer(index, 'dOutput'), Hp);
    return { hidden, gates, output, gradientNorms: dh.map((byTime) => Float32Array.from(byTime, (d) => Math.hypot(...d))) };
  }

  async sensitivity(starts: Int32Array, output: number): Promise<Float32Array> {
    const { sequenceLength: T } = this.#loaded();
    checkStarts(this.#data!, starts, false);
    checkOutput(this.#model, output);
    const norms = outputArray(starts.length * T); // [N, T]
    this.#memory.kernels.packParameters(this.#net.pointer);
    this.#inBatches(starts, (from, count) => {
      this.#memory.kernels.outputBack(this.#net.pointer, output);
      inputNorms(this.#memory.floats, this.#net, this.#model, { batch: count, time: T }, norms.subarray(from * T));
    });
    return norms;
  }

  async gradientFlow(starts: Int32Array): Promise<Float32Array> {
    const { sequenceLength: T } = this.#loaded();
    checkStarts(this.#data!, starts, true);
    const { hiddenSize: H, layers, outputSize } = this.#model;
    const Hp = padded(H);
    const rows = layers * directionsOf(this.#model);
    const sums = new Float64Array(rows * T); // [layers * directions, T]
    this.#memory.kernels.packParameters(this.#net.pointer);
    this.#inBatches(starts, (_, count) => {
      this.#memory.kernels.lossBack(this.#net.pointer, 1 / termsPerRow(this.#options.loss, outputSize));
      for (let row = 0; row < rows; row++) {
        const pointer = this.#net.layer(row, 'dOutput'); // [T, B, Hp]
        for (let t = 0; t < T; t++) {
          for (let b = 0; b < count; b++) sums[row * T + t]! += norm(this.#memory.floats, (pointer / 4) + (t * count + b) * Hp, H);
        }
      }
    }, FLOW_WINDOWS);
    return Float32Array.from(sums, (sum) => sum / starts.length);
  }

  async gradients(starts: Int32Array): Promise<BatchGradients> {
    const data = this.#loaded();
    checkStarts(data, starts, true);
    const { kernels } = this.#memory;
    const terms = this.#setTraining(starts, 0);
    kernels.packParameters(this.#net.pointer);
    kernels.runShards(this.#net.pointer, 0, 1);
    const loss = kernels.addShards(this.#net.pointer) / terms;
    return { loss, gradients: this.#read(this.#net.get('shardGradients')) };
  }

  async run(call: SequenceCall): Promise<SequenceStates> {
    this.#alive();
    const { batch, time, unbatched } = checkCall(this.#model, call);
    const { hiddenSize: H, inputSize: F, layers } = this.#model;
    const Hp = padded(H);
    const D = directionsOf(this.#model);
    this.#net.setSequences(batch, time, call.initialState);
    const x = this.#net.get('x') / 4;
    const width = this.#net.get('features'); // F, padded with zeros where the model has an embedding
    if (width !== F) this.#memory.floats.fill(0, x, x + time * batch * width);
    for (let b = 0; b < batch; b++) {
      for (let t = 0; t < time; t++) this.#memory.floats.set(call.values.subarray((b * time + t) * F, (b * time + t + 1) * F), x + (t * batch + b) * width);
    }
    const tokens = this.#net.get('tokens');
    this.#net.set('tokens', 0);
    this.#memory.kernels.packParameters(this.#net.pointer);
    this.#memory.kernels.forwardGiven(this.#net.pointer);
    this.#net.set('tokens', tokens);
    /** What step t left of sequence b. */
    const after = (index: number, field: 'states' | 'cells', t: number, b: number): Float32Array =>
      this.#floats(this.#net.layer(index, field) + ((index % D === 0 ? t + 1 : t) * batch + b) * Hp * 4, H);
    const output = new Float32Array(batch * time * D * H);
    for (let b = 0; b < batch; b++) {
      for (let t = 0; t < time; t++) {
        for (let d = 0; d < D; d++) output.set(after((layers - 1) * D + d, 'states', t, b), ((b * time + t) * D + d) * H);
      }
    }
    const last = (field: 'states' | 'cells'): Float32Array => {
      const values = new Float32Array(layers * D * batch * H);
      for (let index = 0; index < layers * D; index++) {
        for (let b = 0; b < batch; b++) values.set(after(index, field, index % D === 0 ? time - 1 : 0, b), (index * batch + b) * H);
      }
      return values;
    };
    const shape = unbatched ? [layers * D, H] : [layers * D, batch, H];
    return {
      output: { shape: unbatched ? [time, D * H] : [batch, time, D * H], values: output },
      hN: { shape, values: last('states') },
      cN: this.#model.cell === 'lstm' ? { shape, values: last('cells') } : null,
    };
  }

  async parameters(): Promise<Parameters> {
    this.#alive();
    return this.#read(this.#net.get('parameters'));
  }

  async setParameters(parameters: Parameters): Promise<void> {
    this.#alive();
    checkParameters(this.#model, parameters);
    this.#write(this.#net.get('parameters'), (name) => parameters[name]!.values);
  }

  async optimizerState(): Promise<OptimizerState> {
    this.#alive();
    const state: OptimizerState = { step: stepToFloats(this.#step) };
    this.#slots.forEach((slot, k) => {
      const arrays = this.#read(this.#slotPointer(k));
      for (const [name, { values }] of Object.entries(arrays)) state[`${slot}.${name}`] = values;
    });
    return state;
  }

  async setOptimizerState(state: OptimizerState): Promise<void> {
    this.#alive();
    for (const slot of this.#slots) {
      for (const { name, at } of this.#places) {
        if (state[`${slot}.${name}`]?.length !== at.length) throw new EngineError('state.shape', `The optimizer state ${slot}.${name} must hold ${at.length} values.`, { name: `${slot}.${name}`, expected: at.length });
      }
    }
    this.#step = stepFromFloats(state['step'] ?? Float32Array.of(0));
    this.#slots.forEach((slot, k) => this.#write(this.#slotPointer(k), (name) => state[`${slot}.${name}`]!));
  }

  dispose(): void {
    this.#disposed = true;
    this.#data = null;
    this.#crew?.dismiss();
  }

  #alive(): void {
    if (this.#disposed) throw new EngineError('backend.disposed', 'This backend has been disposed of.');
  }

  #loaded(): SequenceData {
    this.#alive();
    if (this.#data === null) throw new EngineError('backend.notLoaded', 'No series is loaded.');
    return this.#data;
  }

  /** Numbers (rows, for cross-entropy) that the mean loss of so many windows is over. */
  #terms(windows: number): number {
    const steps = this.#model.headSteps === 'every' ? this.#loaded().sequenceLength : 1;
    return windows * steps * termsPerRow(this.#options.loss, this.#model.outputSize);
  }

  #floats(pointer: number, count: number): Float32Array {
    return this.#memory.floats.subarray(pointer / 4, pointer / 4 + count);
  }

  #slotPointer(k: number): number {
    return this.#net.get(k === 0 ? 'slot1' : 'slot2');
  }

  #read(pointer: number): Parameters {
    const { floats } = this.#memory;
    const base = pointer / 4;
    return Object.fromEntries(this.#places.map(({ name, shape, at }) => [name, { shape, values: Float32Array.from(at, (place) => floats[base + place]!) }]));
  }

  #write(pointer: number, valuesOf: (name: string) => Float32Array): void {
    const { floats } = this.#memory;
    const base = pointer / 4;
    for (const { name, at } of this.#places) {
      const values = valuesOf(name);
      for (let i = 0; i < at.length; i++) floats[base + at[i]!] = values[i]!;
    }
  }

  /** @param dropoutStep number of the training step; 0: nothing is dropped. @returns the terms that the mean is over */
  #setTraining(starts: Int32Array, dropoutStep: number): number {
    const terms = this.#terms(starts.length);
    this.#net.setShards(starts.length, this.#data!.sequenceLength, this.#shardsOf(starts.length));
    this.#memory.integers.set(starts, this.#net.get('wholeStarts') / 4);
    this.#net.set('terms', terms);
    this.#net.set('dropoutStep', dropoutStep);
    return terms;
  }

  #shardsOf(windows: number): number {
    return shardsOf(this.#model, this.#net.layout.floats, this.#data!, windows);
  }

  /** Runs the windows forward in batches whose size depends on the model and the series alone, so that sums keep their bits. */
  #inBatches(starts: Int32Array, each: (from: number, count: number) => void, most = 256): void {
    const gates = this.#data!.sequenceLength * this.#net.get('gateWidth');
    const size = Math.max(1, Math.min(most, Math.floor(EVALUATED_GATES / gates)));
    for (let from = 0; from < starts.length; from += size) {
      const part = starts.subarray(from, from + size);
      this.#net.setBatch(part.length, this.#data!.sequenceLength);
      this.#memory.integers.set(part, this.#net.get('wholeStarts') / 4);
      this.#memory.kernels.forwardBatch(this.#net.pointer);
      each(from, part.length);
    }
  }

  #trainStep(starts: Int32Array, learningRate: number, clipNorm: number | null): StepResult {
    const step = this.#step + 1;
    const terms = this.#setTraining(starts, step);
    const { pointer } = this.#net;
    const single = (): number => this.#memory.kernels.trainStep(pointer, step, learningRate, clipNorm ?? 0);
    const sum = this.#crew === null || this.#net.get('shards') === 1 ? single() : this.#crew.step(single, step, learningRate, clipNorm ?? 0);
    const loss = sum / terms;
    const gradNorm = this.#net.get('gradNorm');
    if (Number.isFinite(loss) && Number.isFinite(gradNorm)) this.#step = step;
    return { loss, gradNorm };
  }
}

/** L2 norm of `count` numbers from `from` on. */
function norm(floats: Float32Array, from: number, count: number): number {
  let squares = 0;
  for (let i = from; i < from + count; i++) squares += floats[i]! ** 2;
  return Math.sqrt(squares);
}

export interface WasmOptions {
  /** Which binary; null takes the best that the runtime has. */
  simd: Simd | null;
  /** Threads for steps that are large enough, this one included; more than 1 needs `spawn`. */
  threads: number;
  /** How this host starts a thread that runs serveWorker; the engine knows no host. */
  spawn: SpawnWorker | null;
}

/** The backend with other than its usual binary or threads. */
export function wasmWith({ simd = null, threads = 1, spawn = null }: Partial<WasmOptions>): BackendFactory {
  const count = spawn === null ? 1 : threads;
  return {
    name: 'wasm',
    async probe() {
      const found = bestSimd();
      if (found === null) return { available: false, reason: 'This runtime has no WebAssembly with SIMD.' };
      const used = simd ?? found;
      return { available: true, device: `CPU, WebAssembly, ${used} SIMD`, facts: { precision: 'float32', simd: used, fusedMultiplyAdd: fusesMultiplyAdd(used), threads: count } };
    },
    async create(model, parameters, options) {
      checkModel(model);
      checkOptions(options);
      const found = bestSimd();
      if (found === null) throw new EngineError('backend.unsupported', 'This runtime has no WebAssembly with SIMD.', { backend: 'wasm' });
      return new WasmBackend(model, parameters, options, { simd: simd ?? found, threads: count, spawn });
    },
  };
}

export const wasm: BackendFactory = wasmWith({});
