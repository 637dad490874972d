import type { ModelSpec } from './backend.ts';
import { vectorProducts, type VectorProduct } from './backends/wasm/vector-products.ts';
import { EngineError } from './errors.ts';
import { gatesOf, layerInputSize, layerSuffix, type Parameters } from './parameters.ts';

/** What a stepper holds between two tokens: h (and c of an LSTM) of each layer, [H] each. */
export interface StepperState { h: Float32Array[]; c: Float32Array[] }

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
/** Twice as fast as the host's; the rounding, 1e-16, is far below float32's. */
const tanh = (x: number): number => 1 - 2 / (Math.exp(2 * x) + 1);

/**
 * Runs a trained network one token at a time and keeps its state: generating a character costs one step, not a window.
 * The numbers are those of the backends' forward pass (float32), whose equations stand in backends/reference/cells.
 */
export class Stepper {
  readonly model: ModelSpec;
  /** What the head says after the last token, [O]; a view that the next step overwrites. */
  readonly logits: Float32Array;
  readonly #gates: number;
  /** What token v adds to the gates of layer 0, [vocabulary][G * H]: W_ih x + b_ih for its one-hot vector or embedding. */
  readonly #tokens: Float32Array[];
  readonly #input: (VectorProduct | null)[] = [];
  readonly #recurrent: VectorProduct[] = [];
  /** b_ih and b_hh of each layer, [G * H] each. */
  readonly #inputBias: Float32Array[];
  readonly #recurrentBias: Float32Array[];
  readonly #head: VectorProduct;
  readonly #headBias: Float32Array;
  #h: Float32Array[];
  #c: Float32Array[];

