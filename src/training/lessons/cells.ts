import type { BackendFactory, BackendOptions, ModelSpec, SequenceData } from '../../engine/backend.ts';
import { handwrittenStep, initialParameters, Rng, toHandwritten } from '../../engine/index.ts';
import type { Parameters } from '../../engine/parameters.ts';
import type { LessonRequest, LessonResult, LessonTensor } from '../../shared/lessons.ts';
import { memoryCurve } from '../insight/memory.ts';

type Request<L extends LessonRequest['lesson']> = Extract<LessonRequest, { lesson: L }>;
type Result<L extends LessonRequest['lesson']> = Extract<LessonResult, { lesson: L }>;

const options: BackendOptions = { seed: 0, loss: { kind: 'mse' }, optimizer: { kind: 'sgd', momentum: 0, weightDecay: 0 } };

/** One unit that reads one number and says one number. */
const oneUnit = (cell: ModelSpec['cell']): ModelSpec => ({ cell, inputSize: 1, hiddenSize: 1, layers: 1, bidirectional: false, dropout: 0, outputSize: 1, headSteps: 'every' });

function weights(model: ModelSpec, { w, u, b, v, c }: { w: number; u: number; b: number; v: number; c: number }): Parameters {
  const parameters = initialParameters(model, 'pytorch', 0);
  const given: Record<string, number> = { 'rnn.weight_ih_l0': w, 'rnn.weight_hh_l0': u, 'rnn.bias_ih_l0': b, 'rnn.bias_hh_l0': 0, 'head.weight': v, 'head.bias': c };
  for (const [name, value] of Object.entries(given)) parameters[name]!.values.fill(value);
  return parameters;
}

/** One series of numbers, one window over all of it; the targets are not looked at. */
function oneWindow(values: Float32Array, features: number): SequenceData {
  const T = values.length / features;
  return { input: { kind: 'dense', values, features }, targets: { kind: 'values', values: new Float32Array(T + 1), width: 1 }, sequenceLength: T, horizon: 1 };
}

/** Lesson 1: how a linear memory fades with distance, and how the sequence length cuts it off. */
export async function memoryLesson(reference: BackendFactory, { recurrent, sequenceLength }: Request<'memory'>): Promise<Result<'memory'>> {
  const model = oneUnit('handwritten');
  const backend = await reference.create(model, weights(model, { w: 1, u: recurrent, b: 0, v: 1, c: 0 }), options);
  await backend.load(oneWindow(new Float32Array(sequenceLength), 1));
  const curve = (await memoryCurve(backend, Int32Array.of(0), sequenceLength, [0], { aborted: false }, () => Promise.resolve()))!;
  return { lesson: 'memory', relative: curve.relative, halfLife: curve.halfLife };
}

/** Lesson 2: h_t = f(w x_t + u h_(t-1) + b), o_t = v h_t + c, with every number on the way. */
export async function unrolledLesson(reference: BackendFactory, { activation, x, ...given }: Request<'unrolled'>): Promise<Result<'unrolled'>> {
  const model = oneUnit(activation);
  const backend = await reference.create(model, weights(model, given), options);
  await backend.load(oneWindow(Float32Array.from(x), 1));
  const { hidden, output } = await backend.trace(0);
  return {
    lesson: 'unrolled',
    steps: x.map((value, t) => {
      const before = t === 0 ? 0 : hidden[0]![t - 1]![0]!;
      return { x: value, before, sum: given.w * value + given.u * before + given.b, h: hidden[0]![t]![0]!, o: output[t]! };
    }),
  };
}

/** Lesson 3: the cell of two linear layers on [x, h] gives what nn.RNN without its nonlinearity gives. */
export async function handwrittenLesson(reference: BackendFactory, { features: F, hiddenSize: H, steps: T, seed }: Request<'handwritten'>): Promise<Result<'handwritten'>> {
  const model: ModelSpec = { cell: 'handwritten', inputSize: F, hiddenSize: H, layers: 1, bidirectional: false, dropout: 0, outputSize: 1, headSteps: 'every' };
  const parameters = initialParameters(model, 'pytorch', seed);
  const two = toHandwritten(parameters);
  const rng = new Rng(seed, 9);
  const x = Float32Array.from({ length: T * F }, () => rng.normal());
  const backend = await reference.create(model, parameters, options);
  await backend.load(oneWindow(x, F));
  const { hidden, output } = await backend.trace(0);
  let state = new Float64Array(H);
  let largestDifference = 0;
  const steps = Array.from({ length: T }, (_, t) => {
    const input = x.subarray(t * F, (t + 1) * F);
    const combined = [...input, ...state];
    const made = handwrittenStep(two, input, state);
    state = Float64Array.from(made.hidden);
    const rnnHidden = Array.from(hidden[0]![t]!);
    const rnnOutput = [output[t]!];
    made.hidden.forEach((value, j) => { largestDifference = Math.max(largestDifference, Math.abs(value - rnnHidden[j]!)); });
    largestDifference = Math.max(largestDifference, Math.abs(made.output[0]! - rnnOutput[0]!));
    return { combined, hidden: Array.from(made.hidden), output: Array.from(made.output), rnnHidden, rnnOutput };
  });
  const tensor = (name: string, { shape, values }: { shape: number[]; values: Float32Array }): LessonTensor => ({ name, shape, values: Array.from(values) });
  return {
    lesson: 'handwritten', steps, largestDifference,
    i2hWeight: tensor('i2h.weight', two.i2hWeight), i2hBias: tensor('i2h.bias', two.i2hBias), i2oWeight: tensor('i2o.weight', two.i2oWeight), i2oBias: tensor('i2o.bias', two.i2oBias),
  };
}
