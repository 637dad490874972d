import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { environmentError } from '../shared/errors.ts';
import { makePlan, splitRows } from '../shared/plan.ts';
import { beginResume, openStorage, RunRecorder, type Storage } from './index.ts';
import { migrations } from './migrations/index.ts';
import { epochs, errorOf, makeFolder, newRun, spec } from './testing.ts';

let folder: ReturnType<typeof makeFolder>;
let storage: Storage;
let now = new Date('2026-05-01T10:00:00.000Z');
const clock = () => now;
const { plan } = makePlan(splitRows(880, { train: 0.7, validation: 0.15, test: 0.15 }), spec);
const table = { rows: 0, time: { kind: 'row' as const, name: '', values: new Float64Array(0) }, columns: [] };
const device = { backend: 'wasm', device: 'CPU', reason: 'fastest' as const, detail: '' };
const id = 'run-abc';

function begun(): RunRecorder {
  storage.runs.create(newRun({ id, spec: { ...spec, training: { ...spec.training, schedule: 'step' } } }));
  const recorder = new RunRecorder(storage, id, table);
  recorder.record({ type: 'started', device, plan });
  recorder.record({ type: 'epochs', records: epochs(1, 3) });
  recorder.record({ type: 'checkpoint', kind: 'last', epoch: 2, bytes: Uint8Array.of(7) });
  return recorder;
}

beforeEach(() => {
  now = new Date('2026-05-01T10:00:00.000Z');
  folder = makeFolder();
  ({ storage } = openStorage({ file: folder.file, clock }));
});
afterEach(() => {
  storage.close();
  folder.remove();
});

describe('a run that ended early', () => {
  it('goes on from its last checkpoint, on its engine, with its epochs', () => {
    begun().record({ type: 'paused', epoch: 3 });
    expect(storage.runs.summary(id)).toMatchObject({ status: 'paused', epochsDone: 3 });
    const { run, pinned, resume } = beginResume(storage, id, table, process.pid);
    expect(run).toMatchObject({ status: 'running', finishedAt: null, error: null });
    expect(pinned({ spec }).spec.backend).toBe('wasm');
    expect(resume).toEqual({ checkpoint: Uint8Array.of(7), records: epochs(1, 3) });
  });

  it('begins anew without a checkpoint', () => {
    storage.runs.create(newRun({ id }));
    new RunRecorder(storage, id, table).interrupt(environmentError('trainer.died', 'It died.').data);
    expect(beginResume(storage, id, table, process.pid).resume).toBeUndefined();
  });

  it('cannot be taken up twice, nor when it is done or failed', () => {
    const recorder = begun();
    expect(errorOf(() => beginResume(storage, id, table, process.pid))).toMatchObject({ code: 'run.not-resumable', details: { status: 'running' } });
    recorder.record({ type: 'failed', error: environmentError('x', 'No.').data });
    expect(errorOf(() => beginResume(storage, id, table, process.pid))).toMatchObject({ code: 'run.not-resumable', details: { status: 'failed' } });
  });

  it('is no longer written by the process that lost it', () => {
    const recorder = begun();
    const { storage: other } = openStorage({ file: folder.file, clock });
    now = new Date('2026-05-01T10:05:00.000Z');
    expect(other.runs.markInterrupted(() => true, 60)).toMatchObject([{ id, status: 'interrupted' }]);
    beginResume(other, id, table, process.pid);
    expect(errorOf(() => recorder.record({ type: 'epochs', records: epochs(4, 4) })).code).toBe('run.taken-over');
    expect(errorOf(() => recorder.record({ type: 'cancelled', epoch: 4 })).code).toBe('run.taken-over');
    expect(storage.runs.get(id)).toMatchObject({ status: 'running', epochsDone: 3 });
    other.close();
  });
});

