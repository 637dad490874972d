import { describe, expect, it } from 'vitest';
import type { ModelSpec, SequenceData } from './backend.ts';
import { adam, conformanceCase, prepared } from './conformance.ts';
import { backends, EngineError, initialParameters, parameterShapes } from './index.ts';

const model: ModelSpec = { cell: 'gru', inputSize: 3, hiddenSize: 5, layers: 1, bidirectional: false, dropout: 0, outputSize: 2, headSteps: 'last' };
const options = { loss: { kind: 'mse' } as const, optimizer: adam, seed: 1 };
const rejection = (promise: Promise<unknown>): Promise<EngineError> =>
  promise.then(() => { throw new Error('It should have been refused.'); }, (error: unknown) => { expect(error).toBeInstanceOf(EngineError); return error as EngineError; });

describe.each(Object.values(backends))('$name refuses, in a sentence', (factory) => {
  const create = (changed: Partial<ModelSpec>): Promise<EngineError> => {
    // Shapes only: what is refused must be refused before anything of its size exists.
    const big = { ...model, ...changed };
    return rejection(factory.create(big, Object.fromEntries(parameterShapes(big).map(({ name, shape }) => [name, { shape, values: new Float32Array(0) }])), options));
  };

  it.each([{ layers: 9 }, { layers: 0 }, { hiddenSize: 1.5 }, { hiddenSize: 0 }, { dropout: 1 }, { dropout: 0.5 }])('the model %j', async (changed) => {
    expect((await create(changed)).code).toBe('model.invalid');
  });

  it('a model that cannot fit, with the bytes it would need', async () => {
    const error = await create({ hiddenSize: 30_000 });
    expect(error.code).toBe('memory.tooLarge');
    expect(error.details['bytes']).toBeGreaterThan(4 * 3 * 30_000 ** 2);
    expect(error.message).toMatch(/would need .* bytes/);
  });

  it('targets of another shape than the output, with both shapes', async () => {
    const last = conformanceCase({ cell: 'gru', outputSize: 2 });
    const wrong: SequenceData = { ...last.data, targets: { kind: 'values', values: new Float32Array(60), width: 3 } };
    const backend = await prepared(factory, last);
    expect(await rejection(backend.load(wrong))).toMatchObject({ code: 'data.shape', message: 'The targets are [batch, 3] but the head\'s output is [batch, 2].' });
    const every = await prepared(factory, conformanceCase({ cell: 'gru', outputSize: 2, headSteps: 'every' }));
    expect((await rejection(every.load(wrong))).message).toBe('The targets are [batch, 5, 3] but the head\'s output is [batch, 5, 2].');
  });

  it('an input of other width, tokens and classes out of range, a loss that does not fit its targets', async () => {
    const problem = conformanceCase({ cell: 'gru' });
    const backend = await prepared(factory, problem);
    const { data } = problem;
    expect((await rejection(backend.load({ ...data, input: { kind: 'dense', values: new Float32Array(40), features: 4 } }))).code).toBe('data.shape');
    expect((await rejection(backend.load({ ...data, input: { kind: 'tokens', ids: Int32Array.of(0, 3), vocabulary: 3 } }))).code).toBe('data.invalid');
    expect((await rejection(backend.load({ ...data, targets: { kind: 'classes', ids: new Int32Array(9) } }))).code).toBe('data.shape');
  });

  it('windows outside of the series, and work before load', async () => {
    const problem = conformanceCase({ cell: 'gru' });
    const backend = await prepared(factory, problem);
    for (const start of [-1, 1000]) expect((await rejection(backend.evaluate(Int32Array.of(start)))).code).toBe('data.invalid');
    const fresh = await factory.create(model, initialParameters(model, 'pytorch', 1), options);
    expect((await rejection(fresh.evaluate(Int32Array.of(0)))).code).toBe('backend.notLoaded');
  });

  it('parameters and states of other shapes', async () => {
    const parameters = initialParameters(model, 'pytorch', 1);
    const backend = await factory.create(model, parameters, options);
    const rest = { ...parameters };
    delete rest['head.bias'];
    expect((await rejection(backend.setParameters(rest))).message).toBe('The parameter head.bias [2] is missing.');
    expect((await rejection(backend.setParameters({ ...parameters, 'head.bias': { shape: [3], values: new Float32Array(3) } }))).code).toBe('parameters.shape');
    expect((await rejection(backend.setOptimizerState({ step: Float32Array.of(1) }))).code).toBe('state.shape');
    expect((await rejection(backend.run({ shape: [2, 4, 4], values: new Float32Array(32) }))).code).toBe('input.shape');
    expect((await rejection(backend.run({ shape: [4, 3], values: new Float32Array(12), initialState: { h: new Float32Array(4) } }))).code).toBe('state.shape');
  });
});

it('wasm says the bytes of a batch that does not fit, and goes on with one that does', async () => {
  const problem = conformanceCase({ cell: 'lstm', hiddenSize: 512, time: 200 });
  const backend = await prepared(backends.wasm, problem);
  const windows = new Int32Array(65_536);
  const error = await rejection(backend.trainEpoch(windows, { batchSize: 65_536, learningRate: 0.01, clipNorm: null, signal: { aborted: false } }));
  expect(error.code).toBe('memory.tooLarge');
  expect(error.details['bytes']).toBeGreaterThan(65_536 / 8 * 200 * 512 * 4 * 4);
  expect(Number.isFinite(await backend.evaluate(problem.starts))).toBe(true);
});
