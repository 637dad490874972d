import { describe, expect, it } from 'vitest';
import { backends, Rng } from '../../engine/index.ts';
import { applyRecipe, causalRecipe, readTable, seriesTable } from '../../data/index.ts';
import { emptyRecipe, type Recipe } from '../../shared/recipe.ts';
import { defaultSpec } from '../../shared/defaults.ts';
import type { SeriesTable } from '../../shared/dataset.ts';
import { backtestSchema, sweepSchema, type ExperimentProgress } from '../../shared/experiments.ts';
import { rolesOf } from '../../shared/roles.ts';
import type { ForecastSpec } from '../../shared/spec.ts';
import { backtest, foldsOf } from './backtest.ts';
import { proposedLengths, sweepLengths } from './sweep.ts';

const told: ExperimentProgress[] = [];
const host = { engines: backends, signal: { aborted: false }, breathe: () => Promise.resolve(), onProgress: (progress: ExperimentProgress) => { told.push(progress); }, now: () => performance.now() };

function series(rows: number, value: (row: number) => number): SeriesTable {
  return {
    rows, time: { kind: 'row', name: '', values: Float64Array.from({ length: rows }, (_, row) => row) },
    columns: [{ name: 'y', values: Float64Array.from({ length: rows }, (_, row) => value(row)) }],
  };
}

function specFor(table: SeriesTable, change: (spec: ForecastSpec) => void = () => undefined): ForecastSpec {
  const spec = defaultSpec(rolesOf(null, 'y'), table.rows, null);
  spec.window.sequenceLength = 8;
  spec.training.epochs = 4;
  spec.model.hiddenSize = 6;
  spec.backend = 'wasm';
  change(spec);
  return spec;
}

