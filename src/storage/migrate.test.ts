import { existsSync, readdirSync } from 'node:fs';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { backupFolder } from './backup.ts';
import { Storage } from './index.ts';
import { migrations } from './migrations/index.ts';
import type { Migration } from './migrate.ts';
import { openConnection } from './open.ts';
import { errorOf, makeFolder, newRun } from './testing.ts';

let folder: ReturnType<typeof makeFolder>;
beforeEach(() => { folder = makeFolder(); });
afterEach(() => folder.remove());

/** The version of the schema as it is. */
const now = migrations.length;
const adds: Migration = { version: now + 1, name: 'adds', up: (db) => { db.exec("ALTER TABLE runs ADD COLUMN remark TEXT NOT NULL DEFAULT ''"); } };
const fails: Migration = {
  version: now + 2, name: 'fails',
  up: (db) => {
    db.exec('DELETE FROM runs; CREATE TABLE half (id)');
    throw new Error('no further');
  },
};

function openWith(list: readonly Migration[], at = '2026-01-02T03:04:05.678Z') {
  return openConnection({ file: folder.file, clock: () => new Date(at) }, list);
}

function made(): string {
  const connection = openWith(migrations);
  const { id } = new Storage(connection).runs.create(newRun());
  connection.db.close();
  return id;
}

const version = (db: Database.Database) => db.pragma('user_version', { simple: true });
const backups = () => (existsSync(backupFolder(folder.file)) ? readdirSync(backupFolder(folder.file)).sort() : []);

describe('migrations', () => {
  it('are numbered 1, 2, 3, ...', () => {
    expect(migrations.map((migration) => migration.version)).toEqual(migrations.map((_, i) => i + 1));
  });

  it('keep the data, and a copy of the database as it was', () => {
    const id = made();
    const { db } = openWith([...migrations, adds]);
    expect(version(db)).toBe(now + 1);
    expect(db.prepare('SELECT id, remark FROM runs').all()).toEqual([{ id, remark: '' }]);
    expect(db.pragma('foreign_keys', { simple: true })).toBe(1);
    db.close();
    expect(backups()).toEqual([`unroll-v${now}-20260102T030405678Z.db`]);
    const copy = new Database(`${backupFolder(folder.file)}/${backups()[0]}`, { readonly: true });
    expect(version(copy)).toBe(now);
    expect(copy.prepare('SELECT id FROM runs').pluck().all()).toEqual([id]);
    expect(copy.pragma('integrity_check', { simple: true })).toBe('ok');
    copy.close();
  });

  it('bring a database of version 1 here, with its datasets', () => {
    const old = openWith(migrations.slice(0, 1));
    old.db.exec(`INSERT INTO contents VALUES ('a', x'01');
      INSERT INTO datasets VALUES ('data-1', 'rates.csv', '/a/rates.csv', NULL, 'a', 3, '[]', '{"delimiter":",","decimal":".","header":true,"encoding":"utf-8"}', NULL, NULL, NULL, '', '2026-01-02T03:04:05.678Z', NULL)`);
    old.db.close();
    const connection = openWith(migrations);
    expect(new Storage(connection).datasets.list()).toMatchObject([{
      id: 'data-1', sourcePath: '/a/rates.csv', sourceSize: null, sourceModifiedAt: null, sampling: null, dialect: { format: 'text', skippedLines: 0 },
    }]);
    connection.db.close();
  });

  it('that fail leave version and data as they were before that step', () => {
    const id = made();
    expect(() => openWith([...migrations, adds, fails])).toThrow('no further');
    const db = new Database(folder.file);
    expect(version(db)).toBe(now + 1);
    expect(db.prepare('SELECT id FROM runs').pluck().all()).toEqual([id]);
    expect(db.prepare("SELECT count(*) FROM sqlite_schema WHERE name = 'half'").pluck().get()).toBe(0);
    db.close();
    expect(backups()).toHaveLength(1);
  });

  it('that leave a reference to nothing are undone', () => {
    made();
    const breaks: Migration = { version: now + 1, name: 'breaks', up: (db) => { db.exec("INSERT INTO epochs VALUES ('nobody', 1, 1, 1, 1, 1, 1)"); } };
    expect(() => openWith([...migrations, breaks])).toThrow('leaves 1 references');
    const { db } = openWith(migrations);
    expect(version(db)).toBe(now);
    expect(db.prepare('SELECT count(*) FROM epochs').pluck().get()).toBe(0);
    db.close();
  });

  it('keep the newest five copies and leave other files alone', () => {
    made();
    for (let i = 1; i <= 7; i++) {
      const add: Migration = { version: now + i, name: `adds ${i}`, up: (db) => { db.exec(`ALTER TABLE runs ADD COLUMN extra${i} TEXT`); } };
      const before = Array.from({ length: i - 1 }, (_, k): Migration => ({ version: now + 1 + k, name: 'before', up: () => undefined }));
      openWith([...migrations, ...before, add], `2026-01-0${i}T00:00:00.000Z`).db.close();
    }
    // By name, as `backups` sorts: v10 stands before v9.
    expect(backups()).toEqual([3, 4, 5, 6, 7].map((i) => `unroll-v${now + i - 1}-2026010${i}T000000000Z.db`).sort());
  });

  it('wait for another connection that migrates, and see that it is done', () => {
    made();
    const other = new Database(folder.file);
    let steps = 0;
    const counted: Migration = { ...adds, up: (db) => { steps += 1; adds.up(db); } };
    const first = openWith([...migrations, counted]);
    const second = openWith([...migrations, counted]);
    expect(steps).toBe(1);
    for (const db of [first.db, second.db, other]) db.close();
  });

  it('refuse a version between two releases that this one does not know', () => {
    made();
    const db = new Database(folder.file);
    db.pragma(`user_version = ${now + 1}`);
    db.close();
    expect(errorOf(() => openWith(migrations)).code).toBe('storage.newer');
  });
});
