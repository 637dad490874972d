import { describe, expect, it } from 'vitest';
import { backends, Rng } from '../engine/index.ts';
import { decodeCheckpoint, encodeCheckpoint } from '../formats/checkpoint.ts';
import { defaultSpec } from '../shared/defaults.ts';
import type { SeriesTable } from '../shared/dataset.ts';
import type { EpochRecord } from '../shared/run.ts';
import { cellKinds, optimizerKinds, SPEC_VERSION, type CharSpec, type ForecastSpec } from '../shared/spec.ts';
import { rolesOf } from '../shared/roles.ts';
import type { TrainerEvent } from '../shared/trainer-protocol.ts';
import { tokenize } from '../data/text.ts';
import type { TextSample } from '../shared/text.ts';
import type { TrainingHost } from './loop.ts';
import { trainRun } from './session.ts';
import type { Resumption } from './state.ts';
import { trainText } from './text/session.ts';

const rows = 120;
const table: SeriesTable = {
  rows, time: { kind: 'row', name: '', values: Float64Array.from({ length: rows }, (_, i) => i) },
  columns: [{ name: 'y', values: Float64Array.from({ length: rows }, (_, i) => Math.sin(i / 3) + Math.cos(i * 1.7) / 5) }],
};

type Settings = Pick<ForecastSpec, 'model' | 'backend'> & { training: Omit<ForecastSpec['training'], 'loss'> };

function forecast(change: (spec: Settings) => void): ForecastSpec {
  const made = defaultSpec(rolesOf(null, 'y'), rows, null);
  made.window.sequenceLength = 6;
  Object.assign(made.model, { hiddenSize: 5 });
  Object.assign(made.training, { epochs: 6, batchSize: 16, learningRate: 0.01 });
  change(made);
  return made;
}

function character(change: (spec: Settings) => void): CharSpec {
  const { model, training, backend } = forecast(() => undefined);
  const made: CharSpec = {
    version: SPEC_VERSION, task: 'char', text: { column: null, normalization: 'NFC', minCount: 1, embedding: null },
    window: { sequenceLength: 5, stride: 1, targets: 'every' }, split: { train: 0.7, validation: 0.15, test: 0.15 },
    samples: { every: 2, prompt: 'ab', length: 12, temperature: 0.8 }, model, training: { ...training, loss: 'crossEntropy' }, backend,
  };
  change(made);
  return made;
}
const text = 'abracadabra, said the rnn, and unrolled itself over and over again until nobody could tell where it had begun.';

interface Part { last: TrainerEvent; records: EpochRecord[]; samples: TextSample[]; checkpoint: Uint8Array | null }

/** Trains until the signal has been looked at `looks` times: after that many batches, evaluations and characters. */
async function train(given: ForecastSpec | CharSpec, looks: number, resumption: Resumption | null): Promise<Part> {
  const part: Omit<Part, 'last'> = { records: [], samples: [], checkpoint: null };
  let looked = 0;
  let now = 0;
  const host: TrainingHost = {
    engines: backends, encode: encodeCheckpoint, signal: { get aborted() { return ++looked > looks; } },
    now: () => (now += 1), breathe: () => Promise.resolve(),
    emit: (event) => {
      if (event.type === 'epochs') part.records.push(...event.records);
      if (event.type === 'sample') part.samples.push(event.sample);
      if (event.type === 'checkpoint' && event.kind === 'last') part.checkpoint = event.bytes;
    },
  };
  const last = await (given.task === 'char' ? trainText(given, tokenize(text, given.text), host, resumption) : trainRun(given, table, host, resumption));
  return { last, ...part };
}

