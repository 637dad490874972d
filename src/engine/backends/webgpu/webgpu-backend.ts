import {
  epochStart, type Backend, type BackendFactory, type BackendOptions, type BatchGradients, type EpochPosition, type EpochResult, type ModelSpec,
  type OptimizerState, type Probe, type SequenceCall, type SequenceData, type SequenceStates, type Trace, type TrainEpochOptions,
} from '../../backend.ts';
import { checkCall, checkData, checkModel, checkOptions, checkOutput, checkStarts, outputArray, rowsOf } from '../../check.ts';
import { dropoutKey } from '../../dropout.ts';
import { bytesInWords, EngineError } from '../../errors.ts';
import { termsPerRow } from '../../loss.ts';
import { optimizerSlots, stepFromFloats, stepToFloats } from '../../optimizer.ts';
import { checkParameters, parameterShapes, sizeOf, type Parameters } from '../../parameters.ts';
import { wasmWith } from '../wasm/wasm-backend.ts';
import { Devices, UNIFORM_STRIDE, type Device } from './device.ts';
import type { Gpu, GpuAdapter, GpuBindGroup, GpuBuffer } from './gpu.ts';
import { placesOf, roomFloats, type Places } from './places.ts';
import { compile, tilesOf, type Dispatch, type Program } from './program.ts';
import { writeStep, type StepValues } from './step-uniform.ts';
import type { Subject } from './wgsl/common.ts';

/** Steps recorded in one submit at most, and the milliseconds that one is meant to take. */
const SUBMIT_STEPS = 256;
const SUBMIT_MILLISECONDS = 20;
/** Submits that wait for the device at once. */
const IN_FLIGHT = 3;
/** Milliseconds between two looks at what the steps left in the journal: the device is never waited for in between. */
const STRETCH = 100;
/** Floats that windows may take when nothing is learnt: 64 MiB. */
const EVALUATED_FLOATS = 2 ** 24;

/** Bindings 1 to 8 of every shader. */
interface Buffers { parameters: GpuBuffer; series: GpuBuffer; wanted: GpuBuffer; order: GpuBuffer; room: GpuBuffer; gradient: GpuBuffer; slots: GpuBuffer; journal: GpuBuffer }

/** What was loaded, with what it takes to compute on it. */
interface Loaded { data: SequenceData; subject: Subject; program: Program; windows: number; starts: number; steps: number; group: GpuBindGroup }

/** Training on a GPU of any vendor by WGSL of our own; parameters, series, optimizer and losses stay there. */
class WebGpuBackend implements Backend {
  readonly name = 'webgpu';
  readonly #device: Device;
  readonly #model: ModelSpec;
  readonly #options: BackendOptions;
  readonly #places: Places;
  readonly #uniforms: GpuBuffer;
  readonly #slotCount: number;
  #buffers: Buffers;
  #loaded: Loaded | null = null;
  #step = 0;
  #stepsPerSubmit = 4;
  #disposed = false;

  private constructor(device: Device, model: ModelSpec, options: BackendOptions, places: Places, buffers: Buffers) {
    this.#device = device;
    this.#model = model;
    this.#options = options;
    this.#places = places;
    this.#buffers = buffers;
    this.#uniforms = device.uniforms(SUBMIT_STEPS);
    this.#slotCount = optimizerSlots(options.optimizer).length;
  }

  static async make(device: Device, model: ModelSpec, parameters: Parameters, options: BackendOptions): Promise<WebGpuBackend> {
    const places = placesOf(model);
    // The sums of squares do not depend on the loss or on what goes in.
    const tiles = tilesOf({ model, loss: options.loss, places, tokens: model.vocabulary !== undefined, classes: false });
    const slots = optimizerSlots(options.optimizer).length;
    const [own, gradient, remembered, order, series, wanted, room, journal] = await device.buffers('The model', [places.all * 4, (places.parameters + tiles) * 4, Math.max(1, slots) * places.parameters * 4, places.parameters * 4, 4, 4, 4, 16]);
    const backend = new WebGpuBackend(device, model, options, places, { parameters: own!, gradient: gradient!, slots: remembered!, order: order!, series: series!, wanted: wanted!, room: room!, journal: journal! });
    device.gpu.queue.writeBuffer(order!, 0, places.turned);
    await backend.setParameters(parameters);
    return backend;
  }

