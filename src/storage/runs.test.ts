import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { environmentError } from '../shared/errors.ts';
import { makePlan, splitRows } from '../shared/plan.ts';
import type { Metrics, Predictions } from '../shared/run.ts';
import { Storage, openStorage } from './index.ts';
import { migrations } from './migrations/index.ts';
import { openConnection } from './open.ts';
import { epochs, errorOf, makeFolder, newRun, spec } from './testing.ts';

let folder: ReturnType<typeof makeFolder>;
let storage: Storage;
let now: Date;
beforeEach(() => {
  folder = makeFolder();
  now = new Date('2026-01-02T03:04:05.678Z');
  storage = openStorage({ file: folder.file, clock: () => now }).storage;
});
afterEach(() => {
  storage.close();
  folder.remove();
});

const device = { backend: 'wasm', device: 'CPU', reason: 'fastest' as const, detail: '' };
const metrics: Metrics = { train: { mae: 0.1, rmse: 0.2, r2: 0.9, count: 600 }, validation: null, test: { mae: 0.3, rmse: 0.4, r2: null, count: 100 } };
const predictions: Predictions = {
  time: { kind: 'date', name: 'Date', values: Float64Array.of(-527_904_000_000, 0, 1) },
  truth: Float64Array.of(0.1, -0, 5e-324), predicted: Float64Array.of(Number.NaN, 1e308, -1.5), trainEnd: 2, validationEnd: 3, horizon: null,
};

describe('a run', () => {
  it('is there from its first moment to its end', () => {
    const created = storage.runs.create(newRun({ id: 'run-abc' }));
    expect(created).toMatchObject({ status: 'running', color: 0, spec, epochsDone: 0, device: null, finishedAt: null, curve: { train: [], validation: [] } });
    const { plan } = makePlan(splitRows(880, { train: 0.7, validation: 0.15, test: 0.15 }), spec);
    storage.runs.started('run-abc', device, plan);
    storage.runs.appendEpochs('run-abc', epochs(1, 3));
    expect(storage.runs.summary('run-abc')).toMatchObject({ epochsDone: 3, device, curve: { train: [1, 1 / 2, 1 / 3] } });
    now = new Date('2026-01-02T03:05:00.000Z');
    storage.runs.finish('run-abc', 'done', { metrics, persistence: metrics, seconds: 12.5, predictions });
    expect(storage.runs.get('run-abc')).toEqual({
      ...created, status: 'done', device, finishedAt: now.toISOString(), seconds: 12.5, epochsDone: 3, metrics, persistence: metrics,
      curve: { train: [1, 1 / 2, 1 / 3], validation: [2, 1, 2 / 3] }, plan, epochs: epochs(1, 3), hasPredictions: true, bytes: 72,
    });
  });

  it('gives its predictions back bit for bit', () => {
    storage.runs.create(newRun({ id: 'run-abc' }));
    expect(storage.runs.predictions('run-abc')).toBeNull();
    storage.runs.finish('run-abc', 'done', { predictions });
    const back = storage.runs.predictions('run-abc')!;
    expect(back).toEqual(predictions);
    expect(Object.is(back.truth[1], -0)).toBe(true);
  });

  it('stores a view into a larger array as the view', () => {
    storage.runs.create(newRun({ id: 'run-abc' }));
    const whole = Float64Array.of(9, 1, 2, 3, 9);
    storage.runs.finish('run-abc', 'done', { predictions: { ...predictions, truth: whole.subarray(1, 4) } });
    expect(storage.runs.predictions('run-abc')!.truth).toEqual(Float64Array.of(1, 2, 3));
  });

  it('keeps its color for life, and colors take turns', () => {
    const colors = Array.from({ length: 14 }, () => storage.runs.create(newRun()).color);
    expect(colors).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 0, 1]);
    storage.runs.remove(storage.runs.list()[0]!.id);
    expect(storage.runs.create(newRun()).color).toBe(2);
  });

  it('that failed or was cancelled keeps its epochs, and the seconds of the last one', () => {
    const { id } = storage.runs.create(newRun());
    storage.runs.appendEpochs(id, epochs(1, 7));
    const error = environmentError('trainer.died', 'The training process ended.').data;
    storage.runs.finish(id, 'failed', { error });
    expect(storage.runs.get(id)).toMatchObject({ status: 'failed', error, seconds: 0.7, epochsDone: 7 });
    expect(() => storage.runs.finish(id, 'done', {})).toThrow('has ended already (failed)');
  });

  it('takes an epoch again: the later record stands', () => {
    const { id } = storage.runs.create(newRun());
    storage.runs.appendEpochs(id, epochs(1, 5));
    storage.runs.appendEpochs(id, [{ ...epochs(3, 3)[0]!, trainLoss: 42 }]);
    expect(storage.runs.get(id).epochs.map((r) => r.trainLoss)).toEqual([1, 1 / 2, 42, 1 / 4, 1 / 5]);
    expect(storage.runs.summary(id).epochsDone).toBe(5);
  });

  it('refuses an epoch that could not be read again, with all of its batch', () => {
    const { id } = storage.runs.create(newRun());
    expect(() => storage.runs.appendEpochs(id, [...epochs(1, 2), { ...epochs(3, 3)[0]!, gradientNorm: Infinity }])).toThrow('not finite');
    expect(storage.runs.get(id)).toMatchObject({ epochs: [], epochsDone: 0 });
  });

  it('shows at most 60 losses of many, the first and the last among them', () => {
    const { id } = storage.runs.create(newRun());
    storage.runs.appendEpochs(id, epochs(1, 1234));
    const live = storage.runs.summary(id).curve;
    expect(live.train).toHaveLength(60);
    expect([live.train[0], live.train.at(-1)]).toEqual([1, 1 / 1234]);
    storage.runs.finish(id, 'done', {});
    expect(storage.runs.summary(id).curve).toEqual(live);
  });

  it('is renamed, removed and restored', () => {
    const { id } = storage.runs.create(newRun());
    expect(storage.runs.rename(id, 'better').name).toBe('better');
    storage.runs.remove(id);
    expect(storage.runs.list()).toEqual([]);
    expect(storage.runs.summary(id).removedAt).toBe(now.toISOString());
    storage.runs.restore(id);
    expect(storage.runs.list().map((run) => run.name)).toEqual(['better']);
  });

  it('that is not there is bad input wherever it is asked for', () => {
    const { runs } = storage;
    for (const ask of [() => runs.get('x'), () => runs.summary('x'), () => runs.predictions('x'), () => runs.rename('x', 'y'), () => runs.remove('x'),
      () => runs.restore('x'), () => runs.heartbeat('x'), () => runs.finish('x', 'done', {}), () => runs.appendEpochs('x', epochs(1, 1)), () => runs.find('x'),
      () => storage.checkpoints.save('x', 'last', 1, new Uint8Array(1))]) {
      expect(errorOf(ask)).toMatchObject({ code: 'run.unknown', fault: 'input' });
    }
  });
});

