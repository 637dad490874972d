import { describe, expect, it } from 'vitest';
import { errorOf, factsOf } from '../data/testing.ts';
import { rolesFrom } from './train-roles.ts';
import { specFrom } from './train-spec.ts';

const facts = factsOf(`day,sales,"visits, all",weather,promo,floor,name\n${Array.from({ length: 20 }, (_, i) => `2024-01-${String(i + 1).padStart(2, '0')},${i * 1.5 + (i % 3)},${i * 7},${['sun', 'rain', 'fog'][i % 3]},${i % 2 === 0 ? 'yes' : 'no'},${i % 4},n${i}`).join('\n')}\n`);
const roles = (values: Record<string, string>) => rolesFrom(values, facts);

describe('the roles that the command line asks for', () => {
  it('are several targets, inputs with their encodings, the calendar and what is known in the future', () => {
    expect(roles({ target: 'sales,floor', input: 'sales, weather,promo', calendar: 'month,Weekday', known: 'promo' })).toEqual({
      time: 'day', targets: ['sales', 'floor'], inputs: ['sales', 'weather', 'promo'], calendar: ['month', 'weekday'], known: ['promo'],
      encodings: { weather: { kind: 'onehot', categories: ['fog', 'rain', 'sun'] }, promo: { kind: 'boolean', true: ['yes'], false: ['no'] } },
    });
    expect(roles({ target: 'visits, all' }).targets).toEqual(['visits, all']);
    expect(roles({ target: 'sales', inputs: 'weather,floor', encoding: 'weather=code, floor=onehot' }).encodings).toEqual({ weather: { kind: 'code', categories: ['fog', 'rain', 'sun'] }, floor: { kind: 'onehot', categories: ['0', '1', '2', '3'] } });
    expect(roles({ target: 'sales', inputs: 'sales,floor' }).encodings).toEqual({});
  });

  it.each<[what: string, values: Record<string, string>, field: string, message: RegExp]>([
    ['a target that is not there', { target: 'sale' }, '--target', /no column "sale" \(--target\)/], ['one of two targets', { target: 'sales,nothing' }, '--target', /no column "nothing"/],
    ['an input that is not there', { target: 'sales', input: 'sales,sky' }, '--input', /no column "sky" \(--input\)/], ['both ways to write inputs', { target: 'sales', input: 'sales', inputs: 'sales' }, '--input', /mean the same/],
    ['names as categories', { target: 'sales', inputs: 'name' }, '--inputs', /Column "name" holds words, and too many different ones/],
    ['a calendar that there is not', { target: 'sales', calendar: 'fortnight' }, '--calendar', /knows no "fortnight"/], ['a calendar without a time', { target: 'sales', time: 'none', calendar: 'month' }, '--calendar', /no time column/],
    ['known and no input', { target: 'sales', known: 'promo' }, '--known', /"promo" is marked as known in the future and is no input/], ['an encoding of nothing', { target: 'sales', encoding: 'promo=onehot' }, '--encoding', /"promo" is no input/],
    ['an encoding that there is not', { target: 'sales', inputs: 'promo', encoding: 'promo=hash' }, '--encoding', /cannot read "promo=hash"/], ['a boolean of three', { target: 'sales', inputs: 'weather', encoding: 'weather=boolean' }, '--encoding', /3 different values/],
    ['the time as target', { target: 'day', time: 'day' }, '--time', /both time and target/],
  ])('name the option of %s', (_what, values, field, message) => {
    const error = errorOf(() => roles(values));
    expect(error.field).toBe(field);
    expect(error.message).toMatch(message);
  });
});

describe('the split that the command line asks for', () => {
  const split = (values: Record<string, string>) => specFrom(values, roles({ target: 'sales' }), 20, 86_400).split;
  it('is by shares or by one or two dates', () => {
    expect(split({ split: '0.6,0.2,0.2' })).toEqual({ by: 'share', train: 0.6, validation: 0.2, test: 0.2 });
    expect(split({ 'split-date': '2024-01-15' })).toEqual({ by: 'date', validationFrom: null, testFrom: '2024-01-15' });
    expect(split({ 'split-date': '2024-01-10, 2024-01-15' })).toEqual({ by: 'date', validationFrom: '2024-01-10', testFrom: '2024-01-15' });
    expect(split({ 'split-date': '2024-01-10,' })).toEqual({ by: 'date', validationFrom: '2024-01-10', testFrom: null });
    expect(errorOf(() => split({ 'split-date': ' , ' })).field).toBe('--split-date');
    expect(errorOf(() => split({ split: '1,0,0', 'split-date': '2024-01-15' })).message).toMatch(/cannot be used together/);
    expect(specFrom({ scaling: 'robust' }, roles({ target: 'sales' }), 20, null).scaling).toBe('robust');
  });
});
