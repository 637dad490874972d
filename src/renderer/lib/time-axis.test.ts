import { expect, it } from 'vitest';
import { grainOf, timeFormatter } from './time-axis.ts';

const day = (text: string) => Date.parse(`${text}Z`);

it('shows the coarsest grain that loses nothing', () => {
  expect(grainOf([day('1950-01-01T00:00'), day('1951-01-01T00:00')])).toBe('year');
  expect(grainOf([day('1953-04-01T00:00'), day('1953-05-01T00:00')])).toBe('month');
  expect(grainOf([day('1981-01-02T00:00')])).toBe('day');
  expect(grainOf([day('1981-01-02T00:30')])).toBe('minute');
  expect(grainOf([day('1981-01-02T00:00:05')])).toBe('second');
  expect(grainOf([NaN, 5])).toBe('millisecond');
});

it('writes dates in UTC, as the file wrote them', () => {
  const values = [day('1953-04-01T00:00'), day('1953-05-01T00:00')];
  expect(timeFormatter('date', values, 'en')(values[0]!)).toBe('Apr 1953');
  expect(timeFormatter('date', values, 'zh-CN')(values[0]!)).toBe('1953年4月');
  expect(timeFormatter('row', [0, 1], 'en')(1234)).toBe('1,234');
});
