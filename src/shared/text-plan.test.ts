import { expect, it } from 'vitest';
import { defaultTextSpec } from './text-defaults.ts';
import { makeTextPlan } from './text-plan.ts';

it('"hello world" in windows of two has the shapes of the lesson', () => {
  const { plan, problem } = makeTextPlan(11, 8, defaultTextSpec(11, 'hello world'));
  expect(problem).toBeNull();
  expect(plan.shapes).toEqual({ X: [9, 2, 8], output: [9, 2, 20], hN: [1, 9, 20], y: [9] });
  expect(plan.parameters).toBe(20 * 8 + 20 * 20 + 40 + 8 * 20 + 8);
});

it('a book is learnt at every step, with parts held out', () => {
  const { plan, problem } = makeTextPlan(100_000, 80, defaultTextSpec(100_000, 'Call me Ishmael.'));
  expect(problem).toBeNull();
  expect(plan.shapes.y).toEqual([plan.windows.train, 64]);
  expect(plan.windows.validation).toBeGreaterThan(0);
  expect(plan.windows.test).toBeGreaterThan(0);
});

it('the defaults fit any text of two characters or more', () => {
  for (let n = 2; n < 30; n++) expect(makeTextPlan(n, 2, defaultTextSpec(n, 'ab')).problem).toBeNull();
});

it('says what does not fit, and at which setting', () => {
  const spec = defaultTextSpec(11, 'hello world');
  expect(makeTextPlan(3, 3, { ...spec, window: { ...spec.window, sequenceLength: 5 } }).problem?.data).toMatchObject({
    code: 'text.too-short', field: 'window.sequenceLength', message: 'The text has 3 characters, and a sequence length of 5 needs at least 6 (5 in, 1 out).', hint: 'Choose a sequence length of at most 2 or a longer text.',
  });
  expect(makeTextPlan(11, 8, { ...spec, split: { train: 0.1, validation: 0.4, test: 0.5 } }).problem?.data).toMatchObject({ code: 'text.no-training-window' });
});
