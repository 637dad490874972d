import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStorage } from './index.ts';
import { migrations } from './migrations/index.ts';
import { errorOf, makeFolder, newRun } from './testing.ts';

let folder: ReturnType<typeof makeFolder>;
beforeEach(() => { folder = makeFolder(); });
afterEach(() => folder.remove());

const runProcess = promisify(execFile);

function openWithRun(): string {
  const { storage } = openStorage({ file: folder.file });
  const { id } = storage.runs.create(newRun());
  storage.close();
  return id;
}

function setAsideFiles(): string[] {
  return readdirSync(folder.path).filter((name) => name.startsWith('unroll-damaged-'));
}

describe('opening', () => {
  it('makes the folder and a database in WAL mode with references checked', () => {
    const file = join(folder.path, 'a', 'b', 'unroll.db');
    const { storage, notices } = openStorage({ file });
    const db = new Database(file);
    expect(db.pragma('journal_mode', { simple: true })).toBe('wal');
    expect(db.pragma('user_version', { simple: true })).toBe(migrations.length);
    const strict = db.prepare("SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND name NOT LIKE 'sqlite_%'").all() as { name: string; strict: number }[];
    expect(strict.length).toBeGreaterThan(6);
    expect(strict.filter((table) => table.strict === 0)).toEqual([]);
    db.close();
    storage.close();
    expect(notices).toEqual([]);
    expect(existsSync(join(folder.path, 'a', 'b', 'backups'))).toBe(false);
  });

  it('finds again what it stored', () => {
    const id = openWithRun();
    const { storage, notices } = openStorage({ file: folder.file });
    expect(storage.runs.get(id).id).toBe(id);
    expect(notices).toEqual([]);
    storage.close();
  });

  it('serves two connections that write in turn', () => {
    const a = openStorage({ file: folder.file }).storage;
    const b = openStorage({ file: folder.file }).storage;
    const first = a.runs.create(newRun());
    const second = b.runs.create(newRun());
    expect(a.runs.list().map((run) => run.id)).toEqual([second.id, first.id]);
    expect([first.color, second.color]).toEqual([0, 1]);
    a.close();
    b.close();
  });

  it('lets several processes make the same new database at once', async () => {
    const script = `
      const { openStorage } = await import(${JSON.stringify(join(import.meta.dirname, 'index.ts'))});
      const { storage, notices } = openStorage({ file: process.argv[1] });
      storage.settings.set('from-' + process.pid, 1);
      storage.close();
      if (notices.length > 0) throw new Error(JSON.stringify(notices));`;
    await Promise.all(Array.from({ length: 4 }, () => runProcess(process.execPath, ['--input-type=module', '-e', script, folder.file])));
    const db = new Database(folder.file);
    expect(db.prepare('SELECT count(*) FROM settings').pluck().get()).toBe(4);
    db.close();
    expect(setAsideFiles()).toEqual([]);
  }, 60_000);
});

describe('what is not ours', () => {
  it('refuses a newer database and leaves it as it is', () => {
    openWithRun();
    const db = new Database(folder.file);
    db.pragma('user_version = 99');
    db.close();
    const before = readFileSync(folder.file);
    expect(errorOf(() => openStorage({ file: folder.file }))).toMatchObject({ code: 'storage.newer', fault: 'environment', details: { found: 99, known: migrations.length } });
    expect(readFileSync(folder.file).equals(before)).toBe(true);
    expect(readdirSync(folder.path)).toEqual(['unroll.db']);
  });

  it('refuses a database of another program and leaves it as it is', () => {
    const db = new Database(folder.file);
    db.exec('CREATE TABLE photos (id)');
    db.close();
    const before = readFileSync(folder.file);
    expect(errorOf(() => openStorage({ file: folder.file })).code).toBe('storage.foreign');
    expect(readFileSync(folder.file).equals(before)).toBe(true);
  });

  it('refuses, where nothing may be replaced, a file that is no database', () => {
    writeFileSync(folder.file, 'Date,Rate\n2024-01-01,1\n'.repeat(100));
    expect(errorOf(() => openStorage({ file: folder.file, replaceDamaged: false }))).toMatchObject({ code: 'storage.not-a-database', fault: 'input' });
    expect(readdirSync(folder.path)).toEqual(['unroll.db']);
  });
});

