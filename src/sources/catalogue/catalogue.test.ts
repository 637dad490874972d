import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { columnSeries, describeTable, examine, tableRows } from '../../data/index.ts';
import { openSource } from '../index.ts';
import { makeFolder, refusalOf } from '../testing.ts';
import { opened } from './opened.ts';
import { refused } from './refused.ts';

let folder: ReturnType<typeof makeFolder>;
beforeAll(() => { folder = makeFolder(); });
afterAll(() => folder.remove());

function put(name: string, content: Uint8Array): string {
  const path = join(folder.path, name);
  writeFileSync(path, content);
  return path;
}

it('has at least 60 files, each with a name of its own', () => {
  const names = [...refused, ...opened].map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  expect(names.length).toBeGreaterThanOrEqual(60);
});

describe('a file that is refused', () => {
  it.each(refused)('$name', async ({ name, content, code, says }) => {
    const path = put(name, content());
    const began = performance.now();
    const error = await refusalOf(openSource(path));
    expect(error).toMatchObject({ code, message: says, fault: 'input', details: { name } });
    expect(error.hint).toMatch(/\.$/);
    // A hang is minutes; a busy machine needs seconds.
    expect(performance.now() - began).toBeLessThan(30_000);
  }, 60_000);
});

describe('an odd file that opens', () => {
  it.each(opened)('$name', async ({ name, content, names, rows, dialect, first, values, times, numberSays, timeSays, problem, finds }) => {
    const { table } = await openSource(put(name, content()));
    const facts = describeTable(table);
    expect(table.names).toEqual(names);
    expect(facts.rows).toBe(rows);
    if (dialect !== undefined) expect(facts.dialect).toMatchObject(dialect);
    if (first !== undefined) expect(tableRows(table, 0, 1)[0]!.cells).toEqual(first);
    for (const [column, wanted] of Object.entries(values ?? {})) expect([...columnSeries(table, column, null).values].slice(0, wanted.length)).toEqual(wanted);
    for (const [column, wanted] of Object.entries(times ?? {})) {
      const series = columnSeries(table, column, column);
      expect(series.kind).toBe('date');
      expect([...series.time].slice(0, wanted.length).map((at) => new Date(at).toISOString())).toEqual(wanted.map((text) => new Date(`${text}${text.includes('T') ? 'Z' : ''}`).toISOString()));
    }
    const column = (wanted: string) => facts.columns.find((each) => each.name === wanted)!;
    for (const [each, says] of Object.entries(numberSays ?? {})) expect(column(each).numberProblem?.message).toBe(says);
    for (const [each, says] of Object.entries(timeSays ?? {})) expect(column(each).timeProblem?.message).toBe(says);
    if (finds !== undefined) {
      const said = examine(table);
      for (const [code, says] of Object.entries(finds)) expect(said.find((found) => found.code === code)?.message).toBe(says);
    }
    if (problem !== undefined) expect(facts.problem?.message).toBe(problem);
  }, 30_000);
});
