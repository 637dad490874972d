import type {
  Backend, BackendFactory, BackendOptions, BatchGradients, EpochResult, InitialState, ModelSpec, OptimizerState, Probe, SequenceCall,
  SequenceData, SequenceStates, Trace, TrainEpochOptions,
} from '../../backend.ts';
import { checkCall, checkData, checkModel, checkOptions, checkOutput, checkStarts, outputArray } from '../../check.ts';
import { dropoutFactor, dropoutKey } from '../../dropout.ts';
import { runEpoch, type StepResult } from '../../epoch-loop.ts';
import { EngineError } from '../../errors.ts';
import { clipScale, optimizerSlots, stepFromFloats, stepToFloats } from '../../optimizer.ts';
import { checkParameters, countParameters, directionsOf, parameterShapes, sizeOf, type Parameters } from '../../parameters.ts';
import { reference } from '../reference/reference-backend.ts';
import { Kernels } from './kernels.ts';
import type { LayerStart } from './layer.ts';
import { meanLoss } from './loss.ts';
import { Network, type Masks, type Weights } from './network.ts';
import { updated } from './optimizer.ts';
import type { Tensor, Tensor1D, Tensor2D, Tensor3D, TensorFlowRuntime, Tf } from './runtime.ts';

/** Floats that one batch of windows may take when nothing is learnt: 64 MiB. */
const EVALUATED_FLOATS = 2 ** 24;
const keepAll: Masks = () => null;

/** Training through TensorFlow's own kernels: cuDNN's on an NVIDIA GPU, fused ones on the CPU where there are any. */
class TensorFlowBackend implements Backend {
  readonly name = 'tensorflow';
  readonly #tf: Tf;
  readonly #kernels: Kernels;
  readonly #network: Network;
  readonly #model: ModelSpec;
  readonly #options: BackendOptions;
  /** All parameters end to end, [P], and what the optimizer remembers of each. */
  #flat: Tensor1D;
  #slots: Tensor1D[];
  #step = 0;
  #data: SequenceData | null = null;
  /** On the device: the input [rows, F] (or token ids [rows]) and the targets [rows, width] (or class ids [rows]). */
  #input: Tensor | null = null;
  #targets: Tensor | null = null;

  constructor(runtime: TensorFlowRuntime, model: ModelSpec, parameters: Parameters, options: BackendOptions) {
    this.#tf = runtime.tf;
    this.#kernels = new Kernels(runtime.tf);
    this.#network = new Network(this.#kernels, model, runtime.gpu);
    this.#model = model;
    this.#options = options;
    this.#flat = this.#fromParameters(parameters);
    this.#slots = optimizerSlots(options.optimizer).map(() => this.#tf.keep(this.#tf.zeros([countParameters(model)])));
  }

  async load(data: SequenceData): Promise<void> {
    checkData(this.#model, this.#options, data);
    const { input, targets } = data;
    this.#unload();
    this.#input = input.kind === 'tokens' ? this.#tf.tensor1d(input.ids, 'int32') : this.#tf.tensor2d(input.values, [input.values.length / input.features, input.features]);
    this.#targets = targets.kind === 'classes' ? this.#tf.tensor1d(targets.ids, 'int32') : this.#tf.tensor2d(targets.values, [targets.values.length / targets.width, targets.width]);
    this.#data = data;
  }

  async trainEpoch(order: Int32Array, options: TrainEpochOptions): Promise<EpochResult> {
    checkStarts(this.#loaded(), order, true);
    return runEpoch(order, options, (starts) => this.#trainStep(starts, options.learningRate, options.clipNorm));
  }

  async evaluate(starts: Int32Array): Promise<number> {
    checkStarts(this.#loaded(), starts, true);
    let sum = 0;
    this.#inBatches(starts, (part) => {
      const weights = this.#weights(this.#flat);
      const loss = this.#loss(this.#network.head(weights, this.#network.top(weights, this.#windows(part, weights), this.#starts(part.length), keepAll)), part);
      sum += loss.dataSync()[0]! * part.length;
    });
    return sum / starts.length;
  }

  async predict(starts: Int32Array): Promise<Float32Array> {
    const data = this.#loaded();
    checkStarts(data, starts, false);
    const size = this.#model.outputSize * (this.#model.headSteps === 'last' ? 1 : data.sequenceLength);
    const all = outputArray(starts.length * size); // [N, O] or [N, T, O]
    this.#inBatches(starts, (part, from) => {
      const weights = this.#weights(this.#flat);
      const outputs = this.#network.head(weights, this.#network.top(weights, this.#windows(part, weights), this.#starts(part.length), keepAll));
      all.set(outputs.dataSync(), from * size);
    });
    return all;
  }

