import type { Backend, BackendFactory, BackendOptions, EpochResult, ModelSpec, OptimizerState, SequenceData, Trace, TrainEpochOptions } from '../../backend.ts';
import { lossOf } from '../../loss.ts';
import { stateNames, update, type TensorState } from '../../optimizer.ts';
import { checkParameters, directionsOf, parameterShapes, type Parameters } from '../../parameters.ts';
import { Rng } from '../../rng.ts';
import { checkData, targetOf, windowOf } from '../../windows.ts';
import { backward, forward, headBackward, headForward, type DropoutMask, type Pass, type Tensors } from './network.ts';

/**
 * The backend that defines right: float64, one window after the other, plain loops. Slow on purpose, readable on
 * purpose; lessons and tests stand on it.
 */
export const reference: BackendFactory = {
  name: 'reference',
  probe: () => Promise.resolve({ available: true, device: 'CPU, one thread, float64', facts: { precision: 'float64', threads: 1 } }),
  create: (model, parameters, options) => Promise.resolve(new ReferenceBackend(model, parameters, options)),
};

class ReferenceBackend implements Backend {
  readonly name = 'reference';
  readonly #model: ModelSpec;
  readonly #options: BackendOptions;
  readonly #tensors: Tensors = {};
  readonly #states: Record<string, TensorState> = {};
  readonly #dropoutRng: Rng;
  #step = 0;
  #data: SequenceData | null = null;

  constructor(model: ModelSpec, parameters: Parameters, options: BackendOptions) {
    checkParameters(model, parameters);
    this.#model = model;
    this.#options = options;
    this.#dropoutRng = new Rng(options.seed, 2);
    for (const { name } of parameterShapes(model)) {
      const values = Float64Array.from(parameters[name]!.values);
      this.#tensors[name] = values;
      this.#states[name] = Object.fromEntries(stateNames(options.optimizer).map((key) => [key, new Float64Array(values.length)]));
    }
  }

