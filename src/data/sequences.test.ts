import { describe, expect, it } from 'vitest';
import { labelledSequences, parseNumbers, sequenceFacts } from './sequences.ts';
import { readTable } from './table.ts';

const table = (text: string) => readTable(new TextEncoder().encode(text), 'cases.csv');
const choice = { sequence: 'x', label: 'y', kind: 'numbers' as const };
const code = (work: () => unknown) => {
  try {
    work();
  } catch (error) {
    return (error as { data: { code: string } }).data.code;
  }
  return null;
};

it('reads numbers with blanks, commas, semicolons, bars or as a JSON array', () => {
  for (const cell of ['1 2 3', '1,2, 3', '1;2;3', '1|2|3', '[1, 2, 3]']) expect(parseNumbers(cell)).toEqual([1, 2, 3]);
  expect(parseNumbers('1 two 3')).toEqual({ word: 'two' });
});

it('proposes the columns of a table made for it', () => {
  const facts = sequenceFacts(table('x,y\n1 2 3,up\n3 2 1 0,down\n2 3,up\n4 2,down\n'), { sequence: null, label: null, kind: null });
  expect(facts).toMatchObject({ sequence: 'x', label: 'y', kind: 'numbers', proposed: true, examples: 4, shortest: 2, longest: 4, classes: [{ name: 'down', count: 2 }, { name: 'up', count: 2 }] });
});

describe('refuses, naming the line', () => {
  it.each([
    ['a label missing', 'x,y\n1 2,a\n3 4,\n5 6,b\n', 'classify.no-label'],
    ['an empty sequence', 'x,y\n1 2,a\n,a\n5 6,b\n', 'classify.no-sequence'],
    ['a word among numbers', 'x,y\n1 2,a\n3 four,a\n5 6,b\n', 'classify.not-number'],
    ['one label', 'x,y\n1 2,a\n3 4,a\n', 'classify.one-class'],
    ['every label once', 'x,y\n1 2,a\n3 4,b\n', 'classify.single-examples'],
    ['too many classes', `x,y\n${Array.from({ length: 402 }, (_, i) => `1 2,c${i % 201}`).join('\n')}\n`, 'classify.too-many-classes'],
  ])('%s', (_, text, expected) => {
    expect(code(() => labelledSequences(table(text), choice))).toBe(expected);
  });
});
