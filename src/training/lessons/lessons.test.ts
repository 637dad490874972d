import { describe, expect, it } from 'vitest';
import { backends } from '../../engine/index.ts';
import { lessonRequestSchema, lessonResultSchema, type LessonRequest, type LessonResult } from '../../shared/lessons.ts';
import { runLesson } from './index.ts';

async function run<R extends LessonRequest>(request: R): Promise<Extract<LessonResult, { lesson: R['lesson'] }>> {
  const result = await runLesson(backends, lessonRequestSchema.parse(request), () => Promise.resolve(false));
  return lessonResultSchema.parse(result) as Extract<LessonResult, { lesson: R['lesson'] }>;
}

describe('lessons', () => {
  it('1: memory fades by the recurrent weight and is cut off by the sequence length', async () => {
    const { relative, halfLife } = await run({ lesson: 'memory', recurrent: 0.5, sequenceLength: 6 });
    expect(relative).toHaveLength(6);
    relative.forEach((value, i) => { expect(value).toBeCloseTo(0.5 ** i, 6); });
    expect(halfLife).toBeCloseTo(1);
    expect((await run({ lesson: 'memory', recurrent: 0, sequenceLength: 4 })).relative).toEqual([1, 0, 0, 0]);
    expect((await run({ lesson: 'memory', recurrent: 1.2, sequenceLength: 4 })).relative.at(-1)).toBe(1);
  });

  it('2: h_t = f(w x_t + u h_(t-1) + b), o_t = v h_t + c', async () => {
    const { steps } = await run({ lesson: 'unrolled', activation: 'rnn_tanh', x: [1, -0.5, 2], w: 0.7, u: 0.4, b: 0.1, v: 2, c: -1 });
    let h = 0;
    for (const step of steps) {
      expect(step.before).toBeCloseTo(h, 5);
      h = Math.tanh(0.7 * step.x + 0.4 * h + 0.1);
      expect(step.h).toBeCloseTo(h, 5);
      expect(step.o).toBeCloseTo(2 * h - 1, 5);
    }
    expect((await run({ lesson: 'unrolled', activation: 'rnn_relu', x: [-3], w: 1, u: 0, b: 0, v: 1, c: 0 })).steps[0]).toEqual({ x: -3, before: 0, sum: -3, h: 0, o: 0 });
  });

  it('3: the hand-written cell gives what nn.RNN without its nonlinearity gives', async () => {
    const { steps, i2hWeight, largestDifference } = await run({ lesson: 'handwritten', features: 2, hiddenSize: 3, steps: 4, seed: 7 });
    expect(i2hWeight.shape).toEqual([3, 5]);
    expect(steps[1]!.combined.slice(2)).toEqual(steps[0]!.hidden);
    expect(steps[3]!.hidden.some((value) => value !== 0)).toBe(true);
    expect(largestDifference).toBeLessThan(1e-6);
  });

  it('4: "hello world" has 8 characters, and from "he" five more give "hello w", whatever the seed', async () => {
    const base = { lesson: 'hello', text: 'hello world', sequence: 2, hiddenSize: 20, epochs: 300, learningRate: 0.01, prompt: 'he', length: 5 } as const;
    for (const seed of [1, 2, 7, 42, 1234]) {
      const { generated, vocabulary, shapes, steps } = await run({ ...base, seed });
      expect(generated).toBe('hello w');
      expect(vocabulary).toHaveLength(8);
      expect(shapes).toEqual({ X: [9, 2, 8], output: [9, 2, 20], y: [9] });
      expect(steps[0]!.probabilities.reduce((a, b) => a + b, 0)).toBeCloseTo(1);
    }
    await expect(run({ ...base, seed: 1, prompt: 'xy' })).rejects.toThrow('The text has no "x".');
    await expect(run({ ...base, seed: 1, text: 'aaaa', prompt: 'aa' })).rejects.toThrow('one character only');
    await expect(run({ ...base, seed: 1, text: 'ab' })).rejects.toThrow('a window needs 3');
  });

  it("6: the article's shapes, batched and not, and a target that does not match", async () => {
    const base = { lesson: 'shapes', batch: 5, time: 3, features: 10, hiddenSize: 20, layers: 1, bidirectional: false, cell: 'rnn_tanh', head: 'every', target: 'every', outputs: 1, seed: 1 } as const;
    const shapesOf = (result: Extract<LessonResult, { lesson: 'shapes' }>) => Object.fromEntries(result.tensors.map(({ name, shape }) => [name, shape.join()]));
    expect(shapesOf(await run(base))).toEqual({ X: '5,3,10', output: '5,3,20', h_n: '1,5,20', y_hat: '5,3,1', y: '5,3,1' });
    const last = await run({ ...base, head: 'last', target: 'last' });
    expect(shapesOf(last)).toMatchObject({ y_hat: '5,1', y: '5,1' });
    expect(last.loss).toBeGreaterThan(0);
    const wrong = await run({ ...base, head: 'last', target: 'every' });
    expect(wrong).toMatchObject({ loss: null, mismatch: { output: [5, 1], target: [5, 3, 1] } });
    expect(shapesOf(await run({ ...base, batch: null, layers: 2, bidirectional: true, cell: 'lstm' })))
      .toEqual({ X: '3,10', output: '3,40', h_n: '4,20', c_n: '4,20', y_hat: '3,1', y: '3,1' });
  });

  it('7: over a long distance the plain RNN forgets, and LSTM and GRU do not', async () => {
    const recall = (cell: 'rnn_tanh' | 'lstm' | 'gru', distance: number) => run({ lesson: 'recall', cell, distance, hiddenSize: 32, epochs: 60, learningRate: 0.003, seed: 7 });
    for (const cell of ['rnn_tanh', 'lstm', 'gru'] as const) expect((await recall(cell, 5)).accuracy).toBeGreaterThan(0.95);
    expect((await recall('rnn_tanh', 60)).accuracy).toBeLessThan(0.5);
    for (const cell of ['lstm', 'gru'] as const) expect((await recall(cell, 60)).accuracy).toBeGreaterThan(0.95);
  });

  it('stops between epochs', async () => {
    const result = await runLesson(backends, { lesson: 'recall', cell: 'gru', distance: 5, hiddenSize: 8, epochs: 50, learningRate: 0.01, seed: 1 }, () => Promise.resolve(true));
    expect(result).toBeNull();
  });
});