describe('rolling-origin backtest', () => {
  const rng = new Rng(4);
  const noise = Array.from({ length: 200 }, () => rng.normal());
  const wave = (row: number) => Math.sin(row / 5) + 0.1 * noise[row]!;

  it('trains anew at each origin, with scalers of its own, on what was known by then', async () => {
    const table = series(200, (row) => wave(row) + row / 10);
    told.length = 0;
    const result = (await backtest(specFor(table), table, { folds: 4, epochs: null }, host))!;
    expect(backtestSchema.safeParse(result).error).toBeUndefined();
    expect(result.folds.map(({ trainEnd, from, to }) => [trainEnd, from, to])).toEqual([[100, 100, 125], [125, 125, 150], [150, 150, 175], [175, 175, 200]]);
    // The series climbs: each fold's mean is its own.
    result.folds.forEach(({ scalers, from, predicted, epochs }) => {
      const known = table.columns[0]!.values.subarray(0, from);
      expect(scalers[0]!.offset).toBeCloseTo(known.reduce((sum, v) => sum + v, 0) / from, 4);
      expect(predicted).toHaveLength(25);
      expect(predicted.every(Number.isFinite)).toBe(true);
      expect(epochs).toBe(4);
    });
    expect(told.at(-1)).toEqual({ done: 4, of: 4, share: 1, secondsLeft: 0 });
    expect(result.mean).toBeCloseTo(result.folds.reduce((sum, { model }) => sum + model.rmse, 0) / 4);
  });

  it('leaks nothing: another future does not change the past', async () => {
    for (const patience of [null, 2]) {
      const change = (spec: ForecastSpec) => { spec.training.patience = patience; };
      const table = series(160, wave);
      const other = series(160, (row) => (row < 120 ? wave(row) : 1000 - 37 * row));
      const one = (await backtest(specFor(table, change), table, { folds: 4, epochs: 3 }, host))!;
      const two = (await backtest(specFor(other, change), other, { folds: 4, epochs: 3 }, host))!;
      // Folds that end before row 120 are the same to the last bit; a later one is not.
      expect(one.folds.map(({ to }) => to)).toEqual([100, 120, 140, 160]);
      expect(two.folds.slice(0, 2)).toEqual(one.folds.slice(0, 2));
      if (patience === null) expect(two.folds[3]!.scalers).not.toEqual(one.folds[3]!.scalers);
      // The first prediction of the third fold sees rows before 120 alone.
      expect(two.folds[2]!.predicted[0]).toBe(one.folds[2]!.predicted[0]);
    }
  });

  it('leaks nothing through the steps of a recipe: those that look at later rows are replaced, and it says so', async () => {
    const csv = (value: (row: number) => number) => new TextEncoder().encode(`t,y\n${Array.from({ length: 160 }, (_, row) => `${row},${row % 11 === 9 || (row > 75 && row < 82) ? '' : value(row).toFixed(6)}`).join('\n')}\n`);
    const recipe: Recipe = { ...emptyRecipe, steps: [
      { kind: 'outliers', columns: ['y'], rule: { by: 'quartiles', k: 1.5 }, action: 'clip' }, { kind: 'outliers', columns: ['y'], rule: { by: 'neighbours', k: 3, rows: 3 }, action: 'blank' },
      { kind: 'outliers', columns: ['y'], rule: { by: 'equals', values: [-999] }, action: 'blank' },
      { kind: 'fill', columns: ['y'], method: 'interpolate', time: 't' }, { kind: 'difference', columns: ['y'], lag: 1 }, { kind: 'window', column: 'y', rows: 3, statistic: 'mean', into: 'y mean' },
    ] };
    const roles = { ...rolesOf('t', 'y'), inputs: ['y', 'y mean'] };
    const run = async (value: (row: number) => number) => {
      const table = readTable(csv(value), 'a.csv');
      const causal = causalRecipe(table, recipe);
      expect(causal.replaced).toEqual([{ step: 1, kind: 'outliers', by: 'known' }, { step: 2, kind: 'outliers', by: 'nothing' }, { step: 4, kind: 'fill', by: 'before' }]);
      const made = seriesTable(applyRecipe(table, causal.recipe).table, roles);
      const spec = specFor(made, (each) => { each.roles = roles; each.recipe = causal.recipe; });
      return (await backtest(spec, made, { folds: 4, epochs: 3 }, host, causal.replaced))!;
    };
    const one = await run(wave);
    // Row 119 of the prepared table is row 120 of the file: from there on another future, with gaps and outliers of its own.
    const two = await run((row) => (row < 120 ? wave(row) : row % 7 === 0 ? 1e6 : 1000 - 37 * row));
    const ends = one.folds.map(({ to }) => to);
    expect(ends[1]).toBeLessThan(121);
    expect(two.folds.slice(0, 2)).toEqual(one.folds.slice(0, 2));
    expect(two.folds[3]!.scalers).not.toEqual(one.folds[3]!.scalers);
    expect(one.replaced).toHaveLength(3);
    // The recipe as it stands lets the future in: the test would notice.
    const whole = (value: (row: number) => number) => applyRecipe(readTable(csv(value), 'a.csv'), recipe).table;
    const [a, b] = [seriesTable(whole(wave), roles), seriesTable(whole((row) => (row < 120 ? wave(row) : 1e6)), roles)];
    expect(b.columns[0]!.values.slice(0, 118)).not.toEqual(a.columns[0]!.values.slice(0, 118));
  });

  it('says how many folds there can be, and stops when it is told to', async () => {
    expect(() => foldsOf(40, { sequenceLength: 8, horizon: 6, stride: 1, targets: 'last' }, 5)).toThrow(expect.objectContaining({ data: expect.objectContaining({ code: 'backtest.too-few-rows', hint: 'Choose at most 3 folds.' }) as unknown }) as Error);
    const table = series(160, wave);
    expect(await backtest(specFor(table), table, { folds: 2, epochs: 3 }, { ...host, signal: { aborted: true } })).toBeNull();
  });
});

describe('error against sequence length', () => {
  it('finds that a series that repeats what was six rows ago needs six steps', async () => {
    const rng = new Rng(6);
    const values: number[] = Array.from({ length: 6 }, () => rng.normal());
    for (let row = 6; row < 700; row++) values.push(0.95 * values[row - 6]! + 0.3 * rng.normal());
    const table = series(700, (row) => values[row]!);
    const spec = specFor(table, (s) => { s.model.cell = 'gru'; s.model.hiddenSize = 12; s.training.learningRate = 0.01; });
    const result = (await sweepLengths(spec, table, { lengths: [6, 2, 4, 12, 900], epochs: 25 }, host))!;
    expect(sweepSchema.safeParse(result).error).toBeUndefined();
    expect(result.points.map(({ length }) => length)).toEqual([2, 4, 6, 12]);
    expect(result.skipped).toEqual([900]);
    expect(result.part).toBe('validation');
    const error = new Map(result.points.map(({ length, rmse }) => [length, rmse]));
    expect(error.get(6)! / error.get(4)!).toBeLessThan(0.7);
    expect(result.suggestion).toBeGreaterThanOrEqual(6);
  });

  it('proposes lengths around the one of the run', () => {
    expect(proposedLengths(12)).toEqual([2, 4, 8, 12, 16]);
    expect(proposedLengths(1)).toEqual([1, 2]);
    expect(proposedLengths(1000)).toHaveLength(6);
  });
});
