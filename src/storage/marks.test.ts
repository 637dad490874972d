import { afterEach, beforeEach, expect, it } from 'vitest';
import { openStorage, type Storage } from './index.ts';
import { errorOf, makeFolder, newRun } from './testing.ts';

let folder: ReturnType<typeof makeFolder>;
let storage: Storage;
beforeEach(() => {
  folder = makeFolder();
  ({ storage } = openStorage({ file: folder.file }));
  for (const id of ['run-a', 'run-b', 'run-c']) storage.runs.create(newRun({ id }));
});
afterEach(() => { storage.close(); folder.remove(); });

it('tags, stars, archives and notes runs, several at once', () => {
  storage.marks.change(['run-a', 'run-b'], { addTags: ['good', '好'], starred: true, archived: true });
  expect(storage.runs.summary('run-a')).toMatchObject({ tags: ['good', '好'], starred: true, archivedAt: expect.any(String), note: '' });
  storage.marks.change(['run-a'], { removeTags: ['good'], archived: false });
  expect(storage.runs.summary('run-a')).toMatchObject({ tags: ['好'], starred: true, archivedAt: null });
  storage.marks.note('run-b', '**why**');
  expect(storage.runs.summary('run-b')).toMatchObject({ tags: ['good', '好'], note: '**why**' });
  expect(storage.runs.summary('run-c')).toMatchObject({ tags: [], starred: false, archivedAt: null });
});

it('changes all of them or none', () => {
  expect(errorOf(() => storage.marks.change(['run-a', 'run-x'], { starred: true })).code).toBe('run.unknown');
  expect(storage.runs.summary('run-a').starred).toBe(false);
  expect(errorOf(() => storage.marks.change(['run-a'], { removed: true })).code).toBe('run.training');
  expect(errorOf(() => storage.marks.change(['run-a'], { addTags: Array.from({ length: 51 }, (_, i) => `t${i}`) })).code).toBe('run.tags');
  expect(errorOf(() => storage.marks.note('run-a', 'x'.repeat(20_001))).code).toBe('run.note');
});

it('deletes for good what lies in the trash, and nothing else', () => {
  for (const id of ['run-a', 'run-b']) storage.runs.finish(id, 'done', {});
  storage.checkpoints.save('run-a', 'final', 1, Uint8Array.of(1, 2, 3));
  expect(storage.runs.summary('run-a').bytes).toBe(3);
  storage.marks.change(['run-a'], { removed: true });
  expect(storage.runs.page(null, 10, true).runs.map((run) => run.id)).toEqual(['run-a']);
  expect(storage.marks.erase(['run-a', 'run-b'])).toBe(1);
  expect(storage.marks.trash()).toEqual([]);
  expect(storage.checkpoints.get('run-a')).toBeNull();
  expect(storage.runs.summary('run-b').status).toBe('done');
});

it('gives the list in pages, the newest first, none twice', () => {
  expect(storage.runs.page(null, 2, false)).toMatchObject({ runs: [{ id: 'run-c' }, { id: 'run-b' }], next: 'run-b' });
  expect(storage.runs.page('run-b', 2, false)).toMatchObject({ runs: [{ id: 'run-a' }], next: null });
});

it('keeps comparisons, and brings a removed one back', () => {
  const saved = storage.comparisons.save({ id: 'cmp-1', name: 'sizes', runIds: ['run-a', 'run-b'], view: { x: 'step', log: true } });
  expect(storage.comparisons.save({ ...saved, name: 'by size' })).toEqual({ ...saved, name: 'by size' });
  storage.comparisons.setRemoved('cmp-1', true);
  expect(storage.comparisons.list()).toEqual([]);
  storage.comparisons.setRemoved('cmp-1', false);
  expect(storage.comparisons.list()).toEqual([{ ...saved, name: 'by size' }]);
  expect(errorOf(() => storage.comparisons.setRemoved('cmp-2', true)).code).toBe('comparison.unknown');
});
