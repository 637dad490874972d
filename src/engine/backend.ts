import type { Parameters } from './parameters.ts';

/**
 * The interface that every backend implements, sized by the epoch so that a GPU is never waited on per step.
 * Words: N windows, B batch, T sequence length, F features, H hidden size, O outputs, rows of the series.
 */

export interface ModelSpec {
  cell: 'rnn_tanh' | 'rnn_relu' | 'handwritten' | 'lstm' | 'gru';
  /** F: numbers of a step; with an embedding its width E. */
  inputSize: number;
  /** Tokens go in through a learnt table, embedding.weight [vocabulary, inputSize]; left out: there is none. */
  vocabulary?: number;
  hiddenSize: number;
  /** 1 to 8 stacked layers. */
  layers: number;
  bidirectional: boolean;
  /** Share of values dropped between layers while training; 0 with one layer. */
  dropout: number;
  /** Outputs of the linear head per step that has one. */
  outputSize: number;
  /** The head reads the last step (output [B, O]) or every step (output [B, T, O]). */
  headSteps: 'last' | 'every';
}

export type LossSpec =
  | { kind: 'mse' } | { kind: 'mae' } | { kind: 'huber'; delta: number }
  /** Softmax cross-entropy over outputSize classes; targets are class numbers. */
  | { kind: 'crossEntropy' };

export type OptimizerSpec =
  | { kind: 'sgd'; momentum: number; weightDecay: number }
  | { kind: 'rmsprop'; alpha: number; epsilon: number; momentum: number; weightDecay: number }
  | { kind: 'adam' | 'adamw'; beta1: number; beta2: number; epsilon: number; weightDecay: number };

/** What goes in: numbers [rows, features], or one token a row: its one-hot vector [vocabulary], or its row of the model's embedding. */
export type SeriesInput =
  | { kind: 'dense'; values: Float32Array; features: number }
  | { kind: 'tokens'; ids: Int32Array; vocabulary: number };

/**
 * ONE series and its targets; a window is its start, never a copy. The window that starts at s takes rows
 * s .. s+T-1 of the input. Its targets are rows of `targets` ([rows, targetWidth], or [rows] class numbers):
 *   headSteps 'last':  rows s+T .. s+T+horizon-1, flattened to O = horizon * targetWidth
 *   headSteps 'every': step t is compared with rows s+t+1 .. s+t+horizon, flattened likewise
 */
/** h_0 (and c_0 of an LSTM) as [layers * directions, H] flattened; every window starts from it. */
export interface InitialState { h: Float32Array; c?: Float32Array }

export interface SequenceData {
  input: SeriesInput;
  targets: { kind: 'values'; values: Float32Array; width: number } | { kind: 'classes'; ids: Int32Array };
  sequenceLength: number;
  /** Rows that come out; 1 with class targets. */
  horizon: number;
  /** Zero when left out. */
  initialState?: InitialState;
}

/**
 * What nn.RNN is called with: a batch [B, T, F] (batch_first), or one unbatched sequence [T, F].
 * Given states are [layers * directions, B, H] flattened ([layers * directions, H] when unbatched); zero when left out.
 */
export interface SequenceCall { shape: readonly number[]; values: Float32Array; initialState?: InitialState }

/** What nn.RNN gives: states of the last layer [B, T, H * directions], last states [layers * directions, B, H]; no B when unbatched. */
export interface SequenceStates {
  output: { shape: number[]; values: Float32Array };
  hN: { shape: number[]; values: Float32Array };
  /** Only of an LSTM. */
  cN: { shape: number[]; values: Float32Array } | null;
}

export interface BatchGradients { loss: number; gradients: Parameters }

/** The only thing of an AbortSignal that the engine needs. */
export interface CancelSignal { readonly aborted: boolean }

/** How far an epoch has come: sums over what was seen, so that an epoch that goes on later ends in the same bits. */
export interface EpochPosition { steps: number; lossSum: number; normSum: number; clipped: number }
export const epochStart: EpochPosition = { steps: 0, lossSum: 0, normSum: 0, clipped: 0 };

export interface TrainEpochOptions {
  batchSize: number;
  learningRate: number;
  /** Gradient clipping by global norm; null: none. */
  clipNorm: number | null;
  /** Checked after every batch; when aborted, trainEpoch stops there and `steps` tells how far it came. */
  signal: CancelSignal;
  /** Called between batches, at least every 10 ms or every batch if that is longer; a promise lets the host's events in. */
  onBatch?: (batch: number, batches: number, position: EpochPosition) => Promise<void> | void;
  /** Goes on from here in `order`; left out: from the first batch. */
  from?: EpochPosition;
}

