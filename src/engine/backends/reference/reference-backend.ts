import type {
  Backend, BackendFactory, BackendOptions, BatchGradients, EpochResult, InitialState, ModelSpec, OptimizerState, SequenceCall,
  SequenceData, SequenceStates, Trace, TrainEpochOptions,
} from '../../backend.ts';
import { checkCall, checkData, checkModel, checkOptions, checkOutput, checkStarts, outputArray } from '../../check.ts';
import { dropoutFactor, dropoutKey } from '../../dropout.ts';
import { runEpoch, type StepResult } from '../../epoch-loop.ts';
import { EngineError, tooLarge } from '../../errors.ts';
import { termsPerRow } from '../../loss.ts';
import { clipScale, optimizerSlots, stepFromFloats, stepToFloats, updateParameter } from '../../optimizer.ts';
import { checkParameters, countParameters, directionsOf, parameterShapes, sizeOf, type Parameters } from '../../parameters.ts';
import { rejoin, remainders } from './float64-state.ts';
import { backward, forward, zeroStates, type Mask, type States, type Values } from './network.ts';
import { addEmbeddingGradient, inputOf, rowLosses, throughEmbedding } from './windows.ts';

/** Bytes that one model may take here; plain loops would never get through more. */
const MEMORY_LIMIT = 2 ** 31;
const keepAll: Mask = () => 1;

/** The definition of correct: float64, one window after the other, in loops that read like the equations. */
class ReferenceBackend implements Backend {
  readonly name = 'reference';
  readonly #model: ModelSpec;
  readonly #options: BackendOptions;
  #values: Values;
  /** The optimizer's arrays by slot name and parameter name. */
  #slots: Record<string, Values>;
  #step = 0;
  #data: SequenceData | null = null;

  constructor(model: ModelSpec, parameters: Parameters, options: BackendOptions) {
    this.#model = model;
    this.#options = options;
    this.#values = this.#fromParameters(parameters);
    this.#slots = Object.fromEntries(optimizerSlots(options.optimizer).map((slot) => [slot, this.#zeros()]));
  }

