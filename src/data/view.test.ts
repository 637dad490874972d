import { describe, expect, it } from 'vitest';
import { seriesView } from './view.ts';

const rows = 10_000;
const time = Float64Array.from({ length: rows }, (_, i) => i * 10);
const values = Float64Array.from({ length: rows }, (_, i) => Math.sin(i / 100));
const series = { kind: 'date' as const, time, values };

describe('a view of a series', () => {
  it('of few rows is the series itself', () => {
    const short = { kind: 'row' as const, time: Float64Array.of(0, 1, 2), values: Float64Array.of(5, NaN, 7) };
    expect(seriesView(short, { from: null, to: null, points: 100 })).toEqual({ kind: 'row', rows: 3, start: 0, end: 2, row: Int32Array.of(0, 1, 2), ...{ time: short.time, values: short.values }, whole: true });
  });

  it('of many rows keeps to the budget, the ends and every peak', () => {
    const peaked = values.slice();
    peaked[4321] = 99;
    peaked[8765] = -99;
    const view = seriesView({ ...series, values: peaked }, { from: null, to: null, points: 400 });
    expect(view.time.length).toBeLessThanOrEqual(400);
    expect(view.whole).toBe(false);
    expect([view.row[0], view.row.at(-1), view.rows, view.start, view.end]).toEqual([0, rows - 1, rows, 0, 99_990]);
    expect(Math.max(...view.values)).toBe(99);
    expect(Math.min(...view.values)).toBe(-99);
    expect([...view.row].every((row, i) => i === 0 || row > view.row[i - 1]!)).toBe(true);
    expect([...view.row].every((row, i) => view.time[i] === time[row] && view.values[i] === peaked[row])).toBe(true);
  });

  it('of a stretch has its rows and one more on either side', () => {
    const view = seriesView(series, { from: 1000, to: 1050, points: 400 });
    expect([...view.row]).toEqual([99, 100, 101, 102, 103, 104, 105, 106]);
    expect(view.whole).toBe(true);
    expect(seriesView(series, { from: -5, to: 0, points: 400 }).row[0]).toBe(0);
    expect([...seriesView(series, { from: 1e9, to: 2e9, points: 400 }).row]).toEqual([rows - 1]);
  });

  it('shows a gap as a gap', () => {
    const gap = values.slice().fill(NaN, 5000, 5100);
    expect(seriesView({ ...series, values: gap }, { from: null, to: null, points: 400 }).values.some(Number.isNaN)).toBe(true);
    expect(seriesView({ ...series, values: values.slice().fill(NaN) }, { from: null, to: null, points: 400 }).values.every(Number.isNaN)).toBe(true);
  });

  it('of nothing is empty', () => {
    expect(seriesView({ kind: 'row', time: new Float64Array(), values: new Float64Array() }, { from: null, to: null, points: 10 }).row).toHaveLength(0);
  });
});