  /** Of one window, by the reference: fused kernels keep no gates. */
  async trace(start: number): Promise<Trace> {
    return (await this.#asReference()).trace(start);
  }

  async sensitivity(starts: Int32Array, output: number): Promise<Float32Array> {
    const data = this.#loaded();
    checkStarts(data, starts, false);
    checkOutput(this.#model, output);
    const T = data.sequenceLength;
    const norms = outputArray(starts.length * T); // [N, T]
    const { tf } = this.#kernels;
    this.#inBatches(starts, (part, from) => {
      const weights = this.#weights(this.#flat);
      const first = this.#starts(part.length);
      const chosen = (x: Tensor): Tensor => {
        const outputs = this.#network.head(weights, this.#network.top(weights, x as Tensor3D, first, keepAll));
        const last = this.#model.headSteps === 'last' ? outputs : tf.slice(outputs, [0, T - 1, 0], [part.length, 1, this.#model.outputSize]);
        return tf.sum(tf.slice(tf.reshape(last, [part.length, this.#model.outputSize]), [0, output], [part.length, 1]));
      };
      const byRow = tf.grad(chosen)(this.#windows(part, weights)) as Tensor3D; // [T, B, F]
      // By the one-hot vector of the token: the derivative by its row, through the whole table.
      const slopes = this.#model.vocabulary === undefined ? byRow : tf.reshape(tf.matMul(tf.reshape(byRow, [T * part.length, this.#model.inputSize]), weights['embedding.weight'] as Tensor2D, false, true), [T, part.length, this.#model.vocabulary]);
      norms.set(tf.transpose(tf.sqrt(tf.sum(tf.square(slopes), 2))).dataSync(), from * T);
    });
    return norms;
  }

  /** By the reference, as `trace`: meant for a few windows. */
  async gradientFlow(starts: Int32Array): Promise<Float32Array> {
    return (await this.#asReference()).gradientFlow(starts);
  }

  async gradients(starts: Int32Array): Promise<BatchGradients> {
    checkStarts(this.#loaded(), starts, true);
    return this.#kernels.scope(() => {
      const { loss, gradient } = this.#lossAndGradient(starts, 0);
      return { loss: loss.dataSync()[0]!, gradients: this.#named(gradient.dataSync() as Float32Array) };
    });
  }

  async run(call: SequenceCall): Promise<SequenceStates> {
    const { batch, time, unbatched } = checkCall(this.#model, call);
    const { hiddenSize: H, inputSize: F, layers } = this.#model;
    const D = directionsOf(this.#model);
    return this.#kernels.scope(() => {
      const { tf } = this.#kernels;
      const x: Tensor3D = tf.transpose(tf.tensor3d(call.values, [batch, time, F]), [1, 0, 2]);
      const made = this.#network.states(this.#weights(this.#flat), x, this.#startsOfCall(batch, call.initialState));
      const shape = unbatched ? [layers * D, H] : [layers * D, batch, H];
      const joined = (parts: Tensor2D[]): Float32Array => tf.stack(parts).dataSync() as Float32Array;
      return {
        output: { shape: unbatched ? [time, H * D] : [batch, time, H * D], values: tf.transpose(made.output, [1, 0, 2]).dataSync() as Float32Array },
        hN: { shape, values: joined(made.hN) },
        cN: this.#model.cell === 'lstm' ? { shape, values: joined(made.cN) } : null,
      };
    });
  }

  async parameters(): Promise<Parameters> {
    return this.#named(this.#flat.dataSync() as Float32Array);
  }

  async setParameters(parameters: Parameters): Promise<void> {
    const flat = this.#fromParameters(parameters);
    this.#flat.dispose();
    this.#flat = flat;
  }

  async optimizerState(): Promise<OptimizerState> {
    const state: OptimizerState = { step: stepToFloats(this.#step) };
    optimizerSlots(this.#options.optimizer).forEach((slot, k) => {
      for (const [name, { values }] of Object.entries(this.#named(this.#slots[k]!.dataSync() as Float32Array))) state[`${slot}.${name}`] = values;
    });
    return state;
  }

  async setOptimizerState(state: OptimizerState): Promise<void> {
    const given = optimizerSlots(this.#options.optimizer).map((slot) => {
      const values = new Float32Array(countParameters(this.#model));
      let at = 0;
      for (const { name, shape } of parameterShapes(this.#model)) {
        const part = state[`${slot}.${name}`];
        if (part?.length !== sizeOf(shape)) throw new EngineError('state.shape', `The optimizer state ${slot}.${name} must hold ${sizeOf(shape)} values.`, { name: `${slot}.${name}`, expected: sizeOf(shape) });
        values.set(part, at);
        at += part.length;
      }
      return values;
    });
    this.#step = stepFromFloats(state['step'] ?? Float32Array.of(0));
    this.#slots.forEach((slot) => slot.dispose());
    this.#slots = given.map((values) => this.#tf.keep(this.#tf.tensor1d(values)));
  }

  dispose(): void {
    this.#unload();
    this.#flat.dispose();
    this.#slots.forEach((slot) => slot.dispose());
    this.#kernels.dispose();
  }

  /** The readable backend with this one's parameters and series. */
  async #asReference(): Promise<Backend> {
    const slow = await reference.create(this.#model, await this.parameters(), this.#options);
    await slow.load(this.#loaded());
    return slow;
  }

  #loaded(): SequenceData {
    if (this.#data === null) throw new EngineError('backend.notLoaded', 'No series is loaded.');
    return this.#data;
  }

  #unload(): void {
    this.#input?.dispose();
    this.#targets?.dispose();
    this.#input = this.#targets = null;
    this.#data = null;
  }

  #fromParameters(parameters: Parameters): Tensor1D {
    checkParameters(this.#model, parameters);
    const values = new Float32Array(countParameters(this.#model));
    let at = 0;
    for (const { name } of parameterShapes(this.#model)) {
      values.set(parameters[name]!.values, at);
      at += parameters[name]!.values.length;
    }
    return this.#tf.keep(this.#tf.tensor1d(values));
  }

  #named(values: Float32Array): Parameters {
    let at = 0;
    return Object.fromEntries(parameterShapes(this.#model).map(({ name, shape }) => {
      const from = at;
      at += sizeOf(shape);
      return [name, { shape, values: values.slice(from, at) }];
    }));
  }

  /** The flat parameters as the tensors that they stand for. */
  #weights(flat: Tensor1D): Weights {
    const shapes = parameterShapes(this.#model);
    const parts = this.#tf.split(flat, shapes.map(({ shape }) => sizeOf(shape)));
    return Object.fromEntries(shapes.map(({ name, shape }, k) => [name, this.#tf.reshape(parts[k]!, shape)]));
  }

  /** Input of the windows, [T, B, F]: tokens as one-hot vectors, or as their rows of the embedding. */
  #windows(starts: Int32Array, weights: Weights): Tensor3D {
    return this.#embedded(this.#rows(starts), weights, starts.length);
  }

  #embedded(rows: Tensor, weights: Weights, batch: number): Tensor3D {
    if (this.#model.vocabulary === undefined) return rows as Tensor3D;
    const { tf } = this.#kernels;
    return tf.reshape(tf.gather(weights['embedding.weight'] as Tensor2D, rows as Tensor1D), [this.#loaded().sequenceLength, batch, this.#model.inputSize]);
  }

  /** What the windows read of the series: [T, B, F], or the ids of tokens [T * B] where an embedding makes vectors of them. */
  #rows(starts: Int32Array): Tensor {
    const { tf } = this.#kernels;
    const { sequenceLength: T, input } = this.#loaded();
    const B = starts.length;
    const rows = new Int32Array(T * B);
    for (let t = 0; t < T; t++) for (let b = 0; b < B; b++) rows[t * B + b] = starts[b]! + t;
    const gathered = tf.gather(this.#input!, tf.tensor1d(rows, 'int32'));
    if (this.#model.vocabulary !== undefined) return gathered;
    const dense = input.kind === 'tokens' ? tf.oneHot(gathered as never, input.vocabulary, 1, 0, 'float32') : gathered;
    return tf.reshape(dense, [T, B, this.#model.inputSize]);
  }

  /** Mean loss of head outputs [B, O] or [B, T, O]. */
  #loss(outputs: Tensor, starts: Int32Array): Tensor {
    const { tf } = this.#kernels;
    const { sequenceLength: T, horizon, targets } = this.#loaded();
    const O = this.#model.outputSize;
    const last = this.#model.headSteps === 'last';
    const steps = last ? 1 : T;
    const first = last ? T : 1;
    const rows = new Int32Array(starts.length * steps * horizon); // [B][steps of the head][horizon]
    let at = 0;
    for (const start of starts) for (let k = 0; k < steps; k++) for (let j = 0; j < horizon; j++) rows[at++] = start + first + k + j;
    const gathered = tf.gather(this.#targets!, tf.tensor1d(rows, 'int32'));
    const flat = tf.reshape(outputs, [starts.length * steps, O]) as Tensor2D;
    return meanLoss(tf, this.#options.loss, flat, targets.kind === 'classes' ? gathered : tf.reshape(gathered, [starts.length * steps, O]));
  }

  /** First states of every layer and direction for the windows of the series, [B, H] each: the same for every window. */
  #starts(batch: number): LayerStart[] {
    const { tf } = this.#kernels;
    const H = this.#model.hiddenSize;
    return this.#firstStates(this.#loaded().initialState, (values, index) =>
      values === undefined ? tf.zeros([batch, H]) : tf.tile(tf.tensor2d(values.slice(index * H, (index + 1) * H), [1, H]), [batch, 1]));
  }

  /** First states of a call of `run`, [layers * directions, B, H]. */
  #startsOfCall(batch: number, given: InitialState | undefined): LayerStart[] {
    const { tf } = this.#kernels;
    const size = batch * this.#model.hiddenSize;
    return this.#firstStates(given, (values, index) =>
      values === undefined ? tf.zeros([batch, this.#model.hiddenSize]) : tf.tensor2d(values.slice(index * size, (index + 1) * size), [batch, this.#model.hiddenSize]));
  }

  #firstStates(given: InitialState | undefined, part: (values: Float32Array | undefined, index: number) => Tensor2D): LayerStart[] {
    return Array.from({ length: this.#model.layers * directionsOf(this.#model) }, (_, index) =>
      ({ h: part(given?.h, index), c: this.#model.cell === 'lstm' ? part(given?.c, index) : null }));
  }

  /** The masks of one step, the same as on every backend. */
  #masks(batch: number, step: number): Masks {
    const { dropout, hiddenSize } = this.#model;
    if (dropout === 0 || step === 0) return keepAll;
    const width = hiddenSize * directionsOf(this.#model);
    const T = this.#loaded().sequenceLength;
    const masks = Array.from({ length: this.#model.layers - 1 }, (_, layer) => {
      const key = dropoutKey(this.#options.seed, step, layer);
      const factors = Float32Array.from({ length: T * batch * width }, (_, place) => dropoutFactor(key, place, dropout));
      return this.#tf.tensor3d(factors, [T, batch, width]);
    });
    return (layer) => masks[layer]!;
  }

  /** @param step number of the optimizer step whose dropout applies; 0: no dropout */
  #lossAndGradient(starts: Int32Array, step: number): { loss: Tensor; gradient: Tensor1D } {
    const { tf } = this.#kernels;
    const shapes = parameterShapes(this.#model);
    const weights = this.#weights(this.#flat);
    // Made outside of `of`: tfjs frees what a differentiated function makes, and the way back needs these.
    const rows = this.#rows(starts);
    const first = this.#starts(starts.length);
    const masks = this.#masks(starts.length, step);
    const of = (...given: Tensor[]): Tensor => {
      const own: Weights = Object.fromEntries(shapes.map(({ name }, k) => [name, given[k]!]));
      const top = this.#network.top(own, this.#embedded(rows, own, starts.length), first, masks);
      return this.#loss(this.#network.head(own, top), starts);
    };
    const { value, grads } = tf.valueAndGrads(of)(shapes.map(({ name }) => weights[name]!));
    return { loss: value, gradient: tf.concat(grads.map((gradient) => tf.reshape(gradient, [-1]) as Tensor1D)) };
  }

  #trainStep(starts: Int32Array, learningRate: number, clipNorm: number | null): StepResult {
    const { tf } = this.#kernels;
    const step = this.#step + 1;
    let next: Tensor1D[] | null = null;
    const result = this.#kernels.scope(() => {
      const { loss, gradient } = this.#lossAndGradient(starts, step);
      const [lossNow, squares] = tf.stack([loss, tf.sum(tf.square(gradient))]).dataSync();
      const gradNorm = Math.sqrt(squares!);
      if (!Number.isFinite(lossNow!) || !Number.isFinite(gradNorm)) return { loss: lossNow!, gradNorm };
      const scale = clipScale(gradNorm, clipNorm);
      const clipped: Tensor1D = scale === 1 ? gradient : tf.mul(gradient, scale);
      next = updated(tf, this.#options.optimizer, this.#flat, clipped, this.#slots, step, learningRate).map((tensor) => tf.keep(tensor));
      return { loss: lossNow!, gradNorm };
    });
    if (next !== null) {
      this.#step = step;
      for (const old of [this.#flat, ...this.#slots]) old.dispose();
      [this.#flat, ...this.#slots] = next as [Tensor1D, ...Tensor1D[]];
    }
    return result;
  }

  /** Windows in batches that fit, each inside a tidy. */
  #inBatches(starts: Int32Array, each: (part: Int32Array, from: number) => void): void {
    const perWindow = this.#loaded().sequenceLength * Math.max(this.#model.inputSize, 8 * this.#model.hiddenSize * directionsOf(this.#model));
    const size = Math.max(1, Math.min(1024, Math.floor(EVALUATED_FLOATS / perWindow)));
    for (let from = 0; from < starts.length; from += size) {
      this.#kernels.scope(() => each(starts.subarray(from, from + size), from));
    }
  }
}

/** What a failed operation of TensorFlow means for whoever asked. */
function asEngineError(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof EngineError) return error;
  if (/OOM|RESOURCE_EXHAUSTED|Invalid TF_Status: 8\b/.test(error.message)) {
    return new EngineError('backend.deviceFull', 'The GPU has not enough memory for a step of this size. Choose a smaller batch, sequence length or hidden size.', { backend: 'tensorflow' });
  }
  return error;
}

/**
 * The backend over TensorFlow's libraries, once the host has them.
 * @param load gives the runtime, or the sentence why there is none; asked once, at the first need
 * @param known what a probe found before, so that hundreds of megabytes are not loaded only to be asked; null: they are
 */
export function tensorflowWith(load: () => Promise<TensorFlowRuntime | { reason: string }>, known: () => Probe | null = () => null): BackendFactory {
  let loaded: Promise<TensorFlowRuntime | { reason: string }> | null = null;
  const runtime = () => (loaded ??= load());
  return {
    name: 'tensorflow',
    async probe(): Promise<Probe> {
      const before = loaded === null ? known() : null;
      if (before !== null) return before;
      const found = await runtime();
      if ('reason' in found) return { available: false, reason: found.reason };
      return { available: true, device: found.device, facts: { precision: 'float32', tensorflow: found.version, gpu: found.gpu } };
    },
    async create(model, parameters, options) {
      checkModel(model);
      checkOptions(options);
      const found = await runtime();
      if ('reason' in found) throw new EngineError('backend.unsupported', found.reason, { backend: 'tensorflow' });
      try {
        return guarded(new TensorFlowBackend(found, model, parameters, options));
      } catch (error) {
        throw asEngineError(error);
      }
    },
  };
}

/** The backend with TensorFlow's own errors in the engine's words. */
function guarded(backend: TensorFlowBackend): Backend {
  const methods = ['load', 'trainEpoch', 'evaluate', 'predict', 'trace', 'sensitivity', 'gradientFlow', 'gradients', 'run'] as const;
  for (const method of methods) {
    const own = (backend[method] as (...given: unknown[]) => Promise<unknown>).bind(backend);
    Object.defineProperty(backend, method, { value: (...given: unknown[]) => own(...given).catch((error: unknown) => { throw asEngineError(error); }) });
  }
  return backend;
}
