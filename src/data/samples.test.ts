import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { describeTable, readTable, seriesTable } from './index.ts';

const folder = join(import.meta.dirname, '../../resources/samples');

describe('the shipped samples', () => {
  it.each([
    ['us-treasury-10y-monthly.csv', 879, 'Date', 'Rate', '1953-04-01', '2026-06-01', 2.83, 4.47],
    ['airline-passengers.csv', 144, 'Month', 'Passengers', '1949-01-01', '1960-12-01', 112, 432],
    ['daily-min-temperatures-melbourne.csv', 3650, 'Date', 'Temp', '1981-01-01', '1990-12-31', 20.7, 13],
  ])('%s reads without a problem', (file, rows, time, target, from, to, first, last) => {
    const table = readTable(new Uint8Array(readFileSync(join(folder, file))), file);
    const facts = describeTable(table);
    expect(facts).toMatchObject({ rows, roles: { time, targets: [target], inputs: [target] }, problem: null });
    const series = seriesTable(table, facts.roles!);
    expect(series.time.kind).toBe('date');
    const day = (value: number) => new Date(value).toISOString().slice(0, 10);
    expect([day(series.time.values[0]!), day(series.time.values.at(-1)!)]).toEqual([from, to]);
    const { values } = series.columns[0]!;
    expect([values[0], values.at(-1)]).toEqual([first, last]);
  });
});
