import type { Backend, BackendOptions, ModelSpec } from '../../engine/backend.ts';
import { initialParameters, Rng } from '../../engine/index.ts';
import type { Parameters } from '../../engine/parameters.ts';
import type { LessonRequest, LessonResult } from '../../shared/lessons.ts';
import type { Engines } from '../choose.ts';
import { memoryCurve } from '../insight/memory.ts';

type RecallRequest = Extract<LessonRequest, { lesson: 'recall' }>;
type RecallResult = Extract<LessonResult, { lesson: 'recall' }>;

/** The task: a symbol is shown, then `distance` distractions; at the end the symbol must be said. */
const SYMBOLS = 4;
const DISTRACTIONS = 4;
const VOCABULARY = SYMBOLS + DISTRACTIONS;
const SEQUENCES = 512;
const BATCH = 64;
const TESTED = 512;
/** Training loss from which nothing more is to be learnt. */
const LEARNT = 0.005;

/** Sequences one behind the other, T tokens each; the target after each is its first token. */
function sequences(rng: Rng, count: number, T: number): { ids: Int32Array; targets: Int32Array; starts: Int32Array } {
  const ids = new Int32Array((count + 1) * T);
  const targets = new Int32Array((count + 1) * T);
  for (let n = 0; n < count; n++) {
    const symbol = rng.below(SYMBOLS);
    ids[n * T] = symbol;
    for (let t = 1; t < T; t++) ids[n * T + t] = SYMBOLS + rng.below(DISTRACTIONS);
    targets[(n + 1) * T] = symbol;
  }
  return { ids, targets, starts: Int32Array.from({ length: count }, (_, n) => n * T) };
}

/**
 * Gates that begin open for about as long as the distance: forget gate of an LSTM and update gate of a GRU get the bias
 * ln u, u uniform in 1 .. T (chrono initialisation, Tallec and Ollivier 2018). A plain RNN has no gate to open.
 */
function openGates(parameters: Parameters, { cell, hiddenSize: H }: ModelSpec, T: number, rng: Rng): void {
  if (cell !== 'lstm' && cell !== 'gru') return;
  const bias = parameters['rnn.bias_ih_l0']!.values;
  const hidden = parameters['rnn.bias_hh_l0']!.values;
  // PyTorch's order: i f g o and r z n; both have theirs in the second block.
  for (let j = 0; j < H; j++) {
    const open = Math.log(1 + rng.uniform() * Math.max(1, T - 1));
    bias[H + j] = open;
    hidden[H + j] = 0;
    if (cell === 'lstm') { bias[j] = -open; hidden[j] = 0; }
  }
}

/** Trains a small network to recall over one distance, from scratch, in a few seconds. @returns null when cancelled */
export async function recallLesson({ wasm }: Engines, request: RecallRequest, pause: () => Promise<boolean>): Promise<RecallResult | null> {
  const { cell, distance, hiddenSize, epochs, learningRate, seed } = request;
  const T = distance + 1;
  const rng = new Rng(seed, distance);
  const model: ModelSpec = { cell, inputSize: VOCABULARY, hiddenSize, layers: 1, bidirectional: false, dropout: 0, outputSize: SYMBOLS, headSteps: 'last' };
  const options: BackendOptions = { seed, loss: { kind: 'crossEntropy' }, optimizer: { kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0 } };
  const parameters = initialParameters(model, 'pytorch', seed);
  openGates(parameters, model, T, rng);
  const backend = await wasm.create(model, parameters, options);
  try {
    const load = ({ ids, targets }: { ids: Int32Array; targets: Int32Array }) =>
      backend.load({ input: { kind: 'tokens', ids, vocabulary: VOCABULARY }, targets: { kind: 'classes', ids: targets }, sequenceLength: T, horizon: 1 });
    const losses: number[] = [];
    let stopped = false;
    for (let epoch = 0; epoch < epochs && !stopped; epoch++) {
      // New sequences each time: there is nothing to learn by heart.
      const part = sequences(rng, SEQUENCES, T);
      await load(part);
      const { loss } = await backend.trainEpoch(part.starts, { batchSize: BATCH, learningRate, clipNorm: 1, signal: { aborted: false } });
      losses.push(loss);
      if (await pause()) return null;
      stopped = loss < LEARNT;
    }
    const test = sequences(new Rng(seed, 1_000_000), TESTED, T);
    await load(test);
    const accuracy = await shareRight(backend, test);
    const memory = await memoryCurve(backend, test.starts.subarray(0, 128), T, [0], { aborted: false }, () => Promise.resolve());
    return { lesson: 'recall', accuracy, chance: 1 / SYMBOLS, epochs: losses.length, losses, memory: memory!.relative };
  } finally {
    backend.dispose();
  }
}

async function shareRight(backend: Backend, { starts, targets }: { starts: Int32Array; targets: Int32Array }): Promise<number> {
  const logits = await backend.predict(starts); // [N, SYMBOLS]
  const T = starts[1]!;
  let right = 0;
  starts.forEach((start, n) => {
    const row = logits.subarray(n * SYMBOLS, (n + 1) * SYMBOLS);
    if (row.indexOf(Math.max(...row)) === targets[start + T]) right++;
  });
  return right / starts.length;
}
