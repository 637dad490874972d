import { describe, expect, it } from 'vitest';
import { alignedDecimals, formatAligned, formatClock, formatDuration, formatNumber, formatPercent, formatWhen } from './format.ts';

describe('formatNumber', () => {
  it.each([
    [0.30000001, '0.3'], [0, '0'], [15.3199999, '15.32'], [144.25, '144.3'], [1234.56, '1,234.6'], [12345.67, '12,346'], [879, '879'],
    [-0.00123456, '-0.001235'], [0.0000123, '1.23E-5'], [1e12, '1E12'],
  ])('%d reads %s', (value, text) => { expect(formatNumber(value, 'en')).toBe(text); });

  it('has a sign for nothing and for infinity', () => {
    expect(formatNumber(null, 'en')).toBe('–');
    expect(formatNumber(NaN, 'en')).toBe('–');
    expect(formatNumber(-Infinity, 'en')).toBe('−∞');
  });
});

it('aligned numbers share their decimals', () => {
  const decimals = alignedDecimals([0.3099, 109.6576, null, 0], 4);
  expect(decimals).toBe(4);
  expect(formatAligned(109.6576, 'en', decimals)).toBe('109.6576');
  expect(formatAligned(null, 'en', decimals)).toBe('–');
  expect(alignedDecimals([], 4)).toBe(0);
});

it('durations are numbers when short and clocks when long', () => {
  expect(formatDuration(0.842, 'en')).toBe('0.84 s');
  expect(formatDuration(9.96, 'en')).toBe('10 s');
  expect(formatDuration(34, 'en')).toBe('0:34');
  expect(formatClock(3723)).toBe('1:02:03');
  expect(formatDuration(10 * 86_400, 'en')).toBe('10 days');
  expect(formatDuration(null, 'en')).toBe('–');
});

it('percents keep one digit while small', () => {
  expect(formatPercent(3.14159, 'en')).toBe('3.1%');
  expect(formatPercent(-58.6, 'en')).toBe('-59%');
});

it('a moment of today is a time, an older one a day', () => {
  const now = new Date(2026, 10, 23, 15, 0);
  expect(formatWhen(new Date(2026, 10, 23, 9, 5).toISOString(), 'en-GB', now)).toBe('09:05');
  expect(formatWhen(new Date(2025, 0, 2).toISOString(), 'en-GB', now)).toBe('2 Jan 2025');
});
