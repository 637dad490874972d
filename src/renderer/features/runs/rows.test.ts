import { expect, it } from 'vitest';
import type { RunSummary } from '../../../shared/run.ts';
import { groupValue, tableRows } from './rows.ts';

const run = (id: string, group: string | null, loss: number | null = 1) => ({ id, group: group === null ? null : { id: group, name: group.toUpperCase() }, loss }) as unknown as RunSummary;
const all = [run('a', 'g'), run('b', null), run('c', 'g'), run('d', 'lonely')];
const ids = (open: string[]) => tableRows(all, new Set(open)).map((row) => `${row.kind === 'group' ? 'group ' : ''}${row.id}${row.kind === 'run' && row.inside ? ' inside' : ''}`);

it('shows a group as one row that opens, and one of a single run as that run', () => {
  expect(ids([])).toEqual(['group g', 'b', 'd']);
  expect(ids(['g'])).toEqual(['group g', 'a inside', 'c inside', 'b', 'd']);
});

it('tells the spread of numbers, what all share, and nothing of words that differ', () => {
  const fieldsOf = (one: RunSummary) => ({ loss: (one as unknown as { loss: number | null }).loss, name: one.id, cell: 'lstm' });
  const runs = [run('a', 'g', 1), run('b', 'g', 3), run('c', 'g', null)];
  expect(groupValue(runs, fieldsOf, 'loss')).toMatchObject({ mean: 2, count: 2 });
  expect(groupValue(runs, fieldsOf, 'cell')).toBe(runs[0]);
  expect(groupValue(runs, fieldsOf, 'name')).toBeNull();
});
