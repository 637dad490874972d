import { describe, expect, it } from 'vitest';
import { backends, Rng } from '../../engine/index.ts';
import { decodeCheckpoint, encodeCheckpoint } from '../../formats/checkpoint.ts';
import { defaultSpec } from '../../shared/defaults.ts';
import type { SeriesTable } from '../../shared/dataset.ts';
import type { ForecastSpec } from '../../shared/spec.ts';
import { insightSchema } from '../../shared/insight.ts';
import { trainRun } from '../session.ts';
import { storedInsight } from './stored.ts';
import { insightOf } from './insight.ts';
import { rolesOf } from '../../shared/roles.ts';

const host = { engines: backends, signal: { aborted: false }, breathe: () => Promise.resolve() };

function monthly(rows: number, value: (row: number) => number): SeriesTable {
  return {
    rows, time: { kind: 'date', name: 'month', values: Float64Array.from({ length: rows }, (_, row) => Date.UTC(2000, row, 1)) },
    columns: [{ name: 'y', values: Float64Array.from({ length: rows }, (_, row) => value(row)) }],
  };
}

async function trained(table: SeriesTable, change: (spec: ForecastSpec) => void) {
  const spec = defaultSpec(rolesOf('month', 'y'), table.rows, 30 * 86_400);
  spec.window.sequenceLength = 12;
  spec.training.epochs = 60;
  spec.training.learningRate = 0.01;
  change(spec);
  const end = await trainRun(spec, table, { ...host, encode: encodeCheckpoint, emit: () => undefined, now: () => performance.now() });
  if (end.type !== 'finished') throw new Error(end.type);
  return { spec, end, parameters: decodeCheckpoint(end.checkpoint).parameters };
}

describe('insight', () => {
  const rng = new Rng(2);
  const season = monthly(240, (row) => 10 + 3 * Math.sin((2 * Math.PI * row) / 12) + 0.1 * rng.normal());

  it('judges a seasonal series: memory, season, scores, intervals, a forecast beyond the end', async () => {
    const { spec, end, parameters } = await trained(season, (s) => { s.window.horizon = 2; });
    const insight = (await insightOf(spec, season, parameters, { season: null, steps: 24 }, host))!;
    expect(insightSchema.safeParse(insight).error).toBeUndefined();
    expect(insight.season).toEqual({ used: 12, detected: 12 });
    expect(insight.judged).toBe('test');
    // The same windows and the same network: the same errors as the run's own.
    expect(insight.scores.test!.model!.rmse).toBeCloseTo(end.metrics.test!.rmse, 9);
    expect(insight.scores.test!.persistence!.rmse).toBeCloseTo(end.persistence.test!.rmse, 9);
    expect(insight.scores.test!.model!.mase).toBeGreaterThan(0);
    expect(insight.bySteps.test).toHaveLength(2);
    expect(insight.bySteps.validation).toHaveLength(2);
    expect(insight.verdict).toMatchObject({ part: 'test', rmse: insight.scores.test!.model!.rmse });
    expect(insight.suspicions.lag!.fires).toBe(false);
    expect(insight.memory!.slopes.relative).toHaveLength(12);
    expect(insight.memory!.occlusion!.changes).toHaveLength(12);
    expect(insight.intervals.map((i) => i.level)).toEqual([0.8, 0.95]);
    expect(insight.forecast!.method).toBe('recursive');
    expect(new Date(insight.forecast!.time[0]!).toISOString().slice(0, 10)).toBe('2020-01-01');
    insight.forecast!.values.forEach((value, i) => { expect(Math.abs(value - (10 + 3 * Math.sin((2 * Math.PI * (240 + i)) / 12)))).toBeLessThan(1); });
    expect(insight.forecast!.bands[0]!.halfWidths[0]).toBeGreaterThan(0);
    const direct = (await insightOf(spec, season, parameters, { season: 6, steps: 2 }, host))!;
    expect(direct.forecast!.method).toBe('direct');
    expect(direct.season).toEqual({ used: 6, detected: 12 });
    direct.forecast!.values.forEach((value, i) => { expect(value).toBeCloseTo(insight.forecast!.values[i]!, 5); });
  });

  it('tells from the stored predictions alone what it can, when the data is gone', async () => {
    const { spec, end, parameters } = await trained(season, () => undefined);
    const whole = (await insightOf(spec, season, parameters, { season: null, steps: 1 }, host))!;
    const { split } = whole.scores.test === null ? { split: null } : { split: { train: end.metrics.train!.count, validation: end.metrics.validation!.count } };
    const T = spec.window.sequenceLength;
    const stored = storedInsight(spec, { time: season.time, truth: season.columns[0]!.values, predicted: end.targets[0]!.predicted, trainEnd: T + split!.train, validationEnd: T + split!.train + split!.validation }, { season: null, steps: 1 }, { code: 'insight.no-data', message: 'gone', fault: 'input' });
    expect(insightSchema.safeParse(stored).error).toBeUndefined();
    expect(stored).toMatchObject({ memory: null, forecast: null, lacking: { code: 'insight.no-data' }, season: whole.season, judged: 'test' });
    expect(stored.scores.test!.model!.rmse).toBeCloseTo(whole.scores.test!.model!.rmse, 5);
    expect(stored.scores.validation!.seasonal!.mae).toBeCloseTo(whole.scores.validation!.seasonal!.mae, 9);
    expect(stored.residuals!.values).toHaveLength(whole.residuals!.values.length);
    expect(stored.intervals[0]!.halfWidths[0]).toBeCloseTo(whole.intervals[0]!.halfWidths[0]!, 5);
  });

  it('says what a run without validation and test part lacks', async () => {
    const { spec, parameters } = await trained(season, (s) => { s.split = { by: 'share', train: 1, validation: 0, test: 0 }; s.training.epochs = 2; });
    const insight = (await insightOf(spec, season, parameters, { season: null, steps: 1 }, host))!;
    expect(insight.judged).toBe('train');
    expect(insight.scores.test).toBeNull();
    expect(insight.intervals).toEqual([]);
    expect(insight.forecast!.bands[0]!.halfWidths[0]).toBeNaN();
  });

  it('has no infinity for a constant series', async () => {
    const flat = monthly(80, () => 5);
    const { spec, parameters } = await trained(flat, (s) => { s.training.epochs = 2; });
    const insight = (await insightOf(spec, flat, parameters, { season: null, steps: 3 }, host))!;
    expect(insight.season.detected).toBeNull();
    expect(insight.scores.test!.model!.mase).toBeNull();
    expect(insight.suspicions).toEqual({ lag: null, flat: null });
    // Persistence makes no error here: no share of zero is told.
    expect(insight.verdict).toMatchObject({ outcome: 'exact', gain: null });
    expect(JSON.stringify(insight.scores)).not.toMatch(/Infinity|NaN/);
  });

  it('stops when it is told to', async () => {
    const { spec, parameters } = await trained(season, (s) => { s.training.epochs = 1; });
    expect(await insightOf(spec, season, parameters, { season: null, steps: 1 }, { ...host, signal: { aborted: true } })).toBeNull();
  });
});