/** Breaks a run off at random places and lets it go on through its checkpoint, until it is done. */
async function trainInParts(given: ForecastSpec | CharSpec, rng: Rng): Promise<{ end: TrainerEvent; records: EpochRecord[]; samples: TextSample[]; within: number }> {
  const [all, samples] = [new Map<number, EpochRecord>(), new Map<number, TextSample>()];
  let from: Resumption | null = null;
  let within = 0;
  for (let parts = 0; parts < 500; parts++) {
    // Every other part ends early in the first epoch that it comes to.
    const part = await train(given, 1 + rng.below(parts % 2 === 0 ? 4 : 60), from);
    for (const record of part.records) all.set(record.epoch, record);
    for (const sample of part.samples) samples.set(sample.epoch, sample);
    const records = [...all.values()].sort((a, b) => a.epoch - b.epoch);
    if (part.last.type !== 'cancelled') return { end: part.last, records, samples: [...samples.values()].sort((a, b) => a.epoch - b.epoch), within };
    if (part.checkpoint !== null) {
      const state = decodeCheckpoint(part.checkpoint);
      if (state.position!.steps > 0) within++;
      from = { state, records };
    }
  }
  throw new Error('it never ends');
}

/** What must be the same to the last bit: everything but the seconds. */
const bits = (records: readonly EpochRecord[]) => records.map((record) => ({ ...record, seconds: 0 }));

async function expectSame(given: ForecastSpec | CharSpec, seed: number): Promise<void> {
  const whole = await train(given, Infinity, null);
  const parts = await trainInParts(given, new Rng(seed));
  expect(parts.within, 'broken off within an epoch').toBeGreaterThan(0);
  expect(bits(parts.records)).toEqual(bits(whole.records));
  expect(parts.samples).toEqual(whole.samples);
  const { end } = parts;
  if (end.type !== 'finished' && end.type !== 'finishedText') throw new Error(`ended ${end.type}`);
  const timeless = (event: typeof end) => ({ ...event, seconds: 0, checkpoint: { ...decodeCheckpoint(event.checkpoint), seconds: 0 } });
  expect(timeless(end)).toEqual(timeless(whole.last as typeof end));
}

const cases = (['wasm', 'reference'] as const).flatMap((backend) => cellKinds.flatMap((cell) => optimizerKinds.map((optimizer) => [backend, cell, optimizer] as const)));

describe('a run that is broken off at random batches and goes on ends as one that never stopped, bit for bit', () => {
  it.each(cases)('%s, %s, %s: a series', (backend, cell, optimizer) => expectSame(forecast((spec) => {
    spec.backend = backend;
    spec.model.cell = cell;
    spec.training.optimizer = optimizer;
  }), cases.findIndex((one) => one[0] === backend && one[1] === cell && one[2] === optimizer)));

  it.each(cases)('%s, %s, %s: a text', (backend, cell, optimizer) => expectSame(character((spec) => {
    spec.backend = backend;
    spec.model.cell = cell;
    spec.training.optimizer = optimizer;
  }), 100 + cases.findIndex((one) => one[0] === backend && one[1] === cell && one[2] === optimizer)));

  it.each<[string, (spec: Settings) => void]>([
    ['early stopping, which takes the best weights back', ({ training }) => { Object.assign(training, { patience: 3, learningRate: 0.05, epochs: 40 }); }],
    ['a plateau schedule with momentum', ({ training }) => { Object.assign(training, { optimizer: 'sgd', schedule: 'plateau', epochs: 30, momentum: 0.9 }); }],
    ['a cosine schedule, two layers both ways, dropout, clipping', ({ training, model }) => {
      Object.assign(model, { cell: 'lstm', layers: 2, dropout: 0.3, bidirectional: true });
      Object.assign(training, { schedule: 'cosine', clipNorm: 0.05, weightDecay: 0.01 });
    }],
    ['a step schedule, a batch of one', ({ training }) => { Object.assign(training, { schedule: 'step', batchSize: 1, epochs: 3 }); }],
  ])('%s', async (_name, change) => {
    for (const seed of [1, 2, 3]) await expectSame(forecast(change), seed);
    await expectSame(character(change), 4);
  });
});

it('a checkpoint whose epochs are missing is refused, not gone on from wrongly', async () => {
  const { checkpoint, records } = await train(forecast(() => undefined), 30, null);
  const state = decodeCheckpoint(checkpoint!);
  expect(state.epoch).toBeGreaterThan(0);
  await expect(train(forecast(() => undefined), Infinity, { state, records: records.slice(1) })).rejects.toMatchObject({ data: { code: 'checkpoint.incomplete' } });
});
