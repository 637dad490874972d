import { expect, it } from 'vitest';
import { defaultClassifySpec } from '../../shared/classify-defaults.ts';
import { classifyOrder, classifySplit } from '../../shared/classify-plan.ts';
import { scoresOf } from './metrics.ts';
import { prepareClasses, readingInput } from './prepare.ts';

const split = { order: 'stratified', train: 0.5, validation: 0.25, test: 0.25 } as const;

it('scores as scikit-learn does (classification_report of the same labels)', () => {
  const score = scoresOf([[5, 1, 0], [2, 3, 0], [1, 0, 0]], 0.5, 0);
  expect(score).toMatchObject({ accuracy: 8 / 12, baseline: 0.5, count: 12 });
  expect(score.classes[2]).toEqual({ precision: null, recall: 0, f1: 0, support: 1 });
  expect(score.precision).toBeCloseTo((5 / 8 + 3 / 4 + 0) / 3);
  expect(score.recall).toBeCloseTo((5 / 6 + 3 / 5 + 0) / 3);
});

it('takes a part of each class, always the same one', () => {
  const labels = Int32Array.from({ length: 12 }, (_, i) => (i < 8 ? 0 : 1));
  const order = classifyOrder(labels, 2, split);
  expect(Array.from(order).sort((a, b) => a - b)).toEqual([...labels.keys()]);
  expect(classifySplit([8, 4], split)).toEqual({ trainEnd: 6, validationEnd: 9, rows: 12 });
  expect(Array.from(order.subarray(0, 6), (i) => labels[i])).toEqual([0, 0, 0, 0, 1, 1]);
  expect(classifyOrder(labels, 2, split)).toEqual(order);
});

it('pads at the start and keeps the last steps', () => {
  const reading = { classes: ['a', 'b'], characters: ['x', 'y'], offset: 1, scale: 2 };
  expect(readingInput('text', reading, 3, [[120], [121, 120, 122, 121]])).toMatchObject({ ids: Int32Array.of(3, 3, 0, 0, 2, 1), vocabulary: 4 });
  expect(readingInput('numbers', reading, 3, [[3], [1, 2, 3, 5]])).toMatchObject({ values: Float32Array.of(0, 0, 1, 0.5, 1, 2) });
});

it('refuses a label that the training part does not have', () => {
  const spec = { ...defaultClassifySpec({ sequence: 'x', label: 'y', kind: 'numbers', longest: 1, examples: 4 }), split: { ...split, order: 'chronological' as const } };
  const given = { kind: 'numbers' as const, values: Float64Array.of(1, 2, 3, 4), offsets: Int32Array.of(0, 1, 2, 3, 4), labels: Int32Array.of(0, 0, 0, 1), classes: ['a', 'late'], lines: Int32Array.of(2, 3, 4, 5) };
  expect(() => prepareClasses(spec, given)).toThrow('The label "late" stands only in the validation or test part (first on line 5)');
});