  load(data: SequenceData): Promise<void> {
    checkData(this.#model, this.#options.loss, data);
    this.#data = data;
    return Promise.resolve();
  }

  async trainEpoch(order: Int32Array, { batchSize, learningRate, clipNorm, signal, onBatch }: TrainEpochOptions): Promise<EpochResult> {
    const batches = Math.ceil(order.length / batchSize);
    const result: EpochResult = { loss: 0, gradNorm: 0, steps: 0, nonFiniteStep: null };
    let windows = 0;
    for (let batch = 0; batch < batches && !signal.aborted; batch++) {
      const starts = order.subarray(batch * batchSize, (batch + 1) * batchSize);
      const { loss, gradNorm } = this.#trainBatch(starts, learningRate, clipNorm);
      if (!Number.isFinite(loss) || !Number.isFinite(gradNorm)) {
        result.nonFiniteStep = batch;
        break;
      }
      result.loss += loss * starts.length;
      result.gradNorm += gradNorm;
      result.steps += 1;
      windows += starts.length;
      await onBatch?.(batch + 1, batches);
    }
    result.loss /= Math.max(1, windows);
    result.gradNorm /= Math.max(1, result.steps);
    return result;
  }

  evaluate(starts: Int32Array): Promise<number> {
    let sum = 0;
    for (const start of starts) sum += this.#windowLoss(start, forward(this.#model, this.#tensors, this.#window(start)), null) / this.#elements();
    return Promise.resolve(sum / starts.length);
  }

  predict(starts: Int32Array): Promise<Float32Array> {
    const outputs = Array.from(starts, (start) => this.#outputs(forward(this.#model, this.#tensors, this.#window(start))));
    const flat = new Float32Array(starts.length * (outputs[0]?.length ?? 0));
    outputs.forEach((output, n) => flat.set(output, n * output.length));
    return Promise.resolve(flat);
  }

  trace(start: number): Promise<Trace> {
    const model = this.#model;
    const pass = forward(model, this.#tensors, this.#window(start));
    const T = pass.output.length;
    const D = directionsOf(model);
    // d (sum of the last step's outputs) / d h_t, through the head and back through time.
    const dOutput: Float64Array[] = pass.output.map((output) => new Float64Array(output.length));
    dOutput[T - 1] = headBackward(this.#tensors, pass.output[T - 1]!, new Float64Array(model.outputSize).fill(1), this.#zeros());
    const { hidden } = backward(model, this.#tensors, pass, dOutput, this.#zeros());
    const norm = (vector: Float64Array) => Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
    const names = model.cell === 'lstm' ? ['i', 'f', 'g', 'o'] : model.cell === 'gru' ? ['r', 'z', 'n'] : [];
    const gates: Trace['gates'] = Object.fromEntries(names.map((name, g) => [name, pass.steps.map((steps) => steps.map((step) => Float32Array.from(step.gates[g]!)))]));
    if (model.cell === 'lstm') gates['c'] = pass.steps.map((steps) => steps.map((step) => Float32Array.from(step.c)));
    return Promise.resolve({
      hidden: pass.steps.map((steps) => steps.map((step) => Float32Array.from(step.h))),
      gates,
      output: Float32Array.from(this.#outputs(pass)),
      gradientNorms: Array.from({ length: model.layers * D }, (_, i) => Float32Array.from(hidden[i]!, norm)),
    });
  }

  parameters(): Promise<Parameters> {
    return Promise.resolve(Object.fromEntries(parameterShapes(this.#model).map(({ name, shape }) => [name, { shape, values: Float32Array.from(this.#tensors[name]!) }])));
  }

  setParameters(parameters: Parameters): Promise<void> {
    checkParameters(this.#model, parameters);
    for (const [name, tensor] of Object.entries(this.#tensors)) tensor.set(parameters[name]!.values);
    return Promise.resolve();
  }

  optimizerState(): Promise<OptimizerState> {
    const state: OptimizerState = { step: Float32Array.of(this.#step) };
    for (const [name, tensors] of Object.entries(this.#states)) {
      for (const [key, values] of Object.entries(tensors)) state[`${key}.${name}`] = Float32Array.from(values);
    }
    return Promise.resolve(state);
  }

  setOptimizerState(state: OptimizerState): Promise<void> {
    this.#step = state['step']![0]!;
    for (const [name, tensors] of Object.entries(this.#states)) {
      for (const [key, values] of Object.entries(tensors)) values.set(state[`${key}.${name}`]!);
    }
    return Promise.resolve();
  }

  dispose(): void {
    this.#data = null;
  }

  #loaded(): SequenceData {
    if (this.#data === null) throw new Error('load() comes before this');
    return this.#data;
  }

  #window(start: number): Float64Array[] {
    return windowOf(this.#loaded(), start);
  }

  /** Numbers that a window's loss is the mean of: outputs of every step with a head; rows alone for cross-entropy. */
  #elements(): number {
    const steps = this.#model.headSteps === 'every' ? this.#loaded().sequenceLength : 1;
    return this.#options.loss.kind === 'crossEntropy' ? steps : steps * this.#model.outputSize;
  }

  #headSteps(T: number): number[] {
    return this.#model.headSteps === 'every' ? Array.from({ length: T }, (_, t) => t) : [T - 1];
  }

  #outputs(pass: Pass): Float64Array {
    const steps = this.#headSteps(pass.output.length);
    const outputs = new Float64Array(steps.length * this.#model.outputSize);
    steps.forEach((t, i) => outputs.set(headForward(this.#tensors, pass.output[t]!), i * this.#model.outputSize));
    return outputs;
  }

  /** Summed loss of one window; with `dY` also d loss / d output, per step that has a head, [steps][O]. */
  #windowLoss(start: number, pass: Pass, dY: Map<number, Float64Array> | null): number {
    let sum = 0;
    for (const t of this.#headSteps(pass.output.length)) {
      const dy = new Float64Array(this.#model.outputSize);
      sum += lossOf(this.#options.loss, headForward(this.#tensors, pass.output[t]!), targetOf(this.#loaded(), this.#model, start, t), dy);
      dY?.set(t, dy);
    }
    return sum;
  }

  #trainBatch(starts: Int32Array, rate: number, clipNorm: number | null): { loss: number; gradNorm: number } {
    const gradients = this.#zeros();
    const share = 1 / (starts.length * this.#elements());
    let loss = 0;
    for (const start of starts) {
      const pass = forward(this.#model, this.#tensors, this.#window(start), null, this.#dropout());
      const dY = new Map<number, Float64Array>();
      loss += this.#windowLoss(start, pass, dY) * share;
      const dOutput = pass.output.map((output, t) => {
        const dy = dY.get(t);
        return dy === undefined ? new Float64Array(output.length) : headBackward(this.#tensors, output, dy.map((value) => value * share), gradients);
      });
      backward(this.#model, this.#tensors, pass, dOutput, gradients);
    }
    let squares = 0;
    for (const gradient of Object.values(gradients)) for (const value of gradient) squares += value * value;
    const gradNorm = Math.sqrt(squares);
    if (!Number.isFinite(loss) || !Number.isFinite(gradNorm)) return { loss, gradNorm };
    // torch.nn.utils.clip_grad_norm_
    const scale = clipNorm === null ? 1 : Math.min(1, clipNorm / (gradNorm + 1e-6));
    this.#step += 1;
    for (const [name, tensor] of Object.entries(this.#tensors)) {
      update(this.#options.optimizer, rate, this.#step, tensor, gradients[name]!.map((value) => value * scale), this.#states[name]!);
    }
    return { loss, gradNorm };
  }

  #dropout(): DropoutMask {
    const { dropout, hiddenSize } = this.#model;
    if (dropout === 0) return null;
    const width = hiddenSize * directionsOf(this.#model);
    return () => Array.from({ length: this.#loaded().sequenceLength }, () => Float64Array.from({ length: width }, () => (this.#dropoutRng.uniform() < dropout ? 0 : 1 / (1 - dropout))));
  }

  #zeros(): Tensors {
    return Object.fromEntries(Object.entries(this.#tensors).map(([name, values]) => [name, new Float64Array(values.length)]));
  }
}