  async load(data: SequenceData): Promise<void> {
    checkData(this.#model, this.#options, data);
    this.#data = data;
  }

  async trainEpoch(order: Int32Array, options: TrainEpochOptions): Promise<EpochResult> {
    checkStarts(this.#loaded(), order, true);
    return runEpoch(order, options, (starts) => this.#trainStep(starts, options.learningRate, options.clipNorm));
  }

  async evaluate(starts: Int32Array): Promise<number> {
    const data = this.#loaded();
    checkStarts(data, starts, true);
    const states = this.#statesOf(data.initialState, 0, 1);
    let sum = 0;
    let rows = 0;
    for (const start of starts) {
      const { outputs } = forward(this.#model, this.#values, this.#inputOf(data, start), states, keepAll);
      for (const row of rowLosses(this.#model, this.#options.loss, data, start, outputs)) sum += row.sum;
      rows += outputs.length;
    }
    return sum / (rows * termsPerRow(this.#options.loss, this.#model.outputSize));
  }

  async predict(starts: Int32Array): Promise<Float32Array> {
    const data = this.#loaded();
    checkStarts(data, starts, false);
    const states = this.#statesOf(data.initialState, 0, 1);
    const size = this.#model.outputSize * (this.#model.headSteps === 'last' ? 1 : data.sequenceLength);
    const all = outputArray(starts.length * size); // [N, O] or [N, T, O]
    starts.forEach((start, n) => {
      const { outputs } = forward(this.#model, this.#values, this.#inputOf(data, start), states, keepAll);
      outputs.forEach((output, k) => all.set(output, n * size + k * this.#model.outputSize));
    });
    return all;
  }

  async trace(start: number): Promise<Trace> {
    const data = this.#loaded();
    checkStarts(data, Int32Array.of(start), false);
    const x = this.#inputOf(data, start);
    const run = forward(this.#model, this.#values, x, this.#statesOf(data.initialState, 0, 1), keepAll);
    // d (sum of the outputs of the last step) / d outputs
    const ones = run.outputs.map((output, k) => output.map(() => (k === run.outputs.length - 1 ? 1 : 0)));
    const back = backward(this.#model, this.#values, x, run, ones, keepAll, this.#zeros());
    const names = Object.keys(run.steps[0]![0]!.gates);
    const rounded = (part: Float64Array): Float32Array => Float32Array.from(part);
    return {
      hidden: run.steps.map((steps) => steps.map((step) => rounded(step.h))),
      gates: Object.fromEntries(names.map((name) => [name, run.steps.map((steps) => steps.map((step) => rounded(step.gates[name]!)))])),
      output: Float32Array.from(run.outputs.flatMap((output) => [...output])),
      gradientNorms: back.dh.map((byTime) => Float32Array.from(byTime, (dh) => Math.hypot(...dh))),
    };
  }

  async sensitivity(starts: Int32Array, output: number): Promise<Float32Array> {
    const data = this.#loaded();
    checkStarts(data, starts, false);
    checkOutput(this.#model, output);
    const T = data.sequenceLength;
    const norms = outputArray(starts.length * T); // [N, T]
    const ignored = this.#zeros();
    starts.forEach((start, n) => {
      const x = this.#inputOf(data, start);
      const run = forward(this.#model, this.#values, x, this.#statesOf(data.initialState, 0, 1), keepAll);
      const chosen = run.outputs.map((row, k) => row.map((_, o) => (k === run.outputs.length - 1 && o === output ? 1 : 0)));
      const { dx } = backward(this.#model, this.#values, x, run, chosen, keepAll, ignored);
      dx.forEach((d, t) => { norms[n * T + t] = Math.hypot(...(this.#embedding === undefined ? d : throughEmbedding(this.#embedding, d))); });
    });
    return norms;
  }

  async gradientFlow(starts: Int32Array): Promise<Float32Array> {
    const data = this.#loaded();
    checkStarts(data, starts, true);
    const T = data.sequenceLength;
    const norms = new Float64Array(this.#model.layers * directionsOf(this.#model) * T); // [layers * directions, T]
    const ignored = this.#zeros();
    const terms = termsPerRow(this.#options.loss, this.#model.outputSize);
    for (const start of starts) {
      const x = this.#inputOf(data, start);
      const run = forward(this.#model, this.#values, x, this.#statesOf(data.initialState, 0, 1), keepAll);
      const losses = rowLosses(this.#model, this.#options.loss, data, start, run.outputs);
      const last = losses.map(({ gradient }, k) => gradient.map((g) => (k === losses.length - 1 ? g / terms : 0)));
      const { dh } = backward(this.#model, this.#values, x, run, last, keepAll, ignored);
      dh.forEach((byTime, index) => byTime.forEach((d, t) => { norms[index * T + t]! += Math.hypot(...d) / starts.length; }));
    }
    return Float32Array.from(norms);
  }

  async gradients(starts: Int32Array): Promise<BatchGradients> {
    checkStarts(this.#loaded(), starts, true);
    const { loss, gradient } = this.#batch(starts, 0);
    return { loss, gradients: this.#toParameters(gradient) };
  }

  async run(call: SequenceCall): Promise<SequenceStates> {
    const { batch, time, unbatched } = checkCall(this.#model, call);
    const { hiddenSize: H, inputSize: F, layers } = this.#model;
    const D = directionsOf(this.#model);
    const output = new Float32Array(batch * time * H * D);
    const last = { h: new Float32Array(layers * D * batch * H), c: new Float32Array(layers * D * batch * H) };
    for (let b = 0; b < batch; b++) {
      const x = Array.from({ length: time }, (_, t) => Float64Array.from(call.values.subarray((b * time + t) * F, (b * time + t + 1) * F)));
      const { steps, top } = forward(this.#model, this.#values, x, this.#statesOf(call.initialState, b, batch), keepAll);
      top.forEach((h, t) => output.set(h, (b * time + t) * H * D));
      steps.forEach((byTime, index) => {
        const end = byTime[index % D === 0 ? time - 1 : 0]!;
        last.h.set(end.h, (index * batch + b) * H);
        if (end.c !== null) last.c.set(end.c, (index * batch + b) * H);
      });
    }
    const shape = unbatched ? [layers * D, H] : [layers * D, batch, H];
    return {
      output: { shape: unbatched ? [time, H * D] : [batch, time, H * D], values: output },
      hN: { shape, values: last.h },
      cN: this.#model.cell === 'lstm' ? { shape, values: last.c } : null,
    };
  }

  async parameters(): Promise<Parameters> {
    return this.#toParameters(this.#values);
  }

  async setParameters(parameters: Parameters): Promise<void> {
    this.#values = this.#fromParameters(parameters);
  }

  async optimizerState(): Promise<OptimizerState> {
    const state: OptimizerState = { step: stepToFloats(this.#step) };
    const put = (name: string, values: Float64Array): void => {
      [state[`remainder1.${name}`], state[`remainder2.${name}`]] = remainders(values);
    };
    for (const [name, values] of Object.entries(this.#values)) put(`parameter.${name}`, values);
    for (const [slot, byName] of Object.entries(this.#slots)) {
      for (const [name, values] of Object.entries(byName)) {
        state[`${slot}.${name}`] = Float32Array.from(values);
        put(`${slot}.${name}`, values);
      }
    }
    return state;
  }

  async setOptimizerState(state: OptimizerState): Promise<void> {
    const exact = (name: string, rounded: ArrayLike<number>): Float64Array => {
      const first = state[`remainder1.${name}`];
      const second = state[`remainder2.${name}`];
      return first === undefined || second === undefined ? Float64Array.from(rounded) : rejoin(rounded, [first, second]);
    };
    this.#step = stepFromFloats(state['step'] ?? Float32Array.of(0));
    for (const [slot, byName] of Object.entries(this.#slots)) {
      for (const [name, values] of Object.entries(byName)) {
        const given = state[`${slot}.${name}`];
        if (given?.length !== values.length) throw new EngineError('state.shape', `The optimizer state ${slot}.${name} must hold ${values.length} values.`, { name: `${slot}.${name}`, expected: values.length });
        values.set(exact(`${slot}.${name}`, given));
      }
    }
    for (const [name, values] of Object.entries(this.#values)) values.set(exact(`parameter.${name}`, values.map(Math.fround)));
  }

  dispose(): void {
    this.#data = null;
  }

  /** Rows of the tokens, [vocabulary, F]; undefined for a model without an embedding. */
  get #embedding(): Float64Array | undefined {
    return this.#values['embedding.weight'];
  }

  #inputOf(data: SequenceData, start: number): Float64Array[] {
    return inputOf(data, start, this.#embedding);
  }

  #loaded(): SequenceData {
    if (this.#data === null) throw new EngineError('backend.notLoaded', 'No series is loaded.');
    return this.#data;
  }

  #fromParameters(parameters: Parameters): Values {
    checkParameters(this.#model, parameters);
    return Object.fromEntries(parameterShapes(this.#model).map(({ name }) => [name, Float64Array.from(parameters[name]!.values)]));
  }

  #toParameters(values: Values): Parameters {
    return Object.fromEntries(parameterShapes(this.#model).map(({ name, shape }) => [name, { shape, values: Float32Array.from(values[name]!) }]));
  }

  #zeros(): Values {
    return Object.fromEntries(parameterShapes(this.#model).map(({ name, shape }) => [name, new Float64Array(sizeOf(shape))]));
  }

  /** The first states of sequence b of a batch. */
  #statesOf(given: InitialState | undefined, b: number, batch: number): States {
    const states = zeroStates(this.#model);
    if (given === undefined) return states;
    const H = this.#model.hiddenSize;
    states.h.forEach((h, index) => h.set(given.h.subarray((index * batch + b) * H, (index * batch + b + 1) * H)));
    if (given.c !== undefined) states.c?.forEach((c, index) => c.set(given.c!.subarray((index * batch + b) * H, (index * batch + b + 1) * H)));
    return states;
  }

  /** @param step number of the optimizer step whose dropout applies; 0: no dropout */
  #mask(b: number, batch: number, step: number): Mask {
    const { dropout, hiddenSize } = this.#model;
    if (dropout === 0 || step === 0) return keepAll;
    const width = hiddenSize * directionsOf(this.#model);
    return (layer, t, unit) => dropoutFactor(dropoutKey(this.#options.seed, step, layer), (t * batch + b) * width + unit, dropout);
  }

  /** Mean loss of a batch and its gradient. */
  #batch(starts: Int32Array, step: number): { loss: number; gradient: Values } {
    const data = this.#loaded();
    const states = this.#statesOf(data.initialState, 0, 1);
    const gradient = this.#zeros();
    const rows = starts.length * (this.#model.headSteps === 'last' ? 1 : data.sequenceLength);
    const terms = rows * termsPerRow(this.#options.loss, this.#model.outputSize);
    let sum = 0;
    starts.forEach((start, b) => {
      const mask = this.#mask(b, starts.length, step);
      const x = this.#inputOf(data, start);
      const run = forward(this.#model, this.#values, x, states, mask);
      const losses = rowLosses(this.#model, this.#options.loss, data, start, run.outputs);
      for (const row of losses) sum += row.sum;
      const { dx } = backward(this.#model, this.#values, x, run, losses.map((row) => row.gradient.map((g) => g / terms)), mask, gradient);
      if (this.#embedding !== undefined) addEmbeddingGradient(data, start, dx, gradient['embedding.weight']!);
    });
    return { loss: sum / terms, gradient };
  }

  #trainStep(starts: Int32Array, learningRate: number, clipNorm: number | null): StepResult {
    const step = this.#step + 1;
    const { loss, gradient } = this.#batch(starts, step);
    let squares = 0;
    for (const values of Object.values(gradient)) for (const g of values) squares += g * g;
    const gradNorm = Math.sqrt(squares);
    if (!Number.isFinite(loss) || !Number.isFinite(gradNorm)) return { loss, gradNorm };
    const scale = clipScale(gradNorm, clipNorm);
    this.#step = step;
    for (const [name, values] of Object.entries(this.#values)) {
      const slots = Object.values(this.#slots).map((byName) => byName[name]!);
      updateParameter(this.#options.optimizer, values, gradient[name]!.map((g) => g * scale), slots, step, learningRate);
    }
    return { loss, gradNorm };
  }
}

export const reference: BackendFactory = {
  name: 'reference',
  async probe() {
    return { available: true, device: 'CPU, float64, plain loops', facts: { precision: 'float64', threads: 1 } };
  },
  async create(model, parameters, options) {
    checkModel(model);
    checkOptions(options);
    // Value, gradient and optimizer slots.
    const bytes = countParameters(model) * 8 * (2 + optimizerSlots(options.optimizer).length);
    if (bytes > MEMORY_LIMIT) throw tooLarge('The model', bytes, MEMORY_LIMIT);
    return new ReferenceBackend(model, parameters, options);
  },
};