describe('a damaged database', () => {
  it.each([
    ['random bytes', () => writeFileSync(folder.file, randomBytes(20_000))],
    ['words', () => writeFileSync(folder.file, 'this is no database, and it is long enough to be read as one by mistake '.repeat(20))],
    ['a few bytes', () => writeFileSync(folder.file, randomBytes(10))],
    ['a truncated file', () => { openWithRun(); truncateSync(folder.file, 9000); }],
    ['a page overwritten', () => {
      openWithRun();
      const bytes = readFileSync(folder.file);
      randomBytes(4096).copy(bytes, 4096);
      writeFileSync(folder.file, bytes);
    }],
  ])('is set aside, byte for byte, and said so: %s', (_what, damage) => {
    damage();
    const before = readFileSync(folder.file);
    const { storage, notices } = openStorage({ file: folder.file, clock: () => new Date('2026-01-02T03:04:05.678Z') });
    expect(storage.runs.list()).toEqual([]);
    storage.close();
    expect(setAsideFiles()).toEqual(['unroll-damaged-20260102T030405678Z.db']);
    const path = join(folder.path, 'unroll-damaged-20260102T030405678Z.db');
    expect(readFileSync(path).equals(before)).toBe(true);
    expect(notices).toMatchObject([{ code: 'storage.damaged', fault: 'environment', details: { path } }]);
  });

  it('keeps two that were damaged at the same time of the clock', () => {
    const clock = () => new Date('2026-01-02T03:04:05.678Z');
    for (let i = 0; i < 2; i++) {
      writeFileSync(folder.file, randomBytes(5000));
      openStorage({ file: folder.file, clock }).storage.close();
    }
    expect(setAsideFiles()).toHaveLength(2);
  });

  it('keeps the log of a main file that was emptied', () => {
    const { storage } = openStorage({ file: folder.file });
    storage.runs.create(newRun());
    const log = readFileSync(`${folder.file}-wal`);
    storage.close();
    writeFileSync(folder.file, '');
    writeFileSync(`${folder.file}-wal`, log);
    const again = openStorage({ file: folder.file });
    again.storage.close();
    expect(again.notices).toHaveLength(1);
    const kept = setAsideFiles().find((name) => name.endsWith('-wal'));
    expect(readFileSync(join(folder.path, kept!)).equals(log)).toBe(true);
  });

  it('is not what an empty file is', () => {
    writeFileSync(folder.file, '');
    const { storage, notices } = openStorage({ file: folder.file });
    storage.runs.create(newRun());
    storage.close();
    expect(notices).toEqual([]);
    expect(setAsideFiles()).toEqual([]);
  });
});

describe('a folder that cannot be used', () => {
  it('says so when a file stands in its place', () => {
    const place = join(folder.path, 'taken');
    writeFileSync(place, 'a file');
    const { code, fault, message } = errorOf(() => openStorage({ file: join(place, 'unroll.db') }));
    expect({ code, fault }).toEqual({ code: 'storage.unavailable', fault: 'environment' });
    expect(message).toContain(place);
  });

  it('says so when a folder stands in the place of the database', () => {
    mkdirSync(folder.file);
    expect(errorOf(() => openStorage({ file: folder.file })).code).toBe('storage.unavailable');
  });

  // Root writes into read-only folders.
  it('says so when it is read-only', (context) => {
    context.skip(process.getuid?.() === 0 || process.platform === 'win32', 'root and Windows write everywhere: the missing permission cannot be made here');
    openWithRun();
    chmodSync(folder.file, 0o444);
    chmodSync(folder.path, 0o555);
    try {
      expect(errorOf(() => openStorage({ file: folder.file }))).toMatchObject({ code: 'storage.read-only', details: { folder: folder.path } });
      expect(errorOf(() => openStorage({ file: join(folder.path, 'new', 'unroll.db') })).code).toBe('storage.read-only');
    } finally {
      chmodSync(folder.path, 0o755);
    }
  });
});
