import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { environmentError } from '../shared/errors.ts';
import { makePlan, splitRows } from '../shared/plan.ts';
import { openStorage, RunRecorder, Storage } from './index.ts';
import { migrations } from './migrations/index.ts';
import { openConnection } from './open.ts';
import { epochs, errorOf, makeFolder, newRun, spec } from './testing.ts';

const table = { rows: 0, time: { kind: 'row' as const, name: '', values: new Float64Array(0) }, columns: [] };
const device = { backend: 'wasm', device: 'CPU', reason: 'fastest' as const, detail: '' };

it('two processes write to one database at once, and every epoch of both is kept', async () => {
  const folder = makeFolder();
  const { storage } = openStorage({ file: folder.file });
  storage.runs.create(newRun({ id: 'run-app' }));
  const script = `
    const { openStorage } = await import(${JSON.stringify(join(import.meta.dirname, 'index.ts'))});
    const { newRun, epochs } = await import(${JSON.stringify(join(import.meta.dirname, 'testing.ts'))});
    const { storage } = openStorage({ file: ${JSON.stringify(folder.file)} });
    storage.runs.create(newRun({ id: 'run-cli' }));
    for (let i = 1; i <= 150; i++) storage.runs.appendEpochs('run-cli', epochs(i, i));
    storage.close();`;
  const other = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'inherit', 'inherit'] });
  let running = true;
  const ended = new Promise<number | null>((resolve) => { other.on('close', (code) => { running = false; resolve(code); }); });
  let written = 0;
  while (running) {
    written++;
    storage.runs.appendEpochs('run-app', epochs(written, written));
    await new Promise((resolve) => { setImmediate(resolve); });
  }
  expect(await ended).toBe(0);
  expect(storage.runs.get('run-cli').epochs).toEqual(epochs(1, 150));
  expect(storage.runs.get('run-app').epochs).toEqual(epochs(1, written));
  storage.close();
  folder.remove();
}, 60_000);

it('a disk that is full in mid-epoch is told in one sentence, keeps what was stored, and the run can go on when there is room', () => {
  const folder = makeFolder();
  const connection = openConnection({ file: folder.file }, migrations);
  const { db } = connection;
  const storage = new Storage(connection);
  storage.runs.create(newRun({ id: 'run-a' }));
  const recorder = new RunRecorder(storage, 'run-a', table);
  recorder.record({ type: 'started', device, plan: makePlan(splitRows(880, { train: 0.7, validation: 0.15, test: 0.15 }), spec).plan });
  recorder.record({ type: 'epochs', records: epochs(1, 3) });
  recorder.record({ type: 'checkpoint', kind: 'last', epoch: 3, bytes: new Uint8Array(10) });
  // No page more than there are: what SQLite says then is what it says on a full disk.
  const pages = db.pragma('page_count', { simple: true }) as number;
  db.pragma(`max_page_count = ${pages}`);
  const told = errorOf(() => recorder.record({ type: 'checkpoint', kind: 'last', epoch: 4, bytes: new Uint8Array(5_000_000) }));
  expect(told).toMatchObject({ code: 'storage.full', hint: 'Free some space on it, then try again.' });
  expect(storage.checkpoints.get('run-a', 'last')).toMatchObject({ epoch: 3, bytes: { length: 10 } });
  db.pragma(`max_page_count = ${pages + 100_000}`);
  recorder.interrupt(environmentError(told.code, told.message).data);
  expect(storage.runs.get('run-a')).toMatchObject({ status: 'interrupted', error: { code: 'storage.full' }, epochs: epochs(1, 3) });
  expect(storage.runs.resume('run-a', process.pid).status).toBe('running');
  storage.close();
  folder.remove();
});
