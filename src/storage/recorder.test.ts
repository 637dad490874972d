import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SeriesTable } from '../shared/dataset.ts';
import { environmentError } from '../shared/errors.ts';
import { makePlan, splitRows } from '../shared/plan.ts';
import type { HorizonErrors, Metrics } from '../shared/run.ts';
import { openStorage, RunRecorder, type Storage } from './index.ts';
import { epochs, makeFolder, newRun, spec } from './testing.ts';

let folder: ReturnType<typeof makeFolder>;
let storage: Storage;
let recorder: RunRecorder;
const { plan } = makePlan(splitRows(880, { train: 0.7, validation: 0.15, test: 0.15 }), spec);
const table: SeriesTable = {
  rows: 880, time: { kind: 'row', name: '', values: Float64Array.from({ length: 880 }, (_, i) => i) },
  columns: [{ name: 'Rate', values: Float64Array.from({ length: 880 }, (_, i) => i / 2) }],
};
const metrics: Metrics = { train: { mae: 1, rmse: 1, r2: 1, count: 1 }, validation: null, test: null };
const id = 'run-abc';

beforeEach(() => {
  folder = makeFolder();
  ({ storage } = openStorage({ file: folder.file }));
  storage.runs.create(newRun({ id }));
  recorder = new RunRecorder(storage, id, table);
  recorder.record({ type: 'started', device: { backend: 'wasm', device: 'CPU', reason: 'fastest', detail: '' }, plan });
  recorder.record({ type: 'epochs', records: epochs(1, 3) });
});
afterEach(() => {
  storage.close();
  folder.remove();
});

describe('what a trainer says', () => {
  it('is stored as it happens', () => {
    expect(storage.runs.get(id)).toMatchObject({ status: 'running', plan, epochsDone: 3, device: { backend: 'wasm' } });
    expect(recorder.record({ type: 'checkpoint', kind: 'last', epoch: 3, bytes: Uint8Array.of(1) })).toBeNull();
    expect(storage.checkpoints.get(id)).toMatchObject({ kind: 'last', epoch: 3 });
    expect(recorder.record({ type: 'progress', epoch: 4, epochs: 9, batch: 1, batches: 2, secondsLeft: null, stepsPerSecond: null })).toMatchObject({ type: 'progress', runId: id });
  });

  it('ends with metrics, predictions beside the truth, and the final checkpoint', () => {
    const predicted = new Float64Array(880).fill(Number.NaN);
    const horizon: HorizonErrors = { steps: { train: { mae: [1], rmse: [1] }, validation: null, test: null }, worst: [] };
    const told = recorder.record({ type: 'finished', metrics, persistence: metrics, evaluations: { best: { epoch: 2, metrics }, last: { epoch: 3, metrics } }, targets: [{ name: 'Rate', metrics, persistence: metrics, horizon, predicted }], epoch: 3, checkpoint: Uint8Array.of(2), seconds: 1.5 });
    expect(told).toMatchObject({ type: 'ended', run: { id, status: 'done', metrics, seconds: 1.5 } });
    expect(storage.runs.predictions(id)).toEqual({ time: table.time, truth: table.columns[0]!.values, predicted, trainEnd: plan.split.trainEnd, validationEnd: plan.split.validationEnd, horizon });
    expect(storage.runs.get(id).targets).toBeNull();
    expect(storage.checkpoints.get(id)!.kind).toBe('final');
  });

  it('or ends cancelled, failed or interrupted, with the epochs so far', () => {
    expect(recorder.record({ type: 'cancelled', epoch: 3 })).toMatchObject({ type: 'ended', run: { status: 'cancelled', epochsDone: 3 } });
    const error = environmentError('trainer.died', 'It ended.').data;
    storage.runs.create(newRun({ id: 'run-b' }));
    expect(new RunRecorder(storage, 'run-b', table).record({ type: 'failed', error })).toMatchObject({ run: { status: 'failed', error } });
    storage.runs.create(newRun({ id: 'run-c' }));
    expect(new RunRecorder(storage, 'run-c', table).interrupt(error)).toMatchObject({ run: { status: 'interrupted', error } });
  });
});