describe('a short id', () => {
  beforeEach(() => { for (const id of ['run-abcd', 'run-abce', 'run-xyz', 'run-ab']) storage.runs.create(newRun({ id })); });

  it.each([['run-x', 'run-xyz'], ['x', 'run-xyz'], ['abcd', 'run-abcd'], ['run-ab', 'run-ab'], ['run-abce', 'run-abce']])('%s is %s', (prefix, id) => {
    expect(storage.runs.find(prefix).id).toBe(id);
  });

  it('that fits several names them', () => {
    const { code, message } = errorOf(() => storage.runs.find('abc'));
    expect(code).toBe('run.ambiguous');
    expect(message).toContain('run-abcd');
    expect(message).toContain('run-abce');
  });

  it.each(['', '%', 'run-_', 'nope'])('"%s" finds none', (prefix) => {
    expect(errorOf(() => storage.runs.find(prefix)).code).toBe('run.unknown');
  });
});

describe('interrupted runs', () => {
  it('are those whose owner is gone', () => {
    const dead = storage.runs.create(newRun({ ownerPid: 111 }));
    const alive = storage.runs.create(newRun({ ownerPid: 222 }));
    storage.runs.appendEpochs(dead.id, epochs(1, 4));
    const heard = now.toISOString();
    now = new Date(now.getTime() + 10_000);
    const marked = storage.runs.markInterrupted((pid) => pid === 222, 60);
    expect(marked).toMatchObject([{ id: dead.id, status: 'interrupted', finishedAt: heard, seconds: 0.4, epochsDone: 4, error: { code: 'run.owner-gone', fault: 'environment' } }]);
    expect(storage.runs.summary(alive.id).status).toBe('running');
  });

  it('are those that were not heard of for long', () => {
    const silent = storage.runs.create(newRun());
    const heard = storage.runs.create(newRun());
    now = new Date(now.getTime() + 61_000);
    storage.runs.heartbeat(heard.id);
    expect(storage.runs.markInterrupted(() => true, 60)).toMatchObject([{ id: silent.id, error: { code: 'run.heartbeat-lost', details: { seconds: 61 } } }]);
    expect(storage.runs.markInterrupted(() => true, 60)).toEqual([]);
  });

  it('are those of an earlier process that had the id of this one', () => {
    const { id } = storage.runs.create(newRun({ ownerPid: process.pid }));
    expect(storage.runs.markInterrupted(() => true, 60)).toEqual([]);
    const later = openStorage({ file: folder.file, clock: () => now }).storage;
    expect(later.runs.markInterrupted(() => true, 60)).toMatchObject([{ id, error: { code: 'run.owner-gone' } }]);
    later.close();
  });

  it('may still end properly when they were only silent', () => {
    const { id } = storage.runs.create(newRun());
    now = new Date(now.getTime() + 3_600_000);
    storage.runs.markInterrupted(() => true, 60);
    storage.runs.finish(id, 'done', { metrics });
    expect(storage.runs.summary(id)).toMatchObject({ status: 'done', error: null, metrics });
  });
});

