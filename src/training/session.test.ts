import { describe, expect, it } from 'vitest';
import { backends } from '../engine/index.ts';
import { decodeCheckpoint, encodeCheckpoint } from '../formats/checkpoint.ts';
import { defaultSpec } from '../shared/defaults.ts';
import type { SeriesTable } from '../shared/dataset.ts';
import type { ForecastSpec } from '../shared/spec.ts';
import type { TrainerEvent } from '../shared/trainer-protocol.ts';
import { trainRun } from './session.ts';
import { rolesOf } from '../shared/roles.ts';

const rows = 120;
const wave = Float64Array.from({ length: rows }, (_, i) => 10 + 3 * Math.sin(i / 4));
const table: SeriesTable = {
  rows, time: { kind: 'row', name: '', values: Float64Array.from({ length: rows }, (_, i) => i) },
  columns: [{ name: 'y', values: wave }, { name: 'z', values: wave.map((v) => v * 2) }],
};

function spec(change: (spec: ForecastSpec) => void = () => undefined): ForecastSpec {
  const made = defaultSpec(rolesOf(null, 'y'), rows, null);
  made.window.sequenceLength = 5;
  made.model.hiddenSize = 6;
  made.training.epochs = 10;
  made.training.learningRate = 0.01;
  change(made);
  return made;
}

async function train(given: ForecastSpec, onEvent: (event: TrainerEvent, abort: () => void) => void = () => undefined) {
  const events: TrainerEvent[] = [];
  const signal = { aborted: false };
  const last = await trainRun(given, table, {
    signal, engines: backends, encode: encodeCheckpoint, now: () => performance.now(), breathe: () => new Promise((resolve) => { setImmediate(resolve); }),
    emit: (event) => {
      events.push(event);
      onEvent(event, () => { signal.aborted = true; });
    },
  });
  return { events, last, records: events.flatMap((event) => (event.type === 'epochs' ? event.records : [])) };
}

describe.each(['reference', 'wasm'] as const)('trainRun on %s', (backend) => {
  const on = (change: (spec: ForecastSpec) => void = () => undefined) => spec((s) => {
    s.backend = backend;
    change(s);
  });

  it('learns a wave, better than repeating the last value, and predicts every row that has a window before it', async () => {
    const { last, records } = await train(on((s) => { s.training.epochs = 120; }));
    if (last.type !== 'finished') throw new Error('not finished');
    expect(records).toHaveLength(120);
    expect(records.at(-1)!.trainLoss).toBeLessThan(records[0]!.trainLoss / 10);
    expect(last.metrics.test!.rmse).toBeLessThan(last.persistence.test!.rmse);
    expect(last.targets[0]!.predicted.findIndex((value) => !Number.isNaN(value))).toBe(5);
    expect(last.targets[0]!.predicted.subarray(5).every((value, i) => Math.abs(value - wave[i + 5]!) < 1.5)).toBe(true);
    expect(decodeCheckpoint(last.checkpoint).epoch).toBe(120);
  });

  it('shows some predictions while it trains, and those of the end', async () => {
    const { events, last } = await train(on());
    const previews = events.filter((event) => event.type === 'preview');
    if (last.type !== 'finished') throw new Error('not finished');
    const end = previews.at(-1)!;
    expect(end.epoch).toBe(10);
    expect([...end.predicted[0]!]).toEqual(Array.from(end.rows, (row) => last.targets[0]!.predicted[row]));
  });

  it('is the same to the last digit for a seed, and another for another', async () => {
    const once = async (seed: number) => {
      const { last, records } = await train(on((s) => { s.training.seed = seed; }));
      return JSON.stringify([last.type === 'finished' && [last.metrics, Array.from(last.targets[0]!.predicted)], records.map(({ trainLoss, validationLoss, gradientNorm }) => [trainLoss, validationLoss, gradientNorm])]);
    };
    expect(await once(7)).toBe(await once(7));
    expect(await once(7)).not.toBe(await once(8));
  });

  it('stops at a cancel and keeps the epochs before it', async () => {
    const { last, records } = await train(on((s) => { s.training.epochs = 100_000; }), (event, abort) => { if (event.type === 'epochs') abort(); });
    expect(last).toMatchObject({ type: 'cancelled' });
    expect(records.length).toBeGreaterThan(0);
    expect(records.length).toBeLessThan(1000);
    expect(last.type === 'cancelled' && last.epoch).toBe(records.at(-1)!.epoch);
  });

  it('says since when the loss is not finite, and what to change', async () => {
    await expect(train(on((s) => {
      s.model.cell = 'rnn_relu';
      s.training.optimizer = 'sgd';
      s.training.learningRate = 10;
      s.training.epochs = 200;
    }))).rejects.toMatchObject({ data: { code: 'training.diverged', field: 'training.learningRate', details: { epoch: expect.any(Number) }, hint: expect.stringContaining('smaller learning rate') } });
  });

  it('stops early and takes the best weights back', async () => {
    const { last, records } = await train(on((s) => {
      s.training.epochs = 500;
      s.training.learningRate = 0.05;
      s.training.patience = 5;
    }));
    expect(last.type).toBe('finished');
    expect(records.length).toBeLessThan(500);
    const best = records.reduce((a, b) => (b.validationLoss! < a.validationLoss! ? b : a));
    expect(records.length - best.epoch).toBe(5);
  });

  it('trains without validation and test parts, and measures nothing there', async () => {
    const { last, records } = await train(on((s) => { s.split = { by: 'share', train: 1, validation: 0, test: 0 }; }));
    if (last.type !== 'finished') throw new Error('not finished');
    expect(records[0]!.validationLoss).toBeNull();
    expect(last.metrics).toMatchObject({ validation: null, test: null, train: { count: 115 } });
  });

  it('learns from a target at every step, y (N, T, horizon)', async () => {
    const { last, events } = await train(on((s) => {
      s.window.targets = 'every';
      s.training.epochs = 120;
    }));
    expect(events[0]).toMatchObject({ type: 'started', plan: { shapes: { y: [79, 5, 1] } } });
    if (last.type !== 'finished') throw new Error('not finished');
    expect(last.metrics.test!.rmse).toBeLessThan(last.persistence.test!.rmse);
    expect(last.targets[0]!.predicted.subarray(10).every((value, i) => Math.abs(value - wave[i + 10]!) < 1.5)).toBe(true);
  });

  it('takes several inputs and a horizon', async () => {
    const { last, events } = await train(on((s) => {
      s.roles.inputs = ['y', 'z'];
      s.window.horizon = 3;
    }));
    expect(events[0]).toMatchObject({ type: 'started', plan: { shapes: { X: [77, 5, 2], y: [77, 3] } } });
    expect(last.type === 'finished' && last.metrics.test!.count).toBe(last.type === 'finished' ? last.persistence.test!.count : NaN);
  });
});

it('refuses what cannot be trained with the sentence of its field', async () => {
  await expect(train(spec((s) => { s.window.sequenceLength = 500; }))).rejects.toMatchObject({ data: { code: 'data.too-few-rows', field: 'window.sequenceLength' } });
  await expect(train(spec((s) => { s.roles.targets = ['nowhere']; }))).rejects.toMatchObject({ data: { code: 'data.unknown-column' } });
});