export interface EpochResult {
  /** Mean loss over the windows seen. */
  loss: number;
  /** Mean over the steps of the global gradient norm before clipping. */
  gradNorm: number;
  /** Optimizer steps done since the epoch's beginning; fewer than the batches when cancelled. */
  steps: number;
  /** Where it stands now, after its last finite step: `from` of a call that goes on. */
  position: EpochPosition;
  /** First step (from 0) of this epoch whose loss or gradient was not finite; null when all were. Training stops there, without that step's update: the parameters are the last finite ones. */
  nonFiniteStep: number | null;
}

/** States and gradient through time of one window. */
export interface Trace {
  /** Hidden state [layers * directions][T][H]. */
  hidden: Float32Array[][];
  /** Gates by name ('i','f','g','o' and cell state 'c' of an LSTM; 'r','z','n' of a GRU), as hidden; {} for plain RNNs. */
  gates: Record<string, Float32Array[][]>;
  /** Output of the head: [O] for 'last', [T * O] for 'every'. */
  output: Float32Array;
  /** Norm of d (sum of outputs of the last step) / d h_t, by layer * direction, [T] each: the gradient through time. */
  gradientNorms: Float32Array[];
}

/** Optimizer state by name ('step', and per parameter 'exp_avg.<name>' and so on), enough to go on exactly. */
export type OptimizerState = Record<string, Float32Array>;

/** Everything that training needs to go on exactly as if it had never stopped, or a model to predict. */
export interface TrainingState {
  /** Epochs done. */
  epoch: number;
  parameters: Parameters;
  /** Empty where training cannot go on. */
  optimizer: OptimizerState;
  /** State of the generator that shuffles the windows, before the epoch that comes or is on its way. */
  generator: number[];
  /** How far the epoch after `epoch` has come; null: only to predict with. */
  position: EpochPosition | null;
  /** Seconds trained. */
  seconds: number;
  /** The best epoch so far and its weights; null where none was done or it is not kept. */
  best: { epoch: number; parameters: Parameters } | null;
}

export interface Backend {
  readonly name: string;
  load(data: SequenceData): Promise<void>;
  /** Trains once over the windows that start at `order`, in that order, in batches (the last may be partial). */
  trainEpoch(order: Int32Array, options: TrainEpochOptions): Promise<EpochResult>;
  /** Mean loss over the windows, nothing dropped. */
  evaluate(starts: Int32Array): Promise<number>;
  /** Head outputs of the windows, [N, O] or [N, T, O], nothing dropped. */
  predict(starts: Int32Array): Promise<Float32Array>;
  trace(start: number): Promise<Trace>;
  /**
   * What the network remembers of each step: the L2 norm over the features of d output / d x_t, [N, T], for number `output`
   * (0 .. O-1) of what the head says at the last step, without dropout. Where tokens go in, x_t is their one-hot vector.
   */
  sensitivity(starts: Int32Array, output: number): Promise<Float32Array>;
  /**
   * Gradient through time: mean over the windows of the L2 norm of d loss / d h_t, [layers * directions, T], where the loss is the
   * mean loss of the window's last step; without dropout. It falls towards the first step where gradients vanish, and rises where they explode.
   */
  gradientFlow(starts: Int32Array): Promise<Float32Array>;
  /** Loss of one batch and its derivative by every parameter, without dropout, clipping or update. */
  gradients(starts: Int32Array): Promise<BatchGradients>;
  /** States of sequences of any length that need not be loaded, as nn.RNN; without dropout. For dense inputs; of a model with an embedding these are what the table gives. */
  run(call: SequenceCall): Promise<SequenceStates>;
  parameters(): Promise<Parameters>;
  setParameters(parameters: Parameters): Promise<void>;
  /** What parameters() gave belongs to it: a resumed run sets the parameters first, then this. */
  optimizerState(): Promise<OptimizerState>;
  setOptimizerState(state: OptimizerState): Promise<void>;
  dispose(): void;
}

export interface BackendOptions { loss: LossSpec; optimizer: OptimizerSpec; seed: number }

/** What a machine can do with a backend, found before anything is trained on it. */
export type Probe =
  | { available: true; device: string; facts: Record<string, string | number | boolean> }
  | { available: false; reason: string };

export interface BackendFactory {
  readonly name: string;
  probe(): Promise<Probe>;
  /** @throws EngineError: sizes that would not fit (with the bytes needed), an invalid model, or one that this backend lacks. */
  create(model: ModelSpec, parameters: Parameters, options: BackendOptions): Promise<Backend>;
}
