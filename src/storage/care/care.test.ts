import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ForecastSpec } from '../../shared/spec.ts';
import { openStorage, type Storage } from '../index.ts';
import { dataset, epochs, makeFolder, newRun, spec } from '../testing.ts';
import { backUp, checkDatabase, compactDatabase, exportEverything, importEverything } from './index.ts';

let here: ReturnType<typeof makeFolder>;
let there: ReturnType<typeof makeFolder>;
let storage: Storage;
const quiet = () => undefined;
const weights = (n: number) => new Uint8Array(n).fill(7);

function run(id: string, change: Partial<ForecastSpec['training']> = {}, datasetId: string | null = null): string {
  storage.runs.create(newRun({ id, datasetId, spec: { ...spec, training: { ...spec.training, ...change } } }));
  storage.runs.appendEpochs(id, epochs(1, 3));
  for (const kind of ['last', 'best', 'final'] as const) storage.checkpoints.save(id, kind, 3, weights(1000));
  return id;
}
const kinds = (id: string) => { const db = new Database(here.file, { readonly: true }); try { return db.prepare('SELECT kind FROM checkpoints WHERE run_id = ? ORDER BY kind').pluck().all(id); } finally { db.close(); } };

beforeEach(() => {
  here = makeFolder();
  there = makeFolder();
  ({ storage } = openStorage({ file: here.file }));
});
afterEach(() => {
  storage.close();
  here.remove();
  there.remove();
});

describe('everything as one file', () => {
  it('goes to another machine and back: runs, epochs, weights, data, large tables, groups, comparisons, log', () => {
    const data = storage.datasets.save(dataset(), new Uint8Array([1, 2, 3])).id;
    storage.queue.addGroup('group-1', 'seeds');
    run('run-a', {}, data);
    storage.runs.finish('run-a', 'done', {});
    storage.queue.join('group-1', ['run-a']);
    storage.log.add('run-a', 'started', { device: 'CPU' });
    storage.marks.note('run-a', 'good');
    run('run-b');
    storage.comparisons.save({ id: 'cmp-1', name: 'both', runIds: ['run-a', 'run-b'], view: {} });
    mkdirSync(storage.tablesFolder, { recursive: true });
    const large = Buffer.alloc(9 * 1024 * 1024, 'x');
    writeFileSync(join(storage.tablesFolder, 'abc.table'), large);
    const target = join(there.path, 'all.unroll-data');
    expect(exportEverything({ file: here.file }, target, quiet)).toMatchObject({ path: target, runs: 2, datasets: 1 });
    expect(readdirSync(there.path)).toEqual(['all.unroll-data']);

    const other = openStorage({ file: there.file }).storage;
    const shares: number[] = [];
    expect(importEverything({ file: there.file }, target, (share) => shares.push(share))).toEqual({ runs: 2, datasets: 1, comparisons: 1, known: 0 });
    expect(other.runs.get('run-a')).toMatchObject({ status: 'done', note: 'good', datasetId: data, group: { id: 'group-1', name: 'seeds' }, epochs: epochs(1, 3) });
    expect(other.runs.get('run-b')).toMatchObject({ status: 'interrupted' });
    expect(Buffer.from(other.checkpoints.get('run-b', 'last')!.bytes)).toEqual(Buffer.from(weights(1000)));
    expect(other.log.history('run-a').entries.map(({ kind }) => kind)).toEqual(['started', 'imported']);
    expect(Buffer.from(other.datasets.content(data)!)).toEqual(Buffer.from([1, 2, 3]));
    expect(readFileSync(join(other.tablesFolder, 'abc.table')).equals(large)).toBe(true);
    expect(shares.every((share, i) => share >= (shares[i - 1] ?? 0) && share <= 1)).toBe(true);
    // Once more: all is known, and nothing of it changes.
    other.runs.rename('run-a', 'mine');
    expect(importEverything({ file: there.file }, target, quiet)).toEqual({ runs: 0, datasets: 0, comparisons: 0, known: 2 });
    expect(other.runs.summary('run-a').name).toBe('mine');
    expect(checkDatabase({ file: there.file })).toEqual({ problems: [] });
    other.close();
  });

  it('takes runs on data that is here under another id', () => {
    const theirs = storage.datasets.save(dataset({ id: 'data-theirs' }), new Uint8Array([1])).id;
    run('run-a', {}, theirs);
    const target = join(there.path, 'all.db');
    exportEverything({ file: here.file }, target, quiet);
    const other = openStorage({ file: there.file }).storage;
    const mine = other.datasets.save(dataset({ id: 'data-mine' }), new Uint8Array([1])).id;
    expect(importEverything({ file: there.file }, target, quiet)).toMatchObject({ runs: 1, datasets: 0 });
    expect(other.runs.summary('run-a').datasetId).toBe(mine);
    other.close();
  });

  it.each<[string, (path: string) => void, string]>([
    ['cut in the middle', (path) => { writeFileSync(path, readFileSync(path).subarray(0, 20_000)); }, 'bundle.damaged'],
    ['of another kind', (path) => { writeFileSync(path, 'a,b\n1,2\n'.repeat(500)); }, 'bundle.damaged'],
    ['empty', (path) => { writeFileSync(path, ''); }, 'bundle.damaged'],
    ['of another program', (path) => { const db = new Database(`${path}.other`); db.exec('CREATE TABLE t (a)'); db.close(); writeFileSync(path, readFileSync(`${path}.other`)); }, 'storage.foreign'],
    ['of a newer version', (path) => { const db = new Database(path); db.pragma('user_version = 999'); db.close(); }, 'storage.newer'],
  ])('refuses a file that is %s, and nothing changes', (_name, spoil, code) => {
    run('run-a');
    const target = join(there.path, 'all.db');
    exportEverything({ file: here.file }, target, quiet);
    spoil(target);
    expect(() => importEverything({ file: here.file }, target, quiet)).toThrow(expect.objectContaining({ data: expect.objectContaining({ code }) }));
    expect(storage.runs.list().map(({ id }) => id)).toEqual(['run-a']);
    expect(readdirSync(here.path).filter((name) => name.includes('import'))).toEqual([]);
  });

  it('says where a file is missing, or cannot be written', () => {
    expect(() => importEverything({ file: here.file }, join(there.path, 'none.db'), quiet)).toThrow(/There is no file/);
    expect(() => exportEverything({ file: here.file }, join(there.path, 'no', 'folder', 'x.db'), quiet)).toThrow(expect.objectContaining({ data: expect.objectContaining({ code: 'storage.unavailable' }) }));
  });
});

