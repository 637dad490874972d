import { expect, it } from 'vitest';
import { backends, initialParameters } from '../../engine/index.ts';
import type { ModelSpec } from '../../engine/backend.ts';
import { encodePrompt } from './alphabet.ts';
import { generate } from './generate.ts';
import { lookAt } from './look.ts';
import { readerOf } from './reader.ts';

const text = 'hello world';
const characters = [...new Set(text)].sort();
const alphabet = { characters, unknown: null };
const model: ModelSpec = { cell: 'rnn_tanh', inputSize: 8, hiddenSize: 20, layers: 1, bidirectional: false, dropout: 0, outputSize: 8, headSteps: 'last' };
const ids = Int32Array.from(text, (character) => characters.indexOf(character));
const greedy = { temperature: 0, topK: null, topP: null, seed: 1, stop: '', length: 5 };
const host = { signal: { aborted: false } };
const encode = (prompt: string) => encodePrompt(prompt, alphabet, 'refuse').tokens;

async function trained(over: Partial<ModelSpec> = {}) {
  const spec = { ...model, ...over };
  const backend = await backends.wasm.create(spec, initialParameters(spec, 'pytorch', 7), { loss: { kind: 'crossEntropy' }, optimizer: { kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0 }, seed: 7 });
  await backend.load({ input: { kind: 'tokens', ids, vocabulary: 8 }, targets: { kind: 'classes', ids }, sequenceLength: 2, horizon: 1 });
  for (let epoch = 0; epoch < 80; epoch++) await backend.trainEpoch(Int32Array.from(Array(9).keys()), { batchSize: 3, learningRate: 0.02, clipNorm: null, signal: { aborted: false } });
  return { spec, backend, parameters: await backend.parameters() };
}

it.each([[{}], [{ bidirectional: true }], [{ cell: 'lstm', layers: 2 }]] as [Partial<ModelSpec>][])('the article: after "he", five characters give "hello w" (%o), as the backend predicts window by window', async (over) => {
  const { spec, backend, parameters } = await trained(over);
  const reader = await readerOf(spec, parameters, 2, backends.wasm);
  expect((await generate(reader, alphabet, encode('he'), greedy, host)).text).toBe('llo w');
  for (let start = 0; start < 9; start++) {
    const whole = await backend.predict(Int32Array.of(start));
    reader.reset();
    // What came before the window must not matter.
    if (start > 0) await reader.take(ids[start - 1]!);
    await reader.take(ids[start]!);
    const logits = await reader.take(ids[start + 1]!);
    whole.forEach((value, o) => expect(Math.abs(value - logits[o]!)).toBeLessThan(1e-5));
  }
  reader.dispose();
  backend.dispose();
});

it('stops before the stop string, by length and on a cancel; the same seed gives the same text', async () => {
  const { spec, parameters } = await trained();
  const reader = await readerOf(spec, parameters, 2, backends.wasm);
  expect(await generate(reader, alphabet, encode('he'), { ...greedy, stop: 'o ', length: 50 }, host)).toEqual({ text: 'll', ended: 'stop', drawn: 4 });
  const make = (seed: number) => generate(reader, alphabet, encode('he'), { ...greedy, temperature: 3, seed, length: 200 }, host);
  const first = await make(1);
  expect([...first.text]).toHaveLength(200);
  expect(await make(1)).toEqual(first);
  expect((await make(2)).text).not.toBe(first.text);
  const pieces: string[] = [];
  const signal = { aborted: false };
  const cancelled = await generate(reader, alphabet, encode('he'), { ...greedy, length: 1000 }, { signal, onText: (piece) => { pieces.push(piece); signal.aborted = pieces.length > 1; } });
  expect(cancelled.ended).toBe('cancelled');
  expect(pieces.join('')).toBe(cancelled.text.slice(0, pieces.join('').length));
  expect((await generate(reader, alphabet, [], greedy, host)).text).toHaveLength(5);
});

it('looks at the states and at what comes next, adding up to one', async () => {
  const { spec, parameters } = await trained();
  const look = await lookAt(await readerOf(spec, parameters, 2, backends.wasm), alphabet, encode('hello'), { steps: 3, candidates: 4, temperature: 1 });
  expect(look.characters).toEqual(['l', 'l', 'o']);
  expect(look.hidden.map((h) => h.length)).toEqual([20, 20, 20]);
  expect(look.next![0]).toMatchObject({ character: ' ' });
  expect(look.next!.reduce((sum, { probability }) => sum + probability, look.rest)).toBeCloseTo(1, 12);
});

it('names what a model does not know, leaves it out or takes the nearest', () => {
  expect(() => encodePrompt('hé♥', alphabet, 'refuse')).toThrow(/"é" \(U\+00E9\), "♥" \(U\+2665\)/);
  expect(encodePrompt('hé♥', alphabet, 'drop')).toEqual({ tokens: encode('h'), unknown: ['é', '♥'], lost: ['é', '♥'] });
  expect(encodePrompt('HÉ♥', alphabet, 'map')).toEqual({ tokens: encode('he'), unknown: ['H', 'É', '♥'], lost: ['♥'] });
  expect(encodePrompt('♥', { characters: [...characters, '�'], unknown: 8 }, 'map').tokens).toEqual([8]);
  expect(encodePrompt('👍', alphabet, 'drop').unknown).toEqual(['👍']);
});
