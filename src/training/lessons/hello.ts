import type { BackendOptions, ModelSpec } from '../../engine/backend.ts';
import { initialParameters, probabilitiesOf, Rng } from '../../engine/index.ts';
import { inputError } from '../../shared/errors.ts';
import type { LessonRequest, LessonResult } from '../../shared/lessons.ts';
import type { Engines } from '../choose.ts';

type HelloRequest = Extract<LessonRequest, { lesson: 'hello' }>;
type HelloResult = Extract<LessonResult, { lesson: 'hello' }>;

/**
 * Lesson 4: from so many characters predict the next. One-hot characters in, softmax over the characters out; then the text is
 * carried on greedily, each time from its last `sequence` characters.
 * @returns null when cancelled
 * @throws inputError where the text is too short, has one character only, or the prompt has one that the text lacks
 */
export async function helloLesson({ wasm }: Engines, { text, sequence: T, hiddenSize, epochs, learningRate, prompt, length, seed }: HelloRequest, pause: () => Promise<boolean>): Promise<HelloResult | null> {
  const characters = [...text];
  const vocabulary = [...new Set(characters)].sort();
  const windows = characters.length - T;
  if (windows < 1) throw inputError('lesson.text-short', `The text has ${characters.length} characters, and a window needs ${T + 1}.`, { field: 'text', details: { characters: characters.length, needed: T + 1 } });
  if (vocabulary.length < 2) throw inputError('lesson.text-one', 'The text has one character only: there is nothing to tell apart.', { field: 'text' });
  const start = [...prompt];
  const unknown = start.find((character) => !vocabulary.includes(character));
  if (unknown !== undefined) throw inputError('lesson.prompt-unknown', `The text has no "${unknown}".`, { field: 'prompt', details: { character: unknown } });
  if (start.length < T) throw inputError('lesson.prompt-short', `The prompt needs at least ${T} characters.`, { field: 'prompt', details: { needed: T } });
  const ids = Int32Array.from(characters, (character) => vocabulary.indexOf(character));
  const model: ModelSpec = { cell: 'rnn_tanh', inputSize: vocabulary.length, hiddenSize, layers: 1, bidirectional: false, dropout: 0, outputSize: vocabulary.length, headSteps: 'last' };
  const options: BackendOptions = { seed, loss: { kind: 'crossEntropy' }, optimizer: { kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0 } };
  const backend = await wasm.create(model, initialParameters(model, 'pytorch', seed), options);
  try {
    const load = (tokens: Int32Array) => backend.load({ input: { kind: 'tokens', ids: tokens, vocabulary: vocabulary.length }, targets: { kind: 'classes', ids: tokens }, sequenceLength: T, horizon: 1 });
    await load(ids);
    const order = Int32Array.from({ length: windows }, (_, i) => i);
    const rng = new Rng(seed, 1);
    const losses: number[] = [];
    for (let epoch = 0; epoch < epochs; epoch++) {
      rng.shuffle(order);
      losses.push((await backend.trainEpoch(order, { batchSize: Math.min(32, windows), learningRate, clipNorm: null, signal: { aborted: false } })).loss);
      if (epoch % 20 === 0 && await pause()) return null;
    }
    const said = [...start];
    const steps: HelloResult['steps'] = [];
    while (said.length < start.length + length) {
      const seen = said.slice(-T);
      await load(Int32Array.from([...seen, seen[0]!], (character) => vocabulary.indexOf(character)));
      const probabilities = Array.from(probabilitiesOf(await backend.predict(Int32Array.of(0))));
      const next = vocabulary[probabilities.indexOf(Math.max(...probabilities))]!;
      steps.push({ seen: seen.join(''), next, probabilities });
      said.push(next);
    }
    return {
      lesson: 'hello', vocabulary, losses, generated: said.join(''), steps,
      shapes: { X: [windows, T, vocabulary.length], output: [windows, T, hiddenSize], y: [windows] },
    };
  } finally {
    backend.dispose();
  }
}
