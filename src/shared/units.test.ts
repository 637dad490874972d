import { expect, it } from 'vitest';
import { targetUnits, unitOf, unitsOf, withUnit } from './units.ts';
import { defaultSpec } from './defaults.ts';
import { rolesOf } from './roles.ts';

it('one unit, as older versions kept it, is that of every target; later each has its own', () => {
  expect([unitOf({ unit: '%' }, 'a'), unitOf({ unit: '%' }, 'b')]).toEqual(['%', '%']);
  const units = withUnit(unitsOf({ unit: 'kW' }, 'a'), 'b', '°C');
  expect(units).toEqual({ a: 'kW', b: '°C' });
  expect([unitOf({ unit: 'kW', units }, 'b'), unitOf({ unit: 'kW', units }, 'c')]).toEqual(['°C', '']);
  expect(withUnit(units, 'a', '')).toEqual({ b: '°C' });
});

it('a run keeps the units of its targets alone', () => {
  const spec = defaultSpec({ ...rolesOf(null, 'a'), targets: ['a', 'b'] }, 100, null);
  expect(targetUnits({ unit: 'kW', units: { a: 'kW', b: '°C', c: 'm' } }, spec)).toEqual({ a: 'kW', b: '°C' });
});
