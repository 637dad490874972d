import { expect, it } from 'vitest';
import type { ModelSpec } from './backend.ts';
import { backends, initialParameters, probabilitiesOf, Rng, ruledProbabilities, sampleToken, Stepper } from './index.ts';

const V = 9;
const model = (cell: ModelSpec['cell'], headSteps: ModelSpec['headSteps'], layers: number): ModelSpec => ({
  cell, inputSize: V, hiddenSize: 13, layers, bidirectional: false, dropout: 0, outputSize: V, headSteps,
});
const ids = Int32Array.from({ length: 12 }, (_, i) => (i * 5 + (i >> 1)) % V);

it.each((['rnn_tanh', 'rnn_relu', 'handwritten', 'lstm', 'gru'] as const).flatMap((cell) => [[cell, 1], [cell, 3]] as const))('%s, %i layers: step by step gives what the reference backend predicts of the window', async (cell, layers) => {
  const spec = model(cell, 'every', layers);
  const parameters = initialParameters(spec, 'pytorch', 3);
  const backend = await backends.reference.create(spec, parameters, { loss: { kind: 'crossEntropy' }, optimizer: { kind: 'sgd', momentum: 0, weightDecay: 0 }, seed: 1 });
  await backend.load({ input: { kind: 'tokens', ids, vocabulary: V }, targets: { kind: 'classes', ids }, sequenceLength: 10, horizon: 1 });
  const whole = await backend.predict(Int32Array.of(1));
  const stepper = new Stepper(spec, parameters);
  for (let t = 0; t < 10; t++) {
    const logits = stepper.step(ids[1 + t]!);
    for (let o = 0; o < V; o++) expect(Math.abs(logits[o]! - whole[t * V + o]!)).toBeLessThan(1e-5);
  }
  backend.dispose();
});

it('goes back to a state that was kept, and knows an embedding as the rows of its weight', () => {
  const spec = { ...model('lstm', 'every', 2), inputSize: 4 };
  const parameters = { ...initialParameters(spec, 'pytorch', 3), 'embedding.weight': { shape: [V, 4], values: Float32Array.from({ length: V * 4 }, (_, i) => Math.sin(i)) } };
  const stepper = new Stepper(spec, parameters);
  expect(stepper.vocabulary).toBe(V);
  stepper.step(1);
  const kept = stepper.state();
  const first = stepper.step(2).slice();
  stepper.step(3);
  stepper.setState(kept);
  expect(stepper.step(2)).toEqual(first);
  stepper.reset();
  stepper.step(1);
  expect(stepper.step(2)).toEqual(first);
});

it('refuses a model that reads the future', () => {
  const spec = { ...model('gru', 'every', 1), bidirectional: true };
  expect(() => new Stepper(spec, initialParameters(spec, 'pytorch', 1))).toThrow(/bidirectional/);
});

const logits = Float32Array.of(1, 3, 2, -4, 3);
const sum = (values: Float64Array) => values.reduce((a, b) => a + b, 0);

it('probabilities add up to one, whatever the rule', () => {
  for (const temperature of [0, 0.2, 1, 5]) {
    expect(sum(probabilitiesOf(logits, temperature))).toBeCloseTo(1, 12);
    for (const topK of [null, 1, 3, 99]) for (const topP of [null, 0.01, 0.5, 1]) expect(sum(ruledProbabilities(logits, { temperature, topK, topP }))).toBeCloseTo(1, 12);
  }
  expect(sum(probabilitiesOf(Float32Array.of(1e30, -1e30, 80), 0.01))).toBe(1);
});

it('top-k keeps the k most likely, top-p the fewest that reach p, temperature 0 the first of the likeliest', () => {
  const kept = (topK: number | null, topP: number | null) => [...ruledProbabilities(logits, { temperature: 1, topK, topP }).entries()].filter(([, p]) => p > 0).map(([token]) => token);
  expect(kept(2, null)).toEqual([1, 4]);
  expect(kept(null, 0.5)).toEqual([1, 4]);
  expect(kept(null, 0.3)).toEqual([1]);
  expect(kept(null, 1)).toEqual([0, 1, 2, 3, 4]);
  expect(sampleToken(logits, { temperature: 0, topK: null, topP: null }, new Rng(1))).toBe(1);
});

it('draws each token as often as it is likely, and the same for a seed', () => {
  const draw = (seed: number) => { const rng = new Rng(seed); return Array.from({ length: 20_000 }, () => sampleToken(logits, { temperature: 1, topK: null, topP: null }, rng)); };
  const tokens = draw(5);
  expect(draw(5)).toEqual(tokens);
  const probabilities = probabilitiesOf(logits);
  for (let token = 0; token < 5; token++) expect(tokens.filter((t) => t === token).length / 20_000).toBeCloseTo(probabilities[token]!, 1.9);
});
