import { describe, expect, it } from 'vitest';
import type { BackendOptions, ModelSpec, SequenceData } from './backend.ts';
import { reference } from './backends/reference/reference-backend.ts';
import { initialParameters } from './initializer.ts';
import { Rng } from './rng.ts';

const T = 6;
const H = 4;
const rng = new Rng(9);
const values = Float32Array.from({ length: 40 }, () => rng.normal());
const options: BackendOptions = { seed: 1, loss: { kind: 'mse' }, optimizer: { kind: 'sgd', momentum: 0, weightDecay: 0 } };
const series = (sequenceLength: number): SequenceData => ({ input: { kind: 'dense', values, features: 1 }, targets: { kind: 'values', values, width: 1 }, sequenceLength, horizon: 1 });

/** What follows h_t is a shorter window that starts from it: the loss's central difference by h_t is the gradient through time. */
describe.each(['rnn_tanh', 'handwritten', 'lstm', 'gru'] as const)('%s', (cell) => {
  it('the gradient through time is the central difference of the loss by the state', async () => {
    const model: ModelSpec = { cell, inputSize: 1, hiddenSize: H, layers: 1, bidirectional: false, dropout: 0, outputSize: 1, headSteps: 'last' };
    const backend = await reference.create(model, initialParameters(model, 'pytorch', 3), options);
    for (const start of [0, 7]) {
      await backend.load(series(T));
      const flow = await backend.gradientFlow(Int32Array.of(start));
      const { hidden, gates } = await backend.trace(start);
      for (let t = 0; t < T - 1; t++) {
        const rest = series(T - 1 - t);
        const c = gates['c']?.[0]![t];
        let squares = 0;
        for (let unit = 0; unit < H; unit++) {
          const lossAt = async (by: number): Promise<number> => {
            const h = hidden[0]![t]!.slice();
            h[unit]! += by;
            await backend.load({ ...rest, initialState: c === undefined ? { h } : { h, c } });
            return backend.evaluate(Int32Array.of(start + t + 1));
          };
          squares += ((await lossAt(2 ** -10) - await lossAt(-(2 ** -10))) * 2 ** 9) ** 2;
        }
        expect(Math.abs(flow[t]! / Math.sqrt(squares) - 1), `step ${t} of window ${start}`).toBeLessThan(1e-3);
      }
    }
  });
});

it('is a mean over the windows, and of a target at every step that of the last step alone', async () => {
  for (const headSteps of ['last', 'every'] as const) {
    const model: ModelSpec = { cell: 'gru', inputSize: 1, hiddenSize: H, layers: 2, bidirectional: true, dropout: 0, outputSize: 1, headSteps };
    const backend = await reference.create(model, initialParameters(model, 'pytorch', 3), options);
    await backend.load(series(T));
    const one = await backend.gradientFlow(Int32Array.of(2));
    const other = await backend.gradientFlow(Int32Array.of(11));
    expect(one).toHaveLength(4 * T);
    const both = await backend.gradientFlow(Int32Array.of(2, 11));
    both.forEach((value, i) => expect(value).toBeCloseTo((one[i]! + other[i]!) / 2, 6));
    // The last layer's backward direction reads the last row first: no error of the last step reaches its later states.
    expect(Array.from(one.subarray(3 * T, 4 * T - 1))).toEqual(Array.from({ length: T - 1 }, () => 0));
  }
});
