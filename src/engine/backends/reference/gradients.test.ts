import { describe, expect, it } from 'vitest';
import type { LossSpec, ModelSpec, SequenceData } from '../../backend.ts';
import { parameterShapes, sizeOf } from '../../parameters.ts';
import { Rng } from '../../rng.ts';
import { backward, forward, type Mask, type States, type Values } from './network.ts';
import { inputOf, rowLosses } from './windows.ts';

const cells = ['rnn_tanh', 'rnn_relu', 'handwritten', 'lstm', 'gru'] as const;
const losses: LossSpec[] = [{ kind: 'mse' }, { kind: 'mae' }, { kind: 'huber', delta: 0.4 }, { kind: 'crossEntropy' }];
const T = 4;
const start = 1;
const rng = new Rng(5);
const normals = (n: number): Float64Array => Float64Array.from({ length: n }, () => rng.normal());

function dataFor(model: ModelSpec, loss: LossSpec): SequenceData {
  const rows = T + 4;
  return {
    input: { kind: 'dense', values: Float32Array.from(normals(rows * model.inputSize)), features: model.inputSize },
    targets: loss.kind === 'crossEntropy'
      ? { kind: 'classes', ids: Int32Array.from({ length: rows }, () => rng.below(model.outputSize)) }
      : { kind: 'values', values: Float32Array.from(normals(rows * model.outputSize)), width: model.outputSize },
    sequenceLength: T, horizon: 1,
  };
}

/** Half of the values of each lower layer dropped, in a fixed pattern. */
const mask: Mask = (layer, t, unit) => ((layer + t + unit) % 2 === 0 ? 2 : 0);

describe.each(cells)('%s: the gradient is the central difference of the loss', (cell) => {
  it.each(losses)('$kind, last and every step, 1 and 2 layers, one and two directions', (loss) => {
    for (const headSteps of ['last', 'every'] as const) {
      for (const layers of [1, 2]) {
        for (const bidirectional of [false, true]) {
          const model: ModelSpec = { cell, inputSize: 2, hiddenSize: 3, layers, bidirectional, dropout: layers > 1 ? 0.5 : 0, outputSize: 2, headSteps };
          const data = dataFor(model, loss);
          const x = inputOf(data, start);
          const values: Values = Object.fromEntries(parameterShapes(model).map(({ name, shape }) => [name, normals(sizeOf(shape)).map((v) => v * 0.7)]));
          const gradient: Values = Object.fromEntries(Object.entries(values).map(([name, v]) => [name, new Float64Array(v.length)]));
          const count = layers * (bidirectional ? 2 : 1);
          const states: States = {
            h: Array.from({ length: count }, () => normals(3)),
            c: cell === 'lstm' ? Array.from({ length: count }, () => normals(3)) : null,
          };
          const lossNow = (): number =>
            rowLosses(model, loss, data, start, forward(model, values, x, states, mask).outputs).reduce((sum, row) => sum + row.sum, 0);
          const run = forward(model, values, x, states, mask);
          const { dh0, dc0, dx } = backward(model, values, x, run, rowLosses(model, loss, data, start, run.outputs).map((row) => row.gradient), mask, gradient);
          const expectDerivative = (at: Float64Array, i: number, got: number, name: string): void => {
            const kept = at[i]!;
            const step = 1e-5;
            at[i] = kept + step;
            const above = lossNow();
            at[i] = kept - step;
            const below = lossNow();
            at[i] = kept;
            const difference = (above - below) / (2 * step);
            expect(Math.abs(got - difference), `${name}[${i}] ${headSteps} ${layers} layers ${bidirectional}: ${got} and ${difference}`)
              .toBeLessThan(1e-7 * Math.max(1, Math.abs(difference)));
          };
          for (const [name, at] of Object.entries(values)) at.forEach((_, i) => expectDerivative(at, i, gradient[name]![i]!, name));
          states.h.forEach((h, index) => h.forEach((_, i) => expectDerivative(h, i, dh0[index]![i]!, `h0 ${index}`)));
          x.forEach((row, t) => row.forEach((_, f) => expectDerivative(row, f, dx[t]![f]!, `x ${t}`)));
          states.c?.forEach((c, index) => c.forEach((_, i) => expectDerivative(c, i, dc0[index]![i]!, `c0 ${index}`)));
        }
      }
    }
  });
});
