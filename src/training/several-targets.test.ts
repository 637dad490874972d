import { describe, expect, it } from 'vitest';
import { backends } from '../engine/index.ts';
import { decodeCheckpoint, encodeCheckpoint } from '../formats/checkpoint.ts';
import { defaultSpec } from '../shared/defaults.ts';
import type { SeriesTable } from '../shared/dataset.ts';
import type { Roles } from '../shared/roles.ts';
import type { ForecastSpec } from '../shared/spec.ts';
import { insightOf } from './insight/insight.ts';
import { overall } from './judge.ts';
import { trainRun } from './session.ts';

const rows = 200;
const day = 86_400_000;
const weather = Float64Array.from({ length: rows }, (_, i) => (i * i) % 3);
const promo = Float64Array.from({ length: rows }, (_, i) => ((i * 7) % 10 < 3 ? 1 : 0));
// What promo and weekday decide, so that only a network that reads both can tell it.
const sales = Float64Array.from({ length: rows }, (_, i) => 100 + 20 * Math.sin((2 * Math.PI * i) / 7) + 40 * promo[i]!);
const table: SeriesTable = {
  rows, time: { kind: 'date', name: 'day', values: Float64Array.from({ length: rows }, (_, i) => Date.UTC(2023, 0, 2) + i * day) },
  columns: [{ name: 'sales', values: sales }, { name: 'visits', values: sales.map((value, i) => value * 3 + (i % 5)) }, { name: 'weather', values: weather }, { name: 'promo', values: promo }],
};
const roles: Roles = {
  time: 'day', targets: ['sales', 'visits'], inputs: ['sales', 'visits', 'weather', 'promo'], calendar: ['weekday'], known: ['promo'],
  encodings: { weather: { kind: 'onehot', categories: ['sun', 'rain', 'snow'] }, promo: { kind: 'boolean', true: ['yes'], false: ['no'] } },
};

function spec(change: (spec: ForecastSpec) => void = () => undefined): ForecastSpec {
  const made = defaultSpec(structuredClone(roles), rows, 86_400);
  made.window.horizon = 2;
  Object.assign(made.training, { epochs: 60, learningRate: 0.01 });
  change(made);
  return made;
}

async function trained(given: ForecastSpec) {
  const end = await trainRun(given, table, { signal: { aborted: false }, engines: backends, encode: encodeCheckpoint, now: () => performance.now(), breathe: () => Promise.resolve(), emit: () => undefined });
  if (end.type !== 'finished') throw new Error(end.type);
  return end;
}
const host = { engines: backends, signal: { aborted: false }, breathe: () => Promise.resolve() };

describe('several targets', () => {
  it('are told apart by each engine in the same way, overall and one by one', async () => {
    const [wasm, reference] = await Promise.all((['wasm', 'reference'] as const).map((backend) => trained(spec((s) => { s.backend = backend; s.training.epochs = 20; s.window.targets = 'every'; }))));
    expect(wasm!.targets.map(({ name }) => name)).toEqual(['sales', 'visits']);
    for (const [k, target] of wasm!.targets.entries()) {
      const other = reference!.targets[k]!;
      expect(target.metrics.test!.rmse / other.metrics.test!.rmse).toBeCloseTo(1, 2);
      target.predicted.slice(-21, -1).forEach((value, i) => { expect(value / other.predicted.at(i - 21)!).toBeCloseTo(1, 2); });
      expect(target.persistence).toEqual(other.persistence);
    }
    expect(wasm!.metrics.test!.rmse / reference!.metrics.test!.rmse).toBeCloseTo(1, 2);
  });

  it('are learnt from words, the weekday and what is known in the future, where persistence fails', async () => {
    const { targets, metrics, persistence } = await trained(spec());
    for (const { metrics: own, persistence: naive } of targets) expect(own.test!.rmse).toBeLessThan(naive.test!.rmse / 4);
    expect(metrics.test!.rmse).toBeLessThan(persistence.test!.rmse / 4);
    const blind = await trained(spec((s) => { s.roles = { ...s.roles, inputs: ['sales', 'visits', 'weather'], known: [], encodings: { weather: s.roles.encodings['weather']! } }; }));
    expect(blind.metrics.test!.rmse).toBeGreaterThan(metrics.test!.rmse * 2);
  });

  it('together count alike: each in units of its own scale', () => {
    const one = (mae: number, rmse: number, r2: number | null) => ({ train: null, validation: null, test: { mae, rmse, r2, count: 10 } });
    expect(overall([one(2, 3, 0.5), one(100, 400, null)], [1, 100])).toEqual({ train: null, validation: null, test: { mae: 1.5, rmse: Math.sqrt((9 + 16) / 2), r2: 0.5, count: 20 } });
    expect(overall([one(2, 3, 0.5)], [7])).toEqual(one(2, 3, 0.5));
  });

  it('are forecast beyond the end with what is known there, each in its unit; what is missing is asked for', async () => {
    const given = spec((s) => { s.roles = { ...s.roles, inputs: ['sales', 'visits', 'promo'], encodings: { promo: s.roles.encodings['promo']! } }; });
    const { parameters } = decodeCheckpoint((await trained(given)).checkpoint);
    const next = Array.from({ length: 6 }, (_, i) => ({ promo: ((rows + i) * 7) % 10 < 3, sales: 100 + 20 * Math.sin((2 * Math.PI * (rows + i)) / 7) + (((rows + i) * 7) % 10 < 3 ? 40 : 0) }));
    const ask = (request: { steps: number; target?: number; known?: Record<string, string[]> }) => insightOf(given, table, parameters, { season: null, ...request }, host);
    const known = { promo: next.map((row) => (row.promo ? 'Yes' : 'no')) };
    const sold = (await ask({ steps: 6, known }))!;
    expect(sold.forecast!.method).toBe('recursive');
    sold.forecast!.values.forEach((value, i) => { expect(Math.abs(value - next[i]!.sales)).toBeLessThan(15); });
    const visited = (await ask({ steps: 2, target: 1, known }))!;
    expect([visited.target, visited.forecast!.method]).toEqual(['visits', 'direct']);
    expect(visited.forecast!.values[0]! / next[0]!.sales).toBeCloseTo(3, 0);
    const unasked = (await ask({ steps: 2 }))!;
    expect([unasked.forecast, unasked.forecastProblem, unasked.forecastNeeds]).toEqual([null, 'The forecast needs the values of "promo" at the 2 steps beyond the end.', [{ column: 'promo', categories: ['yes', 'no'] }]]);
    await expect(ask({ steps: 3, known: { promo: ['yes'] } })).rejects.toMatchObject({ data: { code: 'forecast.known', details: { steps: 3, got: 1 } } });
    await expect(ask({ steps: 1, known: { promo: ['perhaps'] } })).rejects.toMatchObject({ data: { code: 'data.unknown-category', field: 'promo' } });
  });
});
