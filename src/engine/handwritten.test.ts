import { expect, it } from 'vitest';
import { backends } from './index.ts';
import { adam, conformanceCase, distance, prepared } from './conformance.ts';
import { fromHandwritten, handwrittenStep, toHandwritten } from './handwritten.ts';

const problem = conformanceCase({ cell: 'handwritten', time: 6, inputSize: 3, hiddenSize: 5, outputSize: 2, headSteps: 'every' });

it('the lesson\'s concatenation and two linear layers are nn.RNN without its nonlinearity, on every backend', async () => {
  for (const factory of Object.values(backends)) {
    const backend = await prepared(factory, problem);
    const weights = toHandwritten(await backend.parameters());
    const trace = await backend.trace(1);
    const input = problem.data.input as { values: Float32Array; features: number };
    let hidden: Float64Array = new Float64Array(5);
    for (let t = 0; t < 6; t++) {
      const step = handwrittenStep(weights, input.values.subarray((1 + t) * 3, (2 + t) * 3), hidden);
      hidden = step.hidden;
      expect(distance(trace.hidden[0]![t]!, Float32Array.from(hidden))).toBeLessThan(1e-6);
      expect(distance(trace.output.subarray(t * 2, t * 2 + 2), Float32Array.from(step.output))).toBeLessThan(1e-6);
    }
  }
});

it('goes there and back', async () => {
  const backend = await prepared(backends.reference, problem);
  const weights = toHandwritten(await backend.parameters());
  expect(toHandwritten(fromHandwritten(weights))).toEqual(weights);
  const other = await backends.reference.create(problem.model, fromHandwritten(weights), { loss: { kind: 'mse' }, optimizer: adam, seed: 1 });
  await other.load(problem.data);
  expect(distance(await other.predict(problem.starts), await backend.predict(problem.starts))).toBeLessThan(1e-6);
});

it('refuses more than one layer', async () => {
  const two = await prepared(backends.reference, conformanceCase({ cell: 'handwritten', layers: 2 }));
  const parameters = await two.parameters();
  expect(() => toHandwritten(parameters)).toThrow(/one layer/);
});
