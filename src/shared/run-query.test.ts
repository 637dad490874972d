import { describe, expect, it } from 'vitest';
import { completions, matches, parseQuery } from './run-query.ts';
import { fieldNamed, sortByField, type RunFields } from './run-fields.ts';

const runs: RunFields[] = [
  { name: 'first try', status: 'done', 'model.cell': 'lstm', 'model.hiddenSize': 64, 'test.rmse': 0.1, 'validation.rmse': 0.3, tag: ['good', 'v1.2'], star: true, date: '2026-02-03T12:00:00.000Z', note: 'the best so far' },
  { name: 'second try', status: 'failed', 'model.cell': 'rnn_tanh', 'model.hiddenSize': 16, 'test.rmse': null, 'validation.rmse': null, tag: [], star: false, date: '2026-01-03T12:00:00.000Z', note: '' },
];
const known = [...new Set(runs.flatMap((run) => Object.keys(run)))];
const sample = (field: string) => runs.find((run) => run[field] !== null)?.[field] ?? null;
function found(query: string): string[] {
  const parsed = parseQuery(query, known, sample);
  if (!parsed.ok) throw parsed.error;
  return runs.filter((run) => matches(run, parsed.terms)).map((run) => String(run['name']));
}
const [first, second] = ['first try', 'second try'];

describe('a query', () => {
  it.each([
    ['', [first, second]], ['try', [first, second]], ['"first try"', [first]], ['best', [first]], ['-best', [second]],
    ['cell:lstm', [first]], ['cell=rnn', []], ['cell:rnn', [second]], ['hidden>16', [first]], ['hidden>=16 hidden<64', [second]], ['model.hiddenSize=64', [first]],
    ['tag:good', [first]], ['tag:goo', []], ['tag:none', [second]], ['-tag:good', [second]], ['tag!=good', [second]], ['star:yes', [first]], ['star:no', [second]],
    ['rmse<0.2', [first]], ['rmse:none', [second]], ['validation.rmse>0.2', [first]], ['date>2026-01', [first]], ['date>=2026-01', [first, second]], ['date:2026-01', [second]],
    ['status:done hidden:64 rmse<1e-1', []], ['note:"best so"', [first]],
    ['hidden > 16', [first]], ['hidden>= 16 hidden <64', [second]], ['rmse < 0.2 try', [first]], ['-tag : good', [second]], ['note : "best so"', [first]], ['tag != good', [second]], ['  star :  yes  ', [first]], ['so : far', []],
  ])('%s', (query, names) => { expect(found(query)).toEqual(names); });

  it.each([
    ['colour:red', 'query.field', /no field "colour"/], ['hid:3', 'query.field', /model\.hiddenSize\?/], ['hidden>many', 'query.number', /number/], ['hidden:many', 'query.number', /got "many"/], ['cell>', 'query.value', /needs a value/],
    ['"open', 'query.quote', /not closed/], ['date>soon', 'query.date', /2026-01-31/], ['star:maybe', 'query.boolean', /yes or no/], ['status:finished', 'query.status', /done, cancelled/],
    ['accuraci > 0.5', 'query.field', /no field "accuraci"/], ['tag: star:yes', 'query.value', /"tag:" needs a value/], ['hidden > many', 'query.number', /got "many"/], ['hidden > ', 'query.value', /needs a value/],
  ])('that is wrong says what: %s', (query, code, says) => {
    const parsed = parseQuery(`try ${query}`, known, sample);
    expect(parsed).toMatchObject({ ok: false, from: 4, error: { data: { code } } });
    expect(!parsed.ok && parsed.error.message).toMatch(says);
  });

  it('is completed: fields, then the values that there are', () => {
    const values = (field: string) => [...new Set(runs.flatMap((run) => { const value = run[field]; return Array.isArray(value) ? value as string[] : [String(value)]; }))];
    expect(completions('star:yes hid', known, values)).toEqual([{ query: 'star:yes model.hiddenSize:', word: 'model.hiddenSize:' }]);
    expect(completions('cell:', known, values).map(({ word }) => word)).toEqual(['lstm', 'rnn_tanh']);
    expect(completions('name:sec', known, values)[0]!.query).toBe('name:"second try" ');
    expect(completions('star:yes cell : ls', known, values)).toEqual([{ query: 'star:yes cell : lstm ', word: 'lstm' }]);
    expect(completions('', known, values)).toEqual([]);
  });
});

it('takes the metric of the test part for a metric without a part', () => {
  expect(fieldNamed('RMSE', ['validation.rmse', 'persistence.test.rmse', 'test.rmse'])).toBe('test.rmse');
  expect(fieldNamed('accuracy', ['validation.accuracy'])).toBe('validation.accuracy');
  expect(fieldNamed('nothing', known)).toBeNull();
});

it('sorts with nothing last both ways', () => {
  const sorted = (field: string, descending: boolean) => sortByField(runs, (run) => run, field, descending, 'en').map((run) => run['name']);
  expect([sorted('test.rmse', false), sorted('test.rmse', true)]).toEqual([[first, second], [first, second]]);
  expect([sorted('date', false), sorted('name', false)]).toEqual([[second, first], [first, second]]);
});
