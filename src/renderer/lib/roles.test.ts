import { describe, expect, it } from 'vitest';
import { assignRole, roleOf, withTargetPast } from './roles.ts';

const roles = { time: 'Date', target: 'A', inputs: ['A', 'C'] };

describe('assignRole', () => {
  it('a new target takes the old one\'s place among the inputs', () => {
    expect(assignRole(roles, 'B', 'target')).toEqual({ time: 'Date', target: 'B', inputs: ['B', 'C'] });
    expect(assignRole(roles, 'C', 'target')).toEqual({ time: 'Date', target: 'C', inputs: ['C'] });
  });
  it('the target cannot give up its part', () => { expect(assignRole(roles, 'A', 'ignored')).toBeNull(); });
  it('there is one time, and it is no input', () => {
    expect(assignRole(roles, 'C', 'time')).toEqual({ time: 'C', target: 'A', inputs: ['A'] });
    expect(assignRole(roles, 'Date', 'ignored')).toEqual({ time: null, target: 'A', inputs: ['A', 'C'] });
    expect(assignRole(roles, 'Date', 'target')).toMatchObject({ time: null, target: 'Date' });
  });
  it('the last input is never lost', () => {
    expect(assignRole({ time: null, target: 'A', inputs: ['C'] }, 'C', 'ignored')).toEqual({ time: null, target: 'A', inputs: ['A'] });
    expect(withTargetPast({ time: null, target: 'A', inputs: ['A'] }, false).inputs).toEqual(['A']);
    expect(withTargetPast(roles, false).inputs).toEqual(['C']);
  });
  it('begins with a target', () => {
    expect(assignRole(null, 'A', 'input')).toBeNull();
    expect(assignRole(null, 'A', 'target')).toEqual({ time: null, target: 'A', inputs: ['A'] });
  });
});

it('the target\'s name wins over its being an input', () => {
  expect(['A', 'C', 'Date', 'X'].map((name) => roleOf(roles, name))).toEqual(['target', 'input', 'time', 'ignored']);
});
