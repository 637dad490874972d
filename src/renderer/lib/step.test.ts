import { expect, it } from 'vitest';
import { stepWords } from './step.ts';

it.each([
  [1, 'second', 1], [300, 'minute', 5], [3600, 'hour', 1], [86_400, 'day', 1], [604_800, 'week', 1], [31 * 86_400, 'month', 1], [28 * 86_400, 'month', 1], [91 * 86_400, 'quarter', 1], [365 * 86_400, 'year', 1],
])('%d seconds are %s', (seconds, unit, n) => { expect(stepWords(seconds)).toEqual({ unit, n }); });
