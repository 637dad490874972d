import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultSpec } from './defaults.ts';
import { makePlan, parameterCount, splitNames, splitRows, windowStarts } from './plan.ts';
import { rolesOf } from './roles.ts';
import type { ForecastSpec, SplitShares } from './spec.ts';

const roles = rolesOf(null, 'y');

describe('splitRows', () => {
  it('cuts at whole rows in the order of time', () => {
    expect(splitRows(879, { train: 0.7, validation: 0.15, test: 0.15 })).toEqual({ trainEnd: 615, validationEnd: 747, rows: 879 });
  });
  it('leaves no row over without a test part', () => {
    expect(splitRows(10, { train: 0.75, validation: 0.25, test: 0 })).toEqual({ trainEnd: 8, validationEnd: 10, rows: 10 });
  });
});

describe('windowStarts', () => {
  it('gives every window to the one part that holds all its targets, and misses none but those across a boundary', () => {
    fc.assert(fc.property(
      fc.integer({ min: 2, max: 200 }), fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 5 }), fc.double({ min: 0.1, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom('last' as const, 'every' as const),
      (rows, T, horizon, train, of, targets) => {
        const validation = (1 - train) * of;
        const split = splitRows(rows, { train, validation, test: 1 - train - validation });
        const ends = { train: [0, split.trainEnd], validation: [split.trainEnd, split.validationEnd], test: [split.validationEnd, split.rows] } as const;
        const expected = (part: 'train' | 'validation' | 'test') => Array.from({ length: Math.max(0, rows - T - horizon + 1) }, (_, s) => s)
          .filter((s) => s + (targets === 'every' ? 1 : T) >= ends[part][0] && s + T + horizon <= ends[part][1]);
        for (const part of splitNames) {
          const { first, step, count } = windowStarts(split, part, { sequenceLength: T, horizon, stride: 1, targets });
          expect(Array.from({ length: count }, (_, i) => first + i * step)).toEqual(expected(part));
        }
      },
    ));
  });
  it('strides over the training part alone', () => {
    const split = splitRows(100, { train: 0.5, validation: 0.25, test: 0.25 });
    const window = { sequenceLength: 6, horizon: 1, stride: 10, targets: 'last' } as const;
    expect(windowStarts(split, 'train', window)).toEqual({ first: 0, step: 10, count: 5 });
    expect(windowStarts(split, 'test', window)).toEqual({ first: 69, step: 1, count: 25 });
  });
});

const planOf = (rows: number, spec: ForecastSpec) => makePlan(splitRows(rows, spec.split as SplitShares), spec);

describe('makePlan', () => {
  it("makes the article's shapes of GS10", () => {
    const { plan, problem } = planOf(879, defaultSpec(roles, 879, 2_629_800));
    expect(problem).toBeNull();
    expect(plan.shapes).toEqual({ X: [609, 6, 1], output: [609, 6, 20], hN: [1, 609, 20], y: [609, 1] });
    expect(plan.windows).toEqual({ train: 609, validation: 132, test: 132 });
    // 20*1 + 20*20 + 20 + 20 and the head's 20 + 1
    expect(plan.parameters).toBe(481);
  });
  it('says what is missing when the rows are too few', () => {
    const spec = defaultSpec(roles, 879, null);
    spec.window.sequenceLength = 12;
    expect(planOf(12, spec).problem?.data).toMatchObject({ code: 'data.too-few-rows', field: 'window.sequenceLength', hint: 'Choose a sequence length of at most 7 or a longer file.' });
    expect(planOf(15, spec).problem?.data).toMatchObject({ code: 'data.no-training-window' });
  });
});

it("counts PyTorch's parameters", () => {
  // sum(p.numel() for p in nn.LSTM(10, 20, 2, bidirectional=True).parameters()) == 15040; the head adds 41
  expect(parameterCount({ cell: 'lstm', hiddenSize: 20, layers: 2, bidirectional: true, dropout: 0, initialization: 'pytorch' }, 10, 1)).toBe(15_040 + 41);
});