describe('rows that cannot be read', () => {
  it('do not take the list down, and are told once', () => {
    const opened = openStorage({ file: folder.file });
    const good = opened.storage.runs.create(newRun());
    for (const id of ['run-bad', 'run-worse']) opened.storage.runs.create(newRun({ id }));
    const db = new Database(folder.file);
    db.prepare("UPDATE runs SET spec = '{' WHERE id = 'run-bad'").run();
    db.prepare("UPDATE runs SET spec = json_set(spec, '$.window.sequenceLength', -1) WHERE id = 'run-worse'").run();
    db.close();
    for (let i = 0; i < 2; i++) expect(opened.storage.runs.list().map((run) => run.id)).toEqual([good.id]);
    expect(opened.notices.map((notice) => [notice.code, notice.details?.['id']])).toEqual([['storage.unreadable', 'run-worse'], ['storage.unreadable', 'run-bad']]);
    expect(errorOf(() => opened.storage.runs.get('run-bad')).code).toBe('storage.unreadable');
    opened.storage.close();
  });
});

describe('a full disk', () => {
  it('is said in one sentence, and what was stored before stays whole', () => {
    const connection = openConnection({ file: folder.file }, migrations);
    const full = new Storage(connection);
    const { id } = full.runs.create(newRun());
    full.runs.appendEpochs(id, epochs(1, 10));
    connection.db.pragma(`max_page_count = ${connection.db.pragma('page_count', { simple: true }) as number}`);
    const big = new Float64Array(100_000);
    for (const write of [
      () => full.runs.appendEpochs(id, epochs(11, 5000)),
      () => full.runs.finish(id, 'done', { predictions: { ...predictions, truth: big } }),
      () => full.checkpoints.save(id, 'last', 10, new Uint8Array(500_000)),
      () => full.settings.set('big', 'x'.repeat(500_000)),
    ]) {
      expect(errorOf(write)).toMatchObject({ code: 'storage.full', fault: 'environment', details: { folder: folder.path } });
    }
    expect(full.runs.get(id)).toMatchObject({ status: 'running', epochsDone: 10, epochs: epochs(1, 10), hasPredictions: false });
    expect(full.checkpoints.get(id)).toBeNull();
    connection.db.pragma('max_page_count = 1000000');
    full.runs.finish(id, 'done', { predictions });
    expect(full.runs.summary(id).status).toBe('done');
    expect(connection.db.pragma('integrity_check', { simple: true })).toBe('ok');
    full.close();
  });
});

describe('many runs', () => {
  it('5,000 of 60 epochs are listed in well under two seconds', () => {
    const connection = openConnection({ file: folder.file }, migrations);
    const many = new Storage(connection);
    connection.db.transaction(() => {
      for (let i = 0; i < 5000; i++) {
        const { id } = many.runs.create(newRun());
        many.runs.appendEpochs(id, epochs(1, 60));
        many.runs.finish(id, 'done', { metrics, persistence: metrics, seconds: 10 });
      }
    })();
    const began = performance.now();
    const list = many.runs.list();
    const milliseconds = performance.now() - began;
    expect(list).toHaveLength(5000);
    expect(list[0]!.curve.train).toHaveLength(60);
    expect(milliseconds).toBeLessThan(2000);
    many.close();
  }, 60_000);
});
