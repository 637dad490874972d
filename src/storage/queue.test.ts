import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { environmentError } from '../shared/errors.ts';
import { MAX_QUEUE } from '../shared/queue.ts';
import { openStorage, type Storage } from './index.ts';
import { dataset, errorOf, makeFolder, newRun, spec } from './testing.ts';

let folder: ReturnType<typeof makeFolder>;
let storage: Storage;
let data: string;
const item = (id: string, groupId: string | null = null) => ({ id, name: `run ${id}`, datasetId: data, spec, runId: null, groupId });
const order = () => storage.queue.list().map(({ id }) => id).join('');

beforeEach(() => {
  folder = makeFolder();
  ({ storage } = openStorage({ file: folder.file }));
  data = storage.datasets.save(dataset(), new Uint8Array([1])).id;
});
afterEach(() => {
  storage.close();
  folder.remove();
});

describe('the queue', () => {
  it('keeps its order, frozen settings and errors over a restart', () => {
    storage.queue.add(['a', 'b', 'c'].map((id) => item(id)));
    storage.queue.move('c', 0);
    storage.queue.setError('c', environmentError('x.y', 'Not now.').data);
    storage.close();
    ({ storage } = openStorage({ file: folder.file }));
    expect(order()).toBe('cab');
    expect(storage.queue.list()[0]).toMatchObject({ id: 'c', name: 'run c', datasetName: 'rates.csv', spec, error: { code: 'x.y' } });
    expect(storage.queue.next()!.id).toBe('a');
    storage.queue.setError('c', null);
    expect(storage.queue.next()!.id).toBe('c');
  });

  it('is reordered to any place, and a place beyond its ends is the end', () => {
    storage.queue.add(['a', 'b', 'c', 'd'].map((id) => item(id)));
    storage.queue.move('a', 2);
    expect(order()).toBe('bcad');
    storage.queue.move('b', 99);
    expect(order()).toBe('cadb');
    storage.queue.move('b', 0);
    expect(order()).toBe('bcad');
    expect(errorOf(() => storage.queue.move('z', 0)).code).toBe('queue.unknown');
  });

  it('loses what is taken out, once, and takes no more than it can show', () => {
    storage.queue.add([item('a')]);
    expect([storage.queue.remove('a'), storage.queue.remove('a')]).toEqual([true, false]);
    expect(errorOf(() => storage.queue.add(Array.from({ length: MAX_QUEUE + 1 }, (_, i) => item(`q${i}`)))).code).toBe('queue.full');
    expect(storage.queue.list()).toEqual([]);
  });

  it('groups runs of several seeds under one name', () => {
    storage.queue.addGroup('group-1', 'five seeds');
    const made = storage.runs.create(newRun({ groupId: 'group-1' }));
    const other = storage.runs.create(newRun());
    expect([made.group, other.group]).toEqual([{ id: 'group-1', name: 'five seeds' }, null]);
    storage.queue.join('group-1', [other.id]);
    expect(storage.runs.summary(other.id).group).toEqual(made.group);
  });
});