  /**
   * @param parameters with `embedding.weight` [vocabulary, E] among them, layer 0 reads embeddings, else one-hot vectors
   * @throws EngineError 'model.invalid' for a bidirectional model: its backward direction reads the future
   */
  constructor(model: ModelSpec, parameters: Parameters) {
    if (model.bidirectional) throw new EngineError('model.invalid', 'A bidirectional model cannot be run step by step: its backward direction starts at the end of the window.', { bidirectional: true });
    this.model = model;
    const H = model.hiddenSize;
    const rows = gatesOf[model.cell].length * H;
    this.#gates = rows;
    const layers = [...Array(model.layers).keys()];
    const of = (kind: string, layer: number): Float32Array => parameters[`rnn.${kind}_${layerSuffix(layer, 0)}`]!.values;
    this.#inputBias = layers.map((layer) => of('bias_ih', layer));
    this.#recurrentBias = layers.map((layer) => of('bias_hh', layer));
    this.#headBias = parameters['head.bias']!.values;
    const products = vectorProducts([
      ...layers.map((layer) => ({ values: of('weight_hh', layer), N: rows, K: H })),
      ...layers.slice(1).map((layer) => ({ values: of('weight_ih', layer), N: rows, K: layerInputSize(model, layer) })),
      { values: parameters['head.weight']!.values, N: model.outputSize, K: H },
    ]);
    this.#recurrent = products.slice(0, model.layers);
    this.#input = [null, ...products.slice(model.layers, -1)];
    this.#head = products.at(-1)!;
    this.logits = new Float32Array(model.outputSize);
    this.#tokens = tokenRows(of('weight_ih', 0), rows, this.#inputBias[0]!, parameters['embedding.weight']?.values);
    [this.#h, this.#c] = [this.#zeros(), this.#zeros()];
  }

  /** How many tokens it knows. */
  get vocabulary(): number { return this.#tokens.length; }

  /** h of each layer after the last token, [H] each: views. */
  get hidden(): readonly Float32Array[] { return this.#h; }

  reset(): void {
    for (const state of [...this.#h, ...this.#c]) state.fill(0);
  }

  state(): StepperState {
    return { h: this.#h.map((h) => h.slice()), c: this.#c.map((c) => c.slice()) };
  }

  setState({ h, c }: StepperState): void {
    [this.#h, this.#c] = [h.map((state) => state.slice()), c.map((state) => state.slice())];
  }

  /** Takes one token in. @returns `logits` */
  step(token: number): Float32Array {
    const { layers } = this.model;
    for (let layer = 0; layer < layers; layer++) {
      const recurrent = this.#recurrent[layer]!;
      recurrent.x.set(this.#h[layer]!);
      recurrent.run();
      this.#advance(layer, this.#fromBelow(layer, token), recurrent.y);
    }
    this.#head.x.set(this.#h[layers - 1]!);
    this.#head.run();
    for (let o = 0; o < this.logits.length; o++) this.logits[o] = this.#head.y[o]! + this.#headBias[o]!;
    return this.logits;
  }

  /** W_ih x + b_ih of a layer, [G * H]. */
  #fromBelow(layer: number, token: number): Float32Array {
    const product = this.#input[layer];
    if (product === null || product === undefined) return this.#tokens[token]!;
    product.x.set(this.#h[layer - 1]!);
    product.run();
    const bias = this.#inputBias[layer]!;
    for (let j = 0; j < this.#gates; j++) product.y[j]! += bias[j]!;
    return product.y;
  }

  /** The cell: from W_ih x + b_ih and W_hh h (both [G * H]) to the new state of a layer. */
  #advance(layer: number, below: Float32Array, recurrent: Float32Array): void {
    const { cell } = this.model;
    const [h, bias] = [this.#h[layer]!, this.#recurrentBias[layer]!];
    for (let j = 0; j < this.#gates; j++) recurrent[j]! += bias[j]!;
    if (cell === 'lstm') lstm(below, recurrent, h, this.#c[layer]!);
    else if (cell === 'gru') gru(below, recurrent, h);
    else for (let j = 0; j < h.length; j++) {
      const sum = below[j]! + recurrent[j]!;
      h[j] = cell === 'rnn_tanh' ? tanh(sum) : cell === 'rnn_relu' ? Math.max(0, sum) : sum;
    }
  }

  #zeros(): Float32Array[] {
    return Array.from({ length: this.model.layers }, () => new Float32Array(this.model.hiddenSize));
  }
}

/** Gates i, f, g, o; h and c [H] become those after the step. */
function lstm(below: Float32Array, recurrent: Float32Array, h: Float32Array, c: Float32Array): void {
  const H = h.length;
  for (let j = 0; j < H; j++) {
    const input = sigmoid(below[j]! + recurrent[j]!);
    const forget = sigmoid(below[H + j]! + recurrent[H + j]!);
    const candidate = tanh(below[2 * H + j]! + recurrent[2 * H + j]!);
    const output = sigmoid(below[3 * H + j]! + recurrent[3 * H + j]!);
    c[j] = forget * c[j]! + input * candidate;
    h[j] = output * tanh(c[j]!);
  }
}

/** Gates r, z, n; PyTorch's GRU: the reset gate scales W_hn h + b_hn, bias and all. */
function gru(below: Float32Array, recurrent: Float32Array, h: Float32Array): void {
  const H = h.length;
  for (let j = 0; j < H; j++) {
    const reset = sigmoid(below[j]! + recurrent[j]!);
    const update = sigmoid(below[H + j]! + recurrent[H + j]!);
    const candidate = tanh(below[2 * H + j]! + reset * recurrent[2 * H + j]!);
    h[j] = (1 - update) * candidate + update * h[j]!;
  }
}

/** W_ih [rows, F] times each token's one-hot vector (F is the vocabulary) or embedding [vocabulary, F], plus the bias. */
function tokenRows(weight: Float32Array, rows: number, bias: Float32Array, embedding: Float32Array | undefined): Float32Array[] {
  const F = weight.length / rows;
  const vocabulary = embedding === undefined ? F : embedding.length / F;
  return Array.from({ length: vocabulary }, (_, token) => {
    const row = new Float32Array(rows);
    for (let j = 0; j < rows; j++) {
      let sum = bias[j]!;
      if (embedding === undefined) sum += weight[j * F + token]!;
      else for (let f = 0; f < F; f++) sum += weight[j * F + f]! * embedding[token * F + f]!;
      row[j] = sum;
    }
    return row;
  });
}
