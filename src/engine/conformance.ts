import type { Backend, BackendFactory, BackendOptions, LossSpec, ModelSpec, OptimizerSpec, SequenceData } from './backend.ts';
import { initialParameters } from './initializer.ts';
import type { Parameters } from './parameters.ts';
import { Rng } from './rng.ts';

/** One problem that every backend must solve alike: a model, a loss, an optimizer, a series and the windows of a batch. */
export interface ConformanceCase {
  name: string;
  model: ModelSpec;
  options: BackendOptions;
  data: SequenceData;
  starts: Int32Array;
  clipNorm: number | null;
}

export interface CaseChoice {
  cell: ModelSpec['cell'];
  headSteps?: ModelSpec['headSteps'];
  loss?: LossSpec;
  optimizer?: OptimizerSpec;
  layers?: number;
  bidirectional?: boolean;
  dropout?: number;
  time?: number;
  batch?: number;
  inputSize?: number;
  hiddenSize?: number;
  outputSize?: number;
  /** Rows ahead; with values, outputSize must be a multiple of it. */
  horizon?: number;
  tokens?: boolean;
  /** Tokens of a learnt table with rows of inputSize; tokens are implied. */
  vocabulary?: number;
  initialState?: boolean;
  clipNorm?: number | null;
  seed?: number;
}

export const adam: OptimizerSpec = { kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0 };

/** A case with random numbers from its seed; what is not chosen is small and odd. */
export function conformanceCase(choice: CaseChoice): ConformanceCase {
  const {
    cell, headSteps = 'last', loss = { kind: 'mse' }, optimizer = adam, layers = 1, bidirectional = false, dropout = 0, time: T = 5,
    batch: B = 3, inputSize: F = 3, hiddenSize: H = 5, outputSize: O = 2, horizon = 1, vocabulary, tokens = vocabulary !== undefined, initialState = false, clipNorm = null, seed = 1,
  } = choice;
  const rng = new Rng(seed, 77);
  const normals = (n: number): Float32Array => Float32Array.from({ length: n }, () => rng.normal());
  const ids = (n: number, below: number): Int32Array => Int32Array.from({ length: n }, () => rng.below(below));
  const rows = T + horizon + 2 * B;
  const model: ModelSpec = { cell, inputSize: F, ...(vocabulary === undefined ? {} : { vocabulary }), hiddenSize: H, layers, bidirectional, dropout, outputSize: O, headSteps };
  const states = layers * (bidirectional ? 2 : 1) * H;
  const data: SequenceData = {
    input: tokens ? { kind: 'tokens', ids: ids(rows, vocabulary ?? F), vocabulary: vocabulary ?? F } : { kind: 'dense', values: normals(rows * F), features: F },
    targets: loss.kind === 'crossEntropy' ? { kind: 'classes', ids: ids(rows, O) } : { kind: 'values', values: normals(rows * (O / horizon)), width: O / horizon },
    sequenceLength: T, horizon,
    ...(initialState ? { initialState: cell === 'lstm' ? { h: normals(states), c: normals(states) } : { h: normals(states) } } : {}),
  };
  const name = [cell, headSteps, loss.kind, optimizer.kind, `L${layers}${bidirectional ? ' both ways' : ''}`, `B${B} T${T} F${F} H${H} O${O} ahead ${horizon}`,
    vocabulary !== undefined ? `embedding of ${vocabulary}` : tokens ? 'tokens' : '', initialState ? 'given state' : '', dropout > 0 ? `dropout ${dropout}` : '', clipNorm === null ? '' : `clip ${clipNorm}`].filter((part) => part !== '').join(', ');
  return { name, model, options: { loss, optimizer, seed }, data, starts: ids(B, rows - T - horizon + 1), clipNorm };
}

/** A backend with the case's first parameters and series. */
export async function prepared(factory: BackendFactory, { model, options, data }: ConformanceCase): Promise<Backend> {
  const backend = await factory.create(model, initialParameters(model, 'pytorch', options.seed), options);
  await backend.load(data);
  return backend;
}

/** Every number that a backend gives for a case, by name, in one order. */
export async function everyNumber(factory: BackendFactory, problem: ConformanceCase): Promise<Record<string, Float32Array>> {
  const backend = await prepared(factory, problem);
  const { starts, model, data } = problem;
  const numbers: Record<string, Float32Array> = {};
  const put = (prefix: string, parameters: Parameters): void => {
    for (const [name, { values }] of Object.entries(parameters)) numbers[`${prefix} ${name}`] = values;
  };
  numbers['outputs'] = await backend.predict(starts);
  numbers['mean loss'] = Float32Array.of(await backend.evaluate(starts));
  const { loss, gradients } = await backend.gradients(starts);
  numbers['batch loss'] = Float32Array.of(loss);
  put('gradient of', gradients);
  const trace = await backend.trace(starts[0]!);
  trace.hidden.forEach((byTime, index) => byTime.forEach((h, t) => { numbers[`hidden ${index} at ${t}`] = h; }));
  for (const [gate, byLayer] of Object.entries(trace.gates)) {
    byLayer.forEach((byTime, index) => byTime.forEach((h, t) => { numbers[`gate ${gate} ${index} at ${t}`] = h; }));
  }
  numbers['traced output'] = trace.output;
  trace.gradientNorms.forEach((norms, index) => { numbers[`gradient through time ${index}`] = norms; });
  for (const output of new Set([0, model.outputSize - 1])) numbers[`sensitivity of output ${output}`] = await backend.sensitivity(starts, output);
  numbers['gradient flow'] = await backend.gradientFlow(starts);
  const F = model.inputSize;
  const T = data.sequenceLength;
  const values = Float32Array.from({ length: 2 * T * F }, (_, i) => Math.sin(i));
  const states = await backend.run({ shape: [2, T, F], values });
  numbers['run output'] = states.output.values;
  numbers['run h_n'] = states.hN.values;
  if (states.cN !== null) numbers['run c_n'] = states.cN.values;
  const unbatched = await backend.run({ shape: [T, F], values: values.subarray(T * F) });
  numbers['unbatched output'] = unbatched.output.values;
  const size = Math.max(1, Math.ceil(starts.length / 2));
  for (let epoch = 0; epoch < 2; epoch++) {
    const result = await backend.trainEpoch(starts, { batchSize: size, learningRate: 0.01, clipNorm: problem.clipNorm, signal: { aborted: false } });
    numbers[`epoch ${epoch}`] = Float32Array.of(result.loss, result.gradNorm, result.steps);
  }
  put('trained', await backend.parameters());
  for (const [name, state] of Object.entries(await backend.optimizerState())) {
    if (!name.startsWith('remainder')) numbers[`state ${name}`] = state;
  }
  backend.dispose();
  return numbers;
}

