import { describe, expect, it } from 'vitest';
import { rolesOf, rolesProblem, type Encoding, type Roles } from '../../shared/roles.ts';
import { assignRole, roleOf, withEncoding, withKnown, withOwnPast } from './roles.ts';

const roles: Roles = { ...rolesOf('Date', 'A'), inputs: ['A', 'C'] };
const colours: Encoding = { kind: 'onehot', categories: ['red', 'blue'] };

describe('assignRole', () => {
  it('a new target takes the old one\'s place among the inputs', () => {
    expect(assignRole(roles, 'B', 'target')).toEqual({ ...roles, targets: ['B'], inputs: ['B', 'C'] });
    expect(assignRole(roles, 'C', 'target')).toEqual({ ...roles, targets: ['C'], inputs: ['C'] });
  });
  it('a further target comes after it, with its own past; the first can go then', () => {
    const two = assignRole(roles, 'B', 'further')!;
    expect(two).toEqual({ ...roles, targets: ['A', 'B'], inputs: ['A', 'C', 'B'] });
    expect(assignRole(two, 'A', 'ignored')).toEqual({ ...roles, targets: ['B'], inputs: ['C', 'B'] });
    expect(assignRole(two, 'B', 'target')).toMatchObject({ targets: ['B', 'A'], inputs: ['A', 'C', 'B'] });
    expect(assignRole(two, 'D', 'target')).toMatchObject({ targets: ['D', 'B'], inputs: ['D', 'C', 'B'] });
    expect(assignRole(two, 'B', 'input')).toMatchObject({ targets: ['A'], inputs: ['A', 'C', 'B'] });
  });
  it('the only target cannot give up its part', () => { expect(assignRole(roles, 'A', 'ignored')).toBeNull(); });
  it('there is one time, and it is no input', () => {
    expect(assignRole(roles, 'C', 'time')).toEqual({ ...roles, time: 'C', inputs: ['A'] });
    expect(assignRole(roles, 'Date', 'ignored')).toEqual({ ...roles, time: null });
    expect(assignRole(roles, 'Date', 'target')).toMatchObject({ time: null, targets: ['Date'] });
  });
  it('the last input is never lost', () => {
    expect(assignRole({ ...rolesOf(null, 'A'), inputs: ['C'] }, 'C', 'ignored')).toEqual(rolesOf(null, 'A'));
    expect(withOwnPast(rolesOf(null, 'A'), 'A', false).inputs).toEqual(['A']);
    expect(withOwnPast(roles, 'A', false).inputs).toEqual(['C']);
    expect(withOwnPast({ ...rolesOf('Date', 'A'), calendar: ['month'] }, 'A', false).inputs).toEqual([]);
  });
  it('begins with a target', () => {
    expect(assignRole(null, 'A', 'input')).toBeNull();
    expect(assignRole(null, 'A', 'target')).toEqual(rolesOf(null, 'A'));
  });
  it('takes away what belongs to an input that goes, and calendar inputs without a time', () => {
    const rich = withKnown(withEncoding({ ...assignRole(roles, 'D', 'input', colours)!, calendar: ['month'] }, 'C', { kind: 'code', categories: ['1', '2'] }), 'D', true);
    expect(rich).toMatchObject({ inputs: ['A', 'C', 'D'], encodings: { D: colours }, known: ['D'] });
    expect(rolesProblem(rich)).toBeNull();
    expect(assignRole(rich, 'D', 'ignored')).toMatchObject({ encodings: { C: { kind: 'code' } }, known: [] });
    expect(assignRole(rich, 'C', 'target')!.encodings).toEqual({ D: colours });
    expect(assignRole(rich, 'Date', 'ignored')).toMatchObject({ time: null, calendar: [] });
  });
});

it('the target\'s name wins over its being an input', () => {
  expect(['A', 'B', 'C', 'Date', 'X'].map((name) => roleOf({ ...roles, targets: ['A', 'B'] }, name))).toEqual(['target', 'further', 'input', 'time', 'ignored']);
});