describe('what a run has been through', () => {
  it('is kept with the causes, oldest first; checkpoints in a row are one entry', () => {
    const recorder = begun();
    recorder.record({ type: 'checkpoint', kind: 'last', epoch: 3, bytes: Uint8Array.of(8) });
    recorder.record({ type: 'epochs', records: [{ ...epochs(4, 4)[0]!, learningRate: 0.0001 }] });
    recorder.record({ type: 'clipped', epoch: 4, steps: 2, of: 10 });
    recorder.record({ type: 'clipped', epoch: 5, steps: 3, of: 10 });
    recorder.interrupt(environmentError('trainer.died', 'It died.').data);
    const { entries, checkpoint } = storage.log.history(id);
    expect(entries.map(({ kind, details }) => [kind, details])).toEqual([
      ['started', device], ['checkpoint', { epoch: 3, times: 2 }], ['rate', { epoch: 4, from: 0.001, to: 0.0001, cause: 'step' }], ['clipped', { epoch: 4, steps: 2, of: 10 }], ['interrupted', { epoch: 4 }],
    ]);
    expect(entries.at(-1)!.error).toMatchObject({ code: 'trainer.died' });
    expect(checkpoint).toEqual({ epoch: 3, savedAt: now.toISOString() });
    const resumed = beginResume(storage, id, table, process.pid).recorder;
    resumed.record({ type: 'started', device: { ...device, reason: 'pinned' }, plan });
    resumed.record({ type: 'clipped', epoch: 6, steps: 1, of: 10 });
    resumed.record({ type: 'clipped', epoch: 7, steps: 4, of: 10 });
    resumed.record({ type: 'paused', epoch: 8 });
    expect(storage.log.history(id).entries.slice(5).map(({ kind, details }) => [kind, details])).toEqual([['resumed', { epoch: 3 }], ['clipped', { epoch: 6, steps: 5, of: 20 }], ['paused', { epoch: 8 }]]);
    expect(storage.runs.summary(id).device!.reason).toBe('fastest');
  });

  it('says what interrupted it when its owner is gone', () => {
    begun();
    expect(storage.runs.markInterrupted(() => false, 60)).toHaveLength(1);
    expect(storage.log.history(id).entries.at(-1)).toMatchObject({ kind: 'interrupted', error: { code: 'run.owner-gone' } });
  });
});

describe('a clock that is set back', () => {
  it('ends no run before it began, and finds a dead one all the same', () => {
    const recorder = begun();
    now = new Date('2026-05-01T08:00:00.000Z');
    expect(storage.runs.markInterrupted(() => true, 60)).toEqual([]);
    now = new Date('2026-05-01T08:02:00.000Z');
    expect(storage.runs.markInterrupted(() => true, 60)).toHaveLength(1);
    const { createdAt, finishedAt, seconds } = storage.runs.summary(id);
    expect(finishedAt! >= createdAt).toBe(true);
    expect(seconds).toBeGreaterThanOrEqual(0);
    // Its owner was alive after all: the run ends properly.
    expect(recorder.record({ type: 'cancelled', epoch: 3 })).toMatchObject({ run: { status: 'cancelled' } });
  });
});

it('a database of before keeps its runs when they learn to pause', () => {
  storage.close();
  folder.remove();
  folder = makeFolder();
  const db = new Database(folder.file);
  for (const migration of migrations.slice(0, 4)) migration.up(db);
  db.pragma('user_version = 4');
  db.prepare(`INSERT INTO runs (id, name, status, color, dataset_name, unit, spec, created_at, heartbeat_at, owner_pid, owner_session, tags)
    VALUES ('run-old', 'old', 'done', 3, 'a.csv', '', ?, '2026-01-01T00:00:00.000Z', '2026-01-01T00:00:00.000Z', 1, 's', '["good"]')`).run(JSON.stringify(spec));
  db.prepare("INSERT INTO epochs VALUES ('run-old', 1, 0.5, 0.6, 1, 0.1, 2)").run();
  db.close();
  ({ storage } = openStorage({ file: folder.file, clock }));
  expect(storage.runs.get('run-old')).toMatchObject({ name: 'old', status: 'done', color: 3, tags: ['good'], group: null, epochs: [{ epoch: 1, trainLoss: 0.5 }] });
  storage.marks.change(['run-old'], { removed: true });
  storage.marks.erase(['run-old']);
  const left = new Database(folder.file, { readonly: true });
  expect(left.prepare('SELECT count(*) FROM epochs').pluck().get()).toBe(0);
  left.close();
});
