import { expect, it } from 'vitest';
import type { SeriesView } from '../../shared/dataset.ts';
import { linePairs, spliced } from './series-points.ts';

const view = (rows: number[]): SeriesView => ({
  kind: 'row', rows: 100, start: 0, end: 99, row: Int32Array.from(rows), time: Float64Array.from(rows), values: Float64Array.from(rows, (r) => r * 10), whole: false,
});

it('puts the finer points in the place of the coarse ones', () => {
  expect([...spliced(view([0, 20, 40, 60, 99]), view([19, 20, 21, 22])).time]).toEqual([0, 19, 20, 21, 22, 40, 60, 99]);
  expect([...spliced(view([0, 50, 99]), view([0, 1, 2])).time]).toEqual([0, 1, 2, 50, 99]);
  expect([...spliced(view([0, 50, 99]), view([97, 98, 99])).values]).toEqual([0, 500, 970, 980, 990]);
  expect([...spliced(view([0, 99]), view([])).time]).toEqual([0, 99]);
});

it('writes pairs', () => expect([...linePairs(view([1, 2]))]).toEqual([1, 10, 2, 20]));
