import { gunzipSync, gzipSync } from 'node:zlib';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { inputError } from '../shared/errors.ts';
import { emptyRecipe, recipeSchema } from '../shared/recipe.ts';
import { openStorage, type Storage } from './index.ts';
import { dataset, errorOf, makeFolder, newRun, roles } from './testing.ts';
import { rolesOf } from '../shared/roles.ts';

let folder: ReturnType<typeof makeFolder>;
let storage: Storage;
beforeEach(() => {
  folder = makeFolder();
  storage = openStorage({ file: folder.file }).storage;
});
afterEach(() => {
  storage.close();
  folder.remove();
});

const content = gzipSync('Date,Rate\n2024-01-01,1\n');

describe('a dataset', () => {
  it('comes back as it was saved, with its bytes', () => {
    const given = dataset();
    expect(storage.datasets.save(given, content)).toEqual(given);
    expect(storage.datasets.list()).toEqual([given]);
    expect(gunzipSync(storage.datasets.content(given.id)!).toString()).toBe('Date,Rate\n2024-01-01,1\n');
  });

  it('keeps its recipe, with what the table is after it, also when the file is opened again', () => {
    const { id } = storage.datasets.save(dataset(), content);
    const recipe = recipeSchema.parse({ version: 1, steps: [{ kind: 'difference', columns: ['Rate'], lag: 1 }] });
    const changes = [{ kind: 'difference', changed: 2, of: 'cells' as const, rowsBefore: 3, rowsAfter: 2 }];
    const { columns } = dataset();
    expect(storage.datasets.setRecipe(id, { recipe, changes, rows: 2, columns, roles, problem: null, secondsPerRow: null })).toMatchObject({ recipe, changes, rows: 2, secondsPerRow: null });
    expect(storage.datasets.save(dataset({ openedAt: '2026-02-01T00:00:00.000Z' }), content)).toMatchObject({ id, recipe, changes, rows: 2 });
    expect(storage.datasets.setRecipe(id, { recipe: emptyRecipe, changes: [], rows: 3, columns, roles, problem: null, secondsPerRow: 1 })).toMatchObject({ recipe: emptyRecipe, changes: [], rows: 3 });
  });

  it('that was removed and that nothing needs is deleted for good, with its bytes', () => {
    const gone = storage.datasets.save(dataset({ sha256: 'b'.repeat(64) }), content);
    const used = storage.datasets.save(dataset({ sha256: 'c'.repeat(64) }), content);
    const kept = storage.datasets.save(dataset(), content);
    storage.runs.create(newRun({ datasetId: used.id }));
    storage.datasets.remove(gone.id);
    storage.datasets.remove(used.id);
    expect(storage.datasets.sweep('2000-01-01T00:00:00.000Z')).toHaveLength(3);
    expect(storage.datasets.sweep('9999-01-01T00:00:00.000Z').sort()).toEqual([kept.sha256, used.sha256]);
    expect(errorOf(() => storage.datasets.get(gone.id)).code).toBe('dataset.unknown');
    expect(storage.datasets.content(used.id)).not.toBeNull();
  });

  it('of the same bytes and place is opened again, with the roles and the unit that the person gave', () => {
    const first = storage.datasets.save(dataset({ unit: '' }), content);
    const chosen = { ...rolesOf(null, 'Rate'), inputs: ['Rate', 'Other'] };
    storage.datasets.updateRoles(first.id, chosen, { Rate: 'per cent', Other: 'kW' }, null);
    const again = storage.datasets.save(dataset({ openedAt: '2026-02-01T00:00:00.000Z', name: 'renamed.csv', unit: '' }), content);
    expect(again).toMatchObject({ id: first.id, name: 'renamed.csv', openedAt: '2026-02-01T00:00:00.000Z', roles: chosen, unit: 'per cent', units: { Rate: 'per cent', Other: 'kW' }, secondsPerRow: null });
    expect(storage.datasets.list()).toHaveLength(1);
  });

  it('of other bytes, another place or a sample is another one', () => {
    storage.datasets.save(dataset(), content);
    storage.datasets.save(dataset({ sha256: 'b'.repeat(64) }), content);
    storage.datasets.save(dataset({ sourcePath: '/elsewhere/rates.csv' }), content);
    storage.datasets.save(dataset({ sourcePath: null, sample: 'gs10' }), content);
    storage.datasets.save(dataset({ sourcePath: null, sample: 'gs10' }), content);
    expect(storage.datasets.list()).toHaveLength(4);
    const db = new Database(folder.file);
    expect(db.prepare('SELECT count(*) FROM contents').pluck().get()).toBe(2);
    db.close();
  });

  it('whose table is kept in a file has no bytes here', () => {
    const { id } = storage.datasets.save(dataset({ sampling: { every: 10 } }), null);
    expect(storage.datasets.content(id)).toBeNull();
    expect(storage.datasets.get(id).sampling).toEqual({ every: 10 });
    expect(storage.datasets.uses()).toEqual([{ id, storedBytes: 0, runs: [] }]);
  });

  it('keeps the name that a person gave it, and tells its runs', () => {
    const { id } = storage.datasets.save(dataset(), content);
    expect(storage.datasets.rename(id, 'My rates').name).toBe('My rates');
    expect(storage.datasets.save(dataset({ name: 'rates.csv' }), content).name).toBe('My rates');
    const run = storage.runs.create(newRun({ datasetId: id }));
    const gone = storage.runs.create(newRun({ datasetId: id }));
    storage.runs.remove(gone.id);
    expect(storage.datasets.uses()).toEqual([{ id, storedBytes: content.length, runs: [{ id: run.id, name: run.name, status: 'running' }] }]);
  });

  it('that had a problem loses it when roles are given', () => {
    const problem = inputError('data.no-numeric-column', 'No numbers.').data;
    const { id } = storage.datasets.save(dataset({ roles: null, problem }), content);
    expect(storage.datasets.get(id)).toMatchObject({ roles: null, problem });
    expect(storage.datasets.updateRoles(id, roles, { [roles.targets[0]!]: '%' }, 60)).toMatchObject({ roles, problem: null, unit: '%', secondsPerRow: 60 });
  });

  it('is removed, restored, and restored by opening it again; its runs stay', () => {
    const { id } = storage.datasets.save(dataset(), content);
    const run = storage.runs.create(newRun({ datasetId: id }));
    storage.datasets.remove(id);
    expect(storage.datasets.list()).toEqual([]);
    expect(storage.runs.summary(run.id).datasetId).toBe(id);
    expect(storage.datasets.get(id).id).toBe(id);
    storage.datasets.restore(id);
    expect(storage.datasets.list()).toHaveLength(1);
    storage.datasets.remove(id);
    storage.datasets.save(dataset(), content);
    expect(storage.datasets.list()).toHaveLength(1);
  });

  it('that is not there is bad input', () => {
    const { datasets } = storage;
    for (const ask of [() => datasets.get('x'), () => datasets.content('x'), () => datasets.remove('x'), () => datasets.restore('x'), () => datasets.rename('x', 'y'), () => datasets.updateRoles('x', roles, {}, null)]) {
      expect(errorOf(ask)).toMatchObject({ code: 'dataset.unknown', fault: 'input' });
    }
  });

  it('that cannot be read does not take the list down', () => {
    const opened = openStorage({ file: folder.file });
    opened.storage.datasets.save(dataset(), content);
    opened.storage.datasets.save(dataset({ id: 'data-bad', sourcePath: '/b' }), content);
    const db = new Database(folder.file);
    db.prepare("UPDATE datasets SET columns = '7' WHERE id = 'data-bad'").run();
    db.close();
    expect(opened.storage.datasets.list()).toHaveLength(1);
    expect(opened.notices).toMatchObject([{ code: 'storage.unreadable', details: { what: 'dataset', id: 'data-bad' } }]);
    opened.storage.close();
  });
});

