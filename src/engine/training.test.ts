import { describe, expect, it } from 'vitest';
import { conformanceCase, prepared, type CaseChoice } from './conformance.ts';
import type { Backend, TrainEpochOptions } from './backend.ts';
import { backends } from './index.ts';
import { findLearningRate } from './rate-finder.ts';

const quiet = { batchSize: 2, learningRate: 0.01, clipNorm: 1, signal: { aborted: false } } satisfies TrainEpochOptions;
const order = Int32Array.of(0, 3, 1, 4, 2);
const choice: CaseChoice = { cell: 'lstm', layers: 2, dropout: 0.3, bidirectional: true, hiddenSize: 6, batch: 5 };

async function train(backend: Backend, epochs: number): Promise<number[]> {
  const losses: number[] = [];
  for (let e = 0; e < epochs; e++) losses.push((await backend.trainEpoch(order, quiet)).loss);
  return losses;
}

describe.each(Object.values(backends))('$name', (factory) => {
  it('gives the same bits for the same seed', async () => {
    const [a, b] = [await prepared(factory, conformanceCase(choice)), await prepared(factory, conformanceCase(choice))];
    expect(await train(a, 3)).toEqual(await train(b, 3));
    expect(await a.parameters()).toEqual(await b.parameters());
  });

  it('goes on from parameters and optimizer state as if it had never stopped, dropout included', async () => {
    const whole = await prepared(factory, conformanceCase(choice));
    await train(whole, 2);
    const resumed = await prepared(factory, conformanceCase(choice));
    await resumed.setParameters(await whole.parameters());
    await resumed.setOptimizerState(await whole.optimizerState());
    expect(await train(resumed, 3)).toEqual(await train(whole, 3));
    expect(await resumed.parameters()).toEqual(await whole.parameters());
    expect(await resumed.optimizerState()).toEqual(await whole.optimizerState());
  });

  it('trains on a partial last batch, and tells the host after the last', async () => {
    const backend = await prepared(factory, conformanceCase(choice));
    const told: [number, number][] = [];
    const result = await backend.trainEpoch(order, { ...quiet, onBatch: (batch, batches) => { told.push([batch, batches]); } });
    expect(result).toMatchObject({ steps: 3, nonFiniteStep: null });
    expect(told.at(-1)).toEqual([3, 3]);
  });

  it('tells the host at least every 10 ms or every batch, waits for it, and stops within a batch', async () => {
    const backend = await prepared(factory, conformanceCase({ cell: 'gru', batch: 3, hiddenSize: 16, time: 8 }));
    const many = Int32Array.from({ length: 200_000 }, (_, i) => i % 5);
    const signal = { aborted: false };
    const times: number[] = [];
    const result = await backend.trainEpoch(many, {
      ...quiet, signal, onBatch: async () => {
        times.push(performance.now());
        await new Promise((resolve) => { setTimeout(resolve, 0); });
        if (times.length === 4) signal.aborted = true;
      },
    });
    expect(times).toHaveLength(4);
    expect(result.steps).toBeLessThan(100_000);
    expect(result.steps).toBeGreaterThanOrEqual(4);
  });

  it('names the step whose loss is not finite and keeps the last finite parameters', async () => {
    const problem = conformanceCase({ cell: 'rnn_tanh', outputSize: 1, batch: 5 });
    (problem.data.targets as { values: Float32Array })['values'][1 + problem.data.sequenceLength] = NaN; // target of the window from row 1
    const backend = await prepared(factory, problem);
    const result = await backend.trainEpoch(order, quiet);
    expect(result).toMatchObject({ steps: 1, nonFiniteStep: 1 });
    expect(result.loss).toBeNaN();
    for (const { values } of Object.values(await backend.parameters())) expect(values.every(Number.isFinite)).toBe(true);
    expect((await backend.optimizerState())['step']![0]).toBe(1);
  });

  it('learns', async () => {
    const problem = conformanceCase({ cell: 'gru', hiddenSize: 12, batch: 5, outputSize: 1 });
    const backend = await prepared(factory, problem);
    const first = await backend.evaluate(order);
    await train(backend, 60);
    expect(await backend.evaluate(order)).toBeLessThan(first / 4);
  });

  it('finds a learning rate and leaves the backend as it was', async () => {
    const problem = conformanceCase({ cell: 'rnn_tanh', hiddenSize: 8, batch: 20, outputSize: 1 });
    const backend = await prepared(factory, problem);
    await backend.trainEpoch(problem.starts, { ...quiet, batchSize: 5 });
    const before = [await backend.parameters(), await backend.optimizerState()];
    const found = await findLearningRate(backend, problem.starts, { batchSize: 10, from: 1e-5, to: 10, steps: 60, clipNorm: null, signal: quiet.signal });
    expect([await backend.parameters(), await backend.optimizerState()]).toEqual(before);
    expect(found.rates[0]).toBeCloseTo(1e-5, 12);
    expect(found.suggestion).toBeGreaterThan(1e-5);
    expect(found.suggestion).toBeLessThan(10);
    expect(found.losses.length).toBe(found.smoothed.length);
  });
});
