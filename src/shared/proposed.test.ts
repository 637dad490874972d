import { expect, it } from 'vitest';
import type { Column } from './dataset.ts';
import { proposals, proposedInputs, withProposed } from './proposed.ts';
import { rolesOf } from './roles.ts';

const problem = { code: 'x', message: 'x', fault: 'input' as const };
const column = (name: string, change: Partial<Column> = {}): Column => ({ name, type: 'number', missing: 0, min: 0, max: 9, mean: 4, sparkline: [], numberProblem: null, timeProblem: problem, categories: null, encoding: null, ...change } as Column);
const onehot = { kind: 'onehot' as const, categories: ['rain', 'sun'] };
const columns = [
  column('date', { type: 'time', numberProblem: problem, timeProblem: null }), column('load'), column('temperature'), column('constant', { min: 3, max: 3 }), column('holes', { numberProblem: problem, missing: 2 }), column('id'),
  column('epoch', { timeProblem: null }), column('weather', { type: 'text', numberProblem: problem, encoding: onehot }), column('name', { type: 'text', numberProblem: problem }), column('many', { type: 'text', numberProblem: problem, encoding: { kind: 'code', categories: ['a', 'b'] } }),
];

it('numbers that vary, words of few categories and the cycles of an hourly time are proposed, and go in together', () => {
  const roles = rolesOf('date', 'load');
  const found = proposedInputs(columns, roles, 3600);
  expect(found).toEqual({ numbers: ['temperature'], words: [{ name: 'weather', encoding: onehot }], calendar: ['hour', 'weekday', 'month'] });
  const after = withProposed(roles, found);
  expect(after).toEqual({ ...roles, inputs: ['load', 'temperature', 'weather'], encodings: { weather: onehot }, calendar: ['hour', 'weekday', 'month'] });
  expect(proposals(proposedInputs(columns, after, 3600))).toBe(0);
});

it('without a time there is no calendar, and of very many columns some are proposed', () => {
  const wide = [column('y'), ...Array.from({ length: 100 }, (_, i) => column(`c${i}`))];
  expect(proposals(proposedInputs(wide, rolesOf(null, 'y'), null))).toBe(30);
});
