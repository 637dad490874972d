import { expect, it } from 'vitest';
import type { Predictions } from '../../shared/run.ts';
import { predictionsOf } from './targets.ts';

it('the predictions of a target are its own over the same time', () => {
  const time: Predictions['time'] = { kind: 'row', name: '', values: Float64Array.of(0, 1) };
  const of = (a: number) => ({ truth: Float64Array.of(a, a), predicted: Float64Array.of(a, a + 1) });
  const both: Predictions = { time, ...of(1), trainEnd: 1, validationEnd: 2, horizon: null, others: [{ name: 'b', ...of(5), horizon: { steps: { train: null, validation: null, test: null }, worst: [] } }] };
  expect(predictionsOf(both, 0)).toBe(both);
  expect(predictionsOf(both, 1)).toMatchObject({ time, ...of(5), trainEnd: 1, horizon: { worst: [] } });
  expect(predictionsOf(both, 2)).toBeNull();
});
