import { describe, expect, it } from 'vitest';
import { clock } from './progress.ts';
import { figure, verdict } from './tables.ts';

const metrics = (rmse: number) => ({ train: null, validation: null, test: { mae: rmse, rmse, r2: null, count: 3 } });

describe('figure', () => {
  it.each([[0.1 + 0.2, '0.3'], [1234.5678, '1235'], [0, '0'], [null, 'n/a'], [1e-7, '1.000e-7'], [-2.34567, '-2.346']])('%s reads %s', (value, text) => {
    expect(figure(value)).toBe(text);
  });
});

describe('verdict', () => {
  it('tells honestly who is better', () => {
    expect(verdict(metrics(0.5), metrics(1))).toContain('50.0 % better');
    expect(verdict(metrics(2), metrics(1))).toContain('100.0 % worse. Repeating the last value is the better forecast');
    expect(verdict(metrics(1), metrics(1))).toContain('no better and no worse');
    expect(verdict(metrics(1), metrics(0))).toContain('no error of naive persistence to hold it against');
  });
});

it('reads seconds as a clock', () => {
  expect([null, 5.2, 65, 7384].map(clock)).toEqual(['?', '0:06', '1:05', '2:03:04']);
});