/** How far two arrays lie apart: the largest difference, against the largest of the expected values or 1e-3. */
export function distance(got: Float32Array, expected: Float32Array): number {
  if (got.length !== expected.length) return Infinity;
  let largest = 1e-3;
  let difference = 0;
  for (let i = 0; i < got.length; i++) {
    largest = Math.max(largest, Math.abs(expected[i]!));
    const d = Math.abs(got[i]! - expected[i]!);
    if (!(d <= difference)) difference = d; // NaN counts
  }
  return difference / largest;
}

const cells = ['rnn_tanh', 'rnn_relu', 'handwritten', 'lstm', 'gru'] as const;

/** Models with a table of learnt vectors before the first layer. */
export function embeddingCases(): ConformanceCase[] {
  return cells.flatMap((cell, i) => {
    const choices: CaseChoice[] = [
      { cell, vocabulary: 6, loss: { kind: 'crossEntropy' }, outputSize: 6, headSteps: 'every' }, { cell, vocabulary: 9, layers: 2, bidirectional: true, dropout: 0.3 },
      { cell, vocabulary: 5, batch: 300, time: 3, inputSize: 4 }, { cell, vocabulary: 11, batch: 70, time: 20, hiddenSize: 20, inputSize: 7, bidirectional: true, clipNorm: 0.5 },
      { cell, vocabulary: 4, time: 1, batch: 1, inputSize: 1, hiddenSize: 1 },
    ];
    return choices.map((choice, k) => conformanceCase({ ...choice, seed: 1000 + 10 * i + k }));
  });
}

/** The cases of the suite: every cell with every head, loss, depth, direction, optimizer and kind of input, not every product of them. */
export function conformanceCases(): ConformanceCase[] {
  const choices: CaseChoice[] = [];
  for (const cell of cells) {
    choices.push(
      { cell }, { cell, headSteps: 'every' }, { cell, layers: 3 }, { cell, bidirectional: true }, { cell, bidirectional: true, layers: 2, headSteps: 'every' },
      { cell, loss: { kind: 'mae' } }, { cell, loss: { kind: 'huber', delta: 0.5 }, headSteps: 'every' },
      { cell, loss: { kind: 'crossEntropy' }, outputSize: 6 }, { cell, loss: { kind: 'crossEntropy' }, headSteps: 'every', outputSize: 7, inputSize: 7, tokens: true },
      { cell, tokens: true, inputSize: 6, layers: 2, bidirectional: true }, { cell, outputSize: 6, horizon: 3 }, { cell, outputSize: 4, horizon: 2, headSteps: 'every' },
      { cell, initialState: true, layers: 2, bidirectional: true }, { cell, initialState: true, headSteps: 'every' },
      { cell, dropout: 0.4, layers: 3, bidirectional: true }, { cell, dropout: 0.2, layers: 2, headSteps: 'every', hiddenSize: 8 },
      { cell, batch: 1, time: 1, inputSize: 1, hiddenSize: 1, outputSize: 1 }, { cell, batch: 7, time: 9, hiddenSize: 20, inputSize: 1, outputSize: 1 },
      { cell, batch: 13, time: 30, hiddenSize: 33, inputSize: 10, outputSize: 9, headSteps: 'every' }, { cell, clipNorm: 0.05 }, { cell, layers: 8, hiddenSize: 4 },
    );
  }
  // Large enough for several shards.
  choices.push({ cell: 'gru', batch: 71, time: 6, hiddenSize: 25, layers: 2, bidirectional: true, dropout: 0.2 });
  // More windows than the head takes at once.
  for (const headSteps of ['last', 'every'] as const) {
    choices.push({ cell: 'rnn_tanh', batch: 300, time: 3, headSteps }, { cell: 'lstm', batch: 530, time: 2, hiddenSize: 4, bidirectional: true, headSteps });
  }
  const rest = { weightDecay: 0.01, epsilon: 1e-8 };
  const optimizers: OptimizerSpec[] = [
    { kind: 'sgd', momentum: 0, weightDecay: 0 }, { kind: 'sgd', momentum: 0.9, weightDecay: 0.01 },
    { kind: 'rmsprop', alpha: 0.99, momentum: 0, ...rest }, { kind: 'rmsprop', alpha: 0.9, momentum: 0.8, ...rest },
    { kind: 'adam', beta1: 0.9, beta2: 0.999, ...rest }, { kind: 'adamw', beta1: 0.8, beta2: 0.99, ...rest },
  ];
  for (const optimizer of optimizers) choices.push({ cell: 'gru', optimizer, clipNorm: 0.5 }, { cell: 'lstm', optimizer });
  return choices.map((choice, i) => conformanceCase({ ...choice, seed: i + 1 }));
}