describe('a checkpoint', () => {
  it('takes the place of the earlier one of its kind', () => {
    const { id } = storage.runs.create(newRun());
    expect(storage.checkpoints.get(id)).toBeNull();
    storage.checkpoints.save(id, 'last', 1, Uint8Array.of(1));
    storage.checkpoints.save(id, 'last', 2, Uint8Array.of(2, 2));
    storage.checkpoints.save(id, 'best', 1, Uint8Array.of(3));
    expect(storage.checkpoints.get(id, 'last')).toMatchObject({ kind: 'last', epoch: 2 });
    expect([...storage.checkpoints.get(id, 'last')!.bytes]).toEqual([2, 2]);
    expect(storage.checkpoints.get(id)!.kind).toBe('best');
    storage.checkpoints.save(id, 'final', 9, Uint8Array.of(4));
    expect(storage.checkpoints.get(id)!.kind).toBe('final');
  });
});

describe('a setting', () => {
  const schema = z.object({ theme: z.enum(['light', 'dark']) });
  const fallback = { theme: 'light' as const };

  it('comes back, and reads as the fallback when it is missing or has lost its shape', () => {
    expect(storage.settings.get('app', schema, fallback)).toEqual(fallback);
    storage.settings.set('app', { theme: 'dark' });
    expect(storage.settings.get('app', schema, fallback)).toEqual({ theme: 'dark' });
    storage.settings.set('app', { theme: 'pink' });
    expect(storage.settings.get('app', schema, fallback)).toEqual(fallback);
    const db = new Database(folder.file);
    db.prepare("UPDATE settings SET value = '{'").run();
    db.close();
    expect(storage.settings.get('app', schema, fallback)).toEqual(fallback);
  });
});

describe('a backup', () => {
  it('is a whole database that opens', async () => {
    const { id } = storage.datasets.save(dataset(), content);
    const path = join(folder.path, 'copy.db');
    await storage.backup(path);
    await storage.backup(path);
    const copy = openStorage({ file: path }).storage;
    expect(copy.datasets.get(id).id).toBe(id);
    copy.close();
    expect(readdirSync(folder.path).filter((name) => name.includes('partial'))).toEqual([]);
  });

  it('into a folder that is not there says so', async () => {
    await expect(storage.backup(join(folder.path, 'nowhere', 'copy.db'))).rejects.toMatchObject({ data: { code: 'storage.unavailable' } });
  });
});
