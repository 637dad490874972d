import { describe, expect, it } from 'vitest';
import type { Metrics } from './run.ts';
import { gainPercent, judge } from './verdict.ts';

const split = (rmse: number) => ({ mae: rmse, rmse, r2: null, count: 10 });
const metrics = (test: number | null, validation: number | null = null): Metrics => ({
  train: split(1), validation: validation === null ? null : split(validation), test: test === null ? null : split(test),
});

describe('judge', () => {
  it('says better, worse and equal honestly', () => {
    expect(judge(metrics(0.9), metrics(1))).toMatchObject({ kind: 'better', split: 'test', percent: expect.closeTo(10) as number });
    expect(judge(metrics(1.5), metrics(1))).toMatchObject({ kind: 'worse', percent: 50 });
    expect(judge(metrics(1.004), metrics(1))).toMatchObject({ kind: 'equal' });
  });
  it('falls back to the last part that has windows', () => {
    expect(judge(metrics(null, 0.5), metrics(null, 1))).toMatchObject({ kind: 'better', split: 'validation' });
  });
  it('does not judge against nothing', () => {
    expect(judge(metrics(0.5), null)).toMatchObject({ kind: 'unjudged' });
    expect(judge(metrics(0.5), metrics(0))).toMatchObject({ kind: 'unjudged' });
    expect(judge(null, null)).toEqual({ kind: 'none' });
    expect(gainPercent(metrics(0.5), null)).toBeNull();
  });
  it('counts no gain on rows that were learnt from', () => {
    const onTrain = (rmse: number) => ({ ...metrics(rmse), train: metrics(rmse).test, test: null });
    expect(judge(onTrain(0.5), onTrain(1))).toMatchObject({ kind: 'better', split: 'train' });
    expect(gainPercent(onTrain(0.5), onTrain(1))).toBeNull();
  });
});