describe('space', () => {
  it('is given back by compacting, while the database stays in use', () => {
    for (let i = 0; i < 20; i++) { run(`run-${i}`); storage.checkpoints.save(`run-${i}`, 'last', 3, weights(200_000)); }
    storage.marks.change(Array.from({ length: 20 }, (_, i) => `run-${i}`).slice(1), {});
    for (let i = 1; i < 20; i++) { storage.runs.finish(`run-${i}`, 'cancelled', {}); storage.runs.remove(`run-${i}`); }
    storage.marks.erase(storage.marks.trash());
    expect(storage.facts().free).toBeGreaterThan(3_000_000);
    const { before, after } = compactDatabase({ file: here.file });
    expect(before - after).toBeGreaterThan(3_000_000);
    expect(storage.facts()).toMatchObject({ free: 0, runs: 1, trash: 0 });
    expect(storage.runs.get('run-0').epochs).toEqual(epochs(1, 3));
  });

  it('is backed up on demand, whole, beside other writers', () => {
    run('run-a');
    const { path, runs } = backUp({ file: here.file }, null);
    expect([runs, existsSync(path), statSync(path).size > 0]).toEqual([1, true, true]);
    const copy = openStorage({ file: path }).storage;
    expect(copy.runs.get('run-a').epochs).toEqual(epochs(1, 3));
    copy.close();
    expect(() => backUp({ file: here.file }, join(here.path, 'no', 'x.db'))).toThrow();
  });

  it('names what is broken', () => {
    run('run-a');
    const db = new Database(here.file);
    db.pragma('foreign_keys = OFF');
    db.exec("DELETE FROM runs WHERE id = 'run-a'");
    db.close();
    expect(checkDatabase({ file: here.file }).problems[0]).toMatch(/runs is not there/);
  });
});

describe('weights of runs that are done', () => {
  it.each([
    ['all', ['best', 'final', 'last'], ['best', 'final', 'last']], ['best-and-last', ['best', 'final'], ['best', 'final', 'last']], ['best', ['best'], ['final']], ['none', [], []],
  ] as const)('are kept by the policy %s', (policy, plain, patient) => {
    storage.keep = policy;
    run('run-plain');
    run('run-patient', { patience: 5 });
    run('run-going');
    storage.runs.finish('run-plain', 'done', {});
    storage.runs.finish('run-patient', 'done', {});
    storage.runs.finish('run-going', 'cancelled', {});
    const { trimmable } = storage.facts();
    const trimmed = storage.trim(null);
    expect([kinds('run-plain'), kinds('run-patient'), kinds('run-going')]).toEqual([plain, patient, ['best', 'final', 'last']]);
    expect(trimmed.bytes).toBe(trimmable);
    expect(storage.facts().trimmable).toBe(0);
    const told = storage.log.history('run-plain').entries.filter(({ kind }) => kind === 'trimmed');
    expect(told).toHaveLength(policy === 'all' ? 0 : 1);
  });

  it('are found under their other name where they are the same', () => {
    run('run-plain');
    storage.checkpoints.save('run-plain', 'final', 3, weights(5));
    storage.runs.finish('run-plain', 'done', {});
    storage.trim(null);
    expect(storage.checkpoints.get('run-plain', 'last')).toMatchObject({ kind: 'final', bytes: { length: 5 } });
    expect(storage.checkpoints.get('run-plain', 'best')).toMatchObject({ kind: 'best' });
  });
});