  async load(data: SequenceData): Promise<void> {
    checkData(this.#model, this.#options, data);
    const { input, targets } = data;
    const ids = (values: Int32Array) => new Uint32Array(values.buffer, values.byteOffset, values.length);
    const inputs = input.kind === 'tokens' ? ids(input.ids) : input.values;
    const wanted = targets.kind === 'classes' ? ids(targets.ids) : targets.values;
    const subject: Subject = { model: this.#model, loss: this.#options.loss, places: this.#places, tokens: input.kind === 'tokens', classes: targets.kind === 'classes' };
    await this.#checked(async () => {
      await this.#replace(`A series of ${rowsOf(data)} rows`, { series: inputs.byteLength, wanted: wanted.byteLength });
      const { queue } = this.#device.gpu;
      queue.writeBuffer(this.#buffers.series, 0, inputs);
      queue.writeBuffer(this.#buffers.wanted, 0, wanted);
      this.#writeStates(data);
      const program = await compile(this.#device, subject, this.#options.optimizer, targets.kind === 'classes' ? 1 : targets.width);
      this.#loaded = { data, subject, program, windows: 0, starts: 0, steps: 0, group: this.#bind() };
    });
  }

  async trainEpoch(order: Int32Array, options: TrainEpochOptions): Promise<EpochResult> {
    const { batchSize, signal, onBatch, from = epochStart } = options;
    checkStarts(this.#data().data, order, true);
    if (!Number.isInteger(batchSize) || batchSize < 1) throw new EngineError('data.invalid', `The batch size must be a whole number from 1 on (got ${batchSize}).`, { batchSize });
    const batches = Math.ceil(order.length / batchSize);
    return this.#checked(async () => {
      await this.#makeRoom(Math.min(batchSize, order.length), order.length, batches);
      this.#writeOrder(order);
      this.#device.gpu.queue.writeBuffer(this.#buffers.journal, 0, new Float32Array(2));
      let position = from;
      while (position.steps < batches && !signal.aborted) {
        const until = await this.#stretch(position.steps, from.steps, order, options);
        const folded = await this.#fold(position, until, from.steps, order, options);
        this.#step += folded.position.steps - position.steps;
        position = folded.position;
        if (folded.broken !== null) {
          const { loss, norm, count } = folded.broken;
          const { steps, lossSum, normSum } = position;
          return { loss: (lossSum + loss * count) / (steps * batchSize + count), gradNorm: (normSum + norm) / (steps + 1), steps, position, nonFiniteStep: steps };
        }
        await onBatch?.(position.steps, batches, position);
      }
      const { steps, lossSum, normSum } = position;
      const seen = Math.min(steps * batchSize, order.length);
      return { loss: seen === 0 ? 0 : lossSum / seen, gradNorm: steps === 0 ? 0 : normSum / steps, steps, position, nonFiniteStep: null };
    });
  }

  /** Steps from number `first` of the epoch on, for about STRETCH milliseconds, until the device has done them. @returns the step after them */
  async #stretch(first: number, logged: number, order: Int32Array, { batchSize, learningRate, clipNorm, signal }: TrainEpochOptions): Promise<number> {
    const batches = Math.ceil(order.length / batchSize);
    const began = Date.now();
    const inFlight: Promise<void>[] = [];
    let next = first;
    do {
      const count = Math.min(this.#stepsPerSubmit, batches - next);
      const from = next;
      const steps = Array.from({ length: count }, (_, k): StepValues => {
        const start = (from + k) * batchSize;
        const number = this.#step + from + k - first + 1;
        return {
          ...this.#values(Math.min(batchSize, order.length - start), start), log: from + k - logged, keys: this.#keys(number),
          rate: learningRate, corrections: this.#corrections(number), clip: clipNorm ?? 0,
        };
      });
      const { training, gradients, update } = this.#data().program;
      this.#submit(steps, [...training, ...gradients, update]);
      next += count;
      inFlight.push(this.#device.wait(this.#device.gpu.queue.onSubmittedWorkDone()));
      if (inFlight.length >= IN_FLIGHT) await inFlight.shift();
    } while (next < batches && !signal.aborted && Date.now() - began < STRETCH);
    await Promise.all(inFlight);
    const each = Math.max(0.01, Date.now() - began) / (next - first);
    this.#stepsPerSubmit = Math.max(1, Math.min(SUBMIT_STEPS, Math.round(SUBMIT_MILLISECONDS / each)));
    return next;
  }

  /** Adds up what the steps up to `until` left in the journal; stops before one that was not finite. */
  async #fold(from: EpochPosition, until: number, logged: number, order: Int32Array, { batchSize, clipNorm }: TrainEpochOptions): Promise<{ position: EpochPosition; broken: { loss: number; norm: number; count: number } | null }> {
    const entries = await this.#device.read(this.#buffers.journal, 2 + 2 * (from.steps - logged), 2 * (until - from.steps));
    let position = from;
    for (let k = 0; k < entries.length; k += 2) {
      const [loss, norm] = [entries[k]!, entries[k + 1]!];
      const count = Math.min(batchSize, order.length - position.steps * batchSize);
      if (!Number.isFinite(loss) || !Number.isFinite(norm)) return { position, broken: { loss, norm, count } };
      position = { steps: position.steps + 1, lossSum: position.lossSum + loss * count, normSum: position.normSum + norm, clipped: position.clipped + (clipNorm !== null && norm > clipNorm ? 1 : 0) };
    }
    return { position, broken: null };
  }

  async evaluate(starts: Int32Array): Promise<number> {
    checkStarts(this.#data().data, starts, true);
    let sum = 0;
    let rows = 0;
    await this.#inBatches(starts, async (count, { windows }) => {
      const of = this.#headRows(count);
      const losses = await this.#device.read(this.#buffers.room, this.#places.width * windows * this.#time + 2 * this.#places.O * this.#headRows(windows), of);
      for (const loss of losses) sum += loss;
      rows += of;
    });
    return sum / (rows * termsPerRow(this.#options.loss, this.#model.outputSize));
  }

  async predict(starts: Int32Array): Promise<Float32Array> {
    checkStarts(this.#data().data, starts, false);
    const O = this.#model.outputSize;
    const steps = this.#headRows(1);
    const all = outputArray(starts.length * steps * O); // [N, O] or [N, T, O]
    await this.#inBatches(starts, async (count, { windows }, from) => {
      const outputs = await this.#device.read(this.#buffers.room, this.#places.width * windows * this.#time, steps * count * O); // [T, B, O]
      for (let t = 0; t < steps; t++) for (let b = 0; b < count; b++) all.set(outputs.subarray((t * count + b) * O, (t * count + b + 1) * O), ((from + b) * steps + t) * O);
    });
    return all;
  }

  async gradients(starts: Int32Array): Promise<BatchGradients> {
    checkStarts(this.#data().data, starts, true);
    return this.#checked(async () => {
      await this.#makeRoom(starts.length, starts.length, 1);
      this.#writeOrder(starts);
      const { training, gradients } = this.#data().program;
      this.#submit([this.#values(starts.length, 0)], [...training, ...gradients]);
      const rows = this.#headRows(starts.length);
      const windows = this.#data().windows;
      const losses = await this.#device.read(this.#buffers.room, this.#places.width * windows * this.#time + 2 * this.#places.O * this.#headRows(windows), rows);
      const flat = await this.#device.read(this.#buffers.gradient, 0, this.#places.parameters);
      return { loss: losses.reduce((sum, loss) => sum + loss, 0) / (rows * termsPerRow(this.#options.loss, this.#model.outputSize)), gradients: this.#named(flat) };
    });
  }

  // What is only looked at is computed by the kernels on the CPU, with this backend's parameters.
  async trace(start: number): Promise<Trace> {
    return this.#onCpu((cpu) => cpu.trace(start));
  }

  async sensitivity(starts: Int32Array, output: number): Promise<Float32Array> {
    checkOutput(this.#model, output);
    return this.#onCpu((cpu) => cpu.sensitivity(starts, output));
  }

  async gradientFlow(starts: Int32Array): Promise<Float32Array> {
    return this.#onCpu((cpu) => cpu.gradientFlow(starts));
  }

  async run(call: SequenceCall): Promise<SequenceStates> {
    checkCall(this.#model, call);
    return this.#onCpu((cpu) => cpu.run(call), false);
  }

  async parameters(): Promise<Parameters> {
    return this.#named(await this.#device.read(this.#buffers.parameters, 0, this.#places.parameters));
  }

  async setParameters(parameters: Parameters): Promise<void> {
    checkParameters(this.#model, parameters);
    const { parameters: P, turned, layers } = this.#places;
    const values = new Float32Array(layers[0]!.h0);
    let at = 0;
    for (const { name } of parameterShapes(this.#model)) {
      values.set(parameters[name]!.values, at);
      at += parameters[name]!.values.length;
    }
    for (let i = 0; i < P; i++) if (turned[i]! < values.length) values[turned[i]!] = values[i]!;
    this.#alive();
    this.#device.gpu.queue.writeBuffer(this.#buffers.parameters, 0, values);
  }

  async optimizerState(): Promise<OptimizerState> {
    const state: OptimizerState = { step: stepToFloats(this.#step) };
    const P = this.#places.parameters;
    for (const [k, slot] of optimizerSlots(this.#options.optimizer).entries()) {
      const named = this.#named(await this.#device.read(this.#buffers.slots, k * P, P));
      for (const [name, { values }] of Object.entries(named)) state[`${slot}.${name}`] = values;
    }
    return state;
  }

  async setOptimizerState(state: OptimizerState): Promise<void> {
    const P = this.#places.parameters;
    const all = new Float32Array(Math.max(1, this.#slotCount) * P);
    optimizerSlots(this.#options.optimizer).forEach((slot, k) => {
      let at = k * P;
      for (const { name, shape } of parameterShapes(this.#model)) {
        const part = state[`${slot}.${name}`];
        if (part?.length !== sizeOf(shape)) throw new EngineError('state.shape', `The optimizer state ${slot}.${name} must hold ${sizeOf(shape)} values.`, { name: `${slot}.${name}`, expected: sizeOf(shape) });
        all.set(part, at);
        at += part.length;
      }
    });
    this.#step = stepFromFloats(state['step'] ?? Float32Array.of(0));
    this.#alive();
    this.#device.gpu.queue.writeBuffer(this.#buffers.slots, 0, all);
  }

  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    for (const buffer of [...Object.values(this.#buffers) as GpuBuffer[], this.#uniforms]) buffer.destroy();
  }

  get #time(): number { return this.#data().data.sequenceLength; }

  #data(): Loaded {
    if (this.#loaded === null) throw new EngineError('backend.notLoaded', 'No series is loaded.');
    return this.#loaded;
  }

  #alive(): void {
    if (this.#disposed) throw new EngineError('backend.disposed', 'This backend was given back.');
    if (this.#device.broken !== null) throw this.#device.broken;
  }

  #checked<T>(work: () => Promise<T>): Promise<T> {
    this.#alive();
    return this.#device.checked(work);
  }

  /** Rows of the head of so many windows. */
  #headRows(windows: number): number { return windows * (this.#model.headSteps === 'every' ? this.#time : 1); }

  /** A step on windows of the order that changes nothing. */
  #values(batch: number, first: number): StepValues {
    return {
      batch, first, time: this.#time, windows: this.#data().windows, everyStep: this.#model.headSteps === 'every', log: 0, keys: null,
      terms: this.#headRows(batch) * termsPerRow(this.#options.loss, this.#model.outputSize), rate: 0, corrections: [1, 1], clip: 0,
    };
  }

  #keys(step: number): number[] | null {
    const { dropout, layers } = this.#model;
    return dropout === 0 ? null : Array.from({ length: layers - 1 }, (_, layer) => dropoutKey(this.#options.seed, step, layer));
  }

  #corrections(step: number): [number, number] {
    const { optimizer } = this.#options;
    return 'beta1' in optimizer ? [1 - optimizer.beta1 ** step, 1 - optimizer.beta2 ** step] : [1, 1];
  }

  /** Records these steps, each through all dispatches, and hands them to the device. */
  #submit(steps: readonly StepValues[], dispatches: readonly Dispatch[]): void {
    const { gpu } = this.#device;
    const uniforms = new DataView(new ArrayBuffer(steps.length * UNIFORM_STRIDE));
    steps.forEach((values, k) => writeStep(uniforms, k * UNIFORM_STRIDE, values));
    gpu.queue.writeBuffer(this.#uniforms, 0, new Uint8Array(uniforms.buffer));
    const encoder = gpu.createCommandEncoder();
    const pass = encoder.beginComputePass();
    const { group } = this.#data();
    steps.forEach(({ batch }, k) => {
      for (const { pipeline, groups } of dispatches) {
        pass.setPipeline(pipeline);
        pass.setBindGroup(0, group, [k * UNIFORM_STRIDE]);
        pass.dispatchWorkgroups(...groups(batch));
      }
    });
    pass.end();
    gpu.queue.submit([encoder.finish()]);
  }

  /** Windows in batches that fit, forward only. */
  async #inBatches(starts: Int32Array, each: (count: number, loaded: Loaded, from: number) => Promise<void>): Promise<void> {
    const perWindow = roomFloats(this.#places, 1, this.#time, this.#model.headSteps === 'every');
    const size = Math.max(1, Math.min(starts.length, 4096, Math.floor(EVALUATED_FLOATS / perWindow)));
    await this.#checked(async () => {
      await this.#makeRoom(size, starts.length, 1);
      this.#writeOrder(starts);
      for (let from = 0; from < starts.length; from += size) {
        const count = Math.min(size, starts.length - from);
        this.#submit([this.#values(count, from)], this.#data().program.forward);
        await each(count, this.#data(), from);
      }
    });
  }

  /** Room for batches of so many windows, an order of so many and a journal of so many steps. @throws EngineError 'memory.tooLarge' */
  async #makeRoom(windows: number, starts: number, steps: number): Promise<void> {
    const loaded = this.#data();
    const wanted: Partial<Record<keyof Buffers, number>> = {};
    if (windows > loaded.windows) wanted.room = roomFloats(this.#places, windows, this.#time, this.#model.headSteps === 'every') * 4;
    if (starts > loaded.starts) wanted.order = (this.#places.parameters + starts) * 4;
    if (steps > loaded.steps) wanted.journal = (2 + 2 * steps) * 4;
    if (Object.keys(wanted).length === 0) return;
    await this.#replace(`A batch of ${windows} windows of ${this.#time} steps`, wanted);
    if (wanted.order !== undefined) this.#device.gpu.queue.writeBuffer(this.#buffers.order, 0, this.#places.turned);
    Object.assign(loaded, { windows: Math.max(windows, loaded.windows), starts: Math.max(starts, loaded.starts), steps: Math.max(steps, loaded.steps), group: this.#bind() });
  }

  /** New buffers of so many bytes in the place of old ones. */
  async #replace(what: string, bytes: Partial<Record<keyof Buffers, number>>): Promise<void> {
    const names = Object.keys(bytes) as (keyof Buffers)[];
    const made = await this.#device.buffers(what, names.map((name) => bytes[name]!));
    names.forEach((name, i) => {
      this.#buffers[name].destroy();
      this.#buffers[name] = made[i]!;
    });
  }

  #bind(): GpuBindGroup {
    const { parameters, series, wanted, order, room, gradient, slots, journal } = this.#buffers;
    return this.#device.bind(this.#uniforms, [parameters, series, wanted, order, room, gradient, slots, journal]);
  }

  #writeOrder(starts: Int32Array): void {
    this.#device.gpu.queue.writeBuffer(this.#buffers.order, this.#places.parameters * 4, starts);
  }

  /** First states of every window, [layers * directions][h [H], c [H]]; zero where none are given. */
  #writeStates({ initialState }: SequenceData): void {
    const { layers, H, all } = this.#places;
    const from = layers[0]!.h0;
    const states = new Float32Array(all - from);
    layers.forEach(({ h0, c0 }, index) => {
      if (initialState !== undefined) states.set(initialState.h.subarray(index * H, (index + 1) * H), h0 - from);
      if (initialState?.c !== undefined) states.set(initialState.c.subarray(index * H, (index + 1) * H), c0 - from);
    });
    this.#device.gpu.queue.writeBuffer(this.#buffers.parameters, from * 4, states);
  }

  #named(flat: Float32Array): Parameters {
    let at = 0;
    return Object.fromEntries(parameterShapes(this.#model).map(({ name, shape }) => {
      const from = at;
      at += sizeOf(shape);
      return [name, { shape, values: flat.slice(from, at) }];
    }));
  }

  async #onCpu<T>(work: (cpu: Backend) => Promise<T>, withData = true): Promise<T> {
    const data = withData ? this.#data().data : null;
    const cpu = await wasmWith({ threads: 1 }).create(this.#model, await this.parameters(), this.#options);
    try {
      if (data !== null) await cpu.load(data);
      return await work(cpu);
    } finally {
      cpu.dispose();
    }
  }
}

/** Renderers of graphics on the CPU that pass for a GPU. */
const SOFTWARE = /swiftshader|llvmpipe|lavapipe|basic render|software/i;

function described({ info, limits }: GpuAdapter): Probe {
  const name = info.description || info.device || [info.vendor, info.architecture].filter(Boolean).join(' ') || 'GPU';
  const software = info.isFallbackAdapter === true || SOFTWARE.test(`${name} ${info.architecture} ${info.device}`);
  return {
    available: true, device: `${software ? 'CPU in place of a GPU' : 'GPU'}, ${name}, WebGPU`,
    facts: { precision: 'float32', vendor: info.vendor, architecture: info.architecture, software, largestBuffer: bytesInWords(Math.min(limits.maxBufferSize, limits.maxStorageBufferBindingSize)) },
  };
}

/**
 * The backend over WebGPU.
 * @param gpu navigator.gpu or what stands for it; null: this process has none
 */
export function webgpuWith(gpu: () => Promise<Gpu | null>): BackendFactory {
  const devices = new Devices(gpu);
  return {
    name: 'webgpu',
    async probe(): Promise<Probe> {
      try {
        const adapter = await devices.adapter();
        return adapter === null ? { available: false, reason: 'There is no GPU that WebGPU can use.' } : described(adapter);
      } catch (error) {
        return { available: false, reason: `WebGPU could not be started: ${(error as Error).message}` };
      }
    },
    async create(model, parameters, options) {
      checkModel(model);
      checkOptions(options);
      checkParameters(model, parameters);
      const device = await devices.open();
      return device.checked(() => WebGpuBackend.make(device, model, parameters, options));
    },
  };
}
