import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync, zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readUnroll, sha256 } from '../exporter/index.ts';
import { toErrorData } from '../shared/errors.ts';
import { openStorage } from '../storage/index.ts';

const cli = join(import.meta.dirname, '../cli/unroll.ts');
const folder = mkdtempSync(join(tmpdir(), 'unroll-import-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const here = join(folder, 'here.db');
const series = join(folder, 'wave.csv');
const text = join(folder, 'words.txt');
const words = join(folder, 'labelled.csv');
writeFileSync(series, `y\n${Array.from({ length: 300 }, (_, i) => Math.sin(i / 5).toFixed(4)).join('\n')}\n`);
writeFileSync(text, 'the rain in spain stays mainly in the plain. '.repeat(40));
writeFileSync(words, `word,kind\n${Array.from({ length: 120 }, (_, i) => (i % 2 === 0 ? `abab${i},x` : `cdcd${i},y`)).join('\n')}\n`);

const unroll = (db: string, ...args: string[]) => spawnSync(process.execPath, [cli, ...args, '--db', db, '--json'], { encoding: 'utf8' });
const lines = (out: string) => out.trim().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>);

/** Trains until the first epoch is told, then stops. @returns the run's id */
async function stopped(args: string[]): Promise<string> {
  const child = spawn(process.execPath, [cli, 'train', ...args, '--json', '--db', here]);
  child.stderr.resume();
  child.stdout.on('data', (chunk: Buffer) => { if (chunk.includes('"epoch"')) child.kill('SIGINT'); });
  await new Promise((resolve) => { child.on('close', resolve); });
  const [run] = lines(unroll(here, 'runs').stdout);
  expect(run).toMatchObject({ status: 'cancelled' });
  return String(run!['id']);
}
/** What a run's epochs and weights are, without the time that they took. */
function left(db: string, id: string) {
  const { storage } = openStorage({ file: db });
  const run = storage.runs.get(id);
  const { bytes } = storage.checkpoints.get(id)!;
  storage.close();
  return { epochs: run.epochs.map((epoch) => ({ ...epoch, seconds: 0 })), metrics: run.metrics, text: run.text, classes: run.classes, weights: sha256(bytes.subarray(bytes.length - 1000)) };
}

const PATIENCE = 120_000;
const common = ['--epochs', '30', '--backend', 'wasm', '--hidden', '16', '--batch', '8'];
describe('a .unroll file', () => {
  it.each<[string, string[]]>([
    ['an RNN', [series, '--sequence', '10', ...common]],
    ['an LSTM of two layers', [series, '--sequence', '10', '--cell', 'lstm', '--layers', '2', '--dropout', '0.1', ...common]],
    ['a GRU in both directions', [series, '--sequence', '10', '--cell', 'gru', '--bidirectional', '--schedule', 'plateau', ...common]],
    ['a text', [text, '--task', 'char', '--sequence', '20', ...common]],
    ['labelled sequences', [words, '--task', 'classify', ...common]],
  ])('carries a run of %s to another studio, where it goes on bit for bit', async (name, args) => {
    const id = await stopped(args);
    const file = join(folder, `${name.replaceAll(' ', '-')}.unroll`);
    const exported = unroll(here, 'export', id, '--format', 'unroll', '--out', file);
    expect(exported.status, exported.stderr).toBe(0);
    expect(lines(exported.stdout)[0]).toMatchObject({ event: 'exported', proofs: [{ by: expect.stringContaining('bit for bit') as string }] });
    const there = join(folder, `${sha256(Buffer.from(name)).slice(0, 8)}.db`);
    const imported = unroll(there, 'import', file);
    expect(imported.status, imported.stderr).toBe(0);
    const [{ runId, data }] = lines(imported.stdout) as [Record<string, unknown>];
    expect(data).toBe(true);
    expect(runId).not.toBe(id);
    expect(unroll(there, 'import', file)).toMatchObject({ status: 2, stderr: expect.stringMatching(/is here already.*--again/) as string });
    expect(unroll(there, 'import', file, '--again').status).toBe(0);
    expect(unroll(here, 'resume', id).status).toBe(0);
    const resumed = unroll(there, 'resume', String(runId));
    expect(resumed.status, resumed.stderr).toBe(0);
    const [a, b] = [left(here, id), left(there, String(runId))];
    expect(a.epochs).toHaveLength(30);
    expect(b).toEqual(a);
  }, PATIENCE);
});

describe('a bad file', () => {
  let good: Uint8Array;
  let path: string;
  const db = join(folder, 'bad.db');
  beforeAll(() => {
    const id = String(lines(unroll(here, 'train', series, '--sequence', '6', '--epochs', '2', '--backend', 'wasm', '--hidden', '4').stdout).at(-1)!['runId']);
    path = join(folder, 'good.unroll');
    expect(unroll(here, 'export', id, '--format', 'unroll', '--out', path).status).toBe(0);
    good = new Uint8Array(readFileSync(path));
  }, PATIENCE);

  /** The good file with parts changed; the manifest says so. */
  function changed(change: (parts: Record<string, Uint8Array>) => void, inManifest: (manifest: Record<string, unknown>) => void = () => undefined): Uint8Array {
    const { 'manifest.json': _old, ...parts } = unzipSync(good);
    const manifest = JSON.parse(new TextDecoder().decode(_old)) as Record<string, unknown>;
    change(parts);
    manifest['files'] = Object.keys(parts).map((name) => ({ path: name, bytes: parts[name]!.length, sha256: sha256(parts[name]!) }));
    inManifest(manifest);
    return zipSync({ 'manifest.json': new TextEncoder().encode(JSON.stringify(manifest)), ...parts });
  }
  const edit = (part: string, from: string | RegExp, to: string) => changed((parts) => { parts[part] = new TextEncoder().encode(new TextDecoder().decode(parts[part]).replace(from, to)); });
  const bytesAt = (bytes: Uint8Array, find: string, replace: (copy: Uint8Array, at: number) => void, from = 0): Uint8Array => {
    const copy = bytes.slice();
    replace(copy, Buffer.from(copy.buffer).indexOf(find, from));
    return copy;
  };

  it.each<[string, () => Uint8Array, RegExp]>([
    ['is empty', () => new Uint8Array(), /is no \.unroll file/],
    ['is no zip', () => new TextEncoder().encode('a,b\n1,2\n'.repeat(50)), /is no zip/],
    ['is cut off', () => good.subarray(0, good.length / 2), /cut off/],
    ['has another manifest', () => zipSync({ 'x.json': new Uint8Array(3) }), /no manifest\.json/],
    ['is of a newer version', () => changed(() => undefined, (manifest) => { manifest['version'] = 9; }), /newer Unroll \(version 9/],
    ['lacks a part', () => changed((parts) => { delete parts['epochs.json']; }), /epochs\.json is missing/],
    ['leads out of its folder', () => zipSync({ '../evil.json': new Uint8Array(3) }), /"\.\.\/evil\.json"/],
    ['has an absolute path', () => zipSync({ '/etc/passwd': new Uint8Array(3) }), /"\/etc\/passwd"/],
    ['has a path of Windows', () => zipSync({ 'data\\evil': new Uint8Array(3) }), /evil/],
    ['has a link', () => zipSync({ 'manifest.json': [new Uint8Array(3), { os: 3, attrs: (0xa1ff << 16) >>> 0 }] }), /is a link/],
    ['has a part twice', () => bytesAt(bytesAt(zipSync({ 'aa.json': new Uint8Array(1), 'ab.json': new Uint8Array(1) }), 'ab.json', (copy, at) => { copy[at + 1] = 97; }), 'ab.json', (copy, at) => { copy[at + 1] = 97; }), /twice|same place/],
    ['claims a size beyond all', () => bytesAt(good, 'PK\x01\x02', (copy, at) => { new DataView(copy.buffer).setUint32(at + 24, 0xfffffff0, true); }), /more than 512 MB/],
    ['is a bomb', () => bytesAt(zipSync({ 'manifest.json': new Uint8Array(40_000_000) }), 'PK\x01\x02', (copy, at) => { new DataView(copy.buffer).setUint32(at + 24, 1000, true); }), /larger than it says/],
    ['has a changed part', () => changed((parts) => { parts['log.json'] = new TextEncoder().encode('[]'); }, (manifest) => { (manifest['files'] as { path: string; sha256: string }[]).find((file) => file.path === 'log.json')!.sha256 = '0'.repeat(64); }), /log\.json is not what the manifest says/],
    ['has a spec that is out of range', () => edit('spec.json', /"hiddenSize": \d+/, '"hiddenSize": -4'), /spec\.json: Hidden size/],
    ['has weights of another shape', () => edit('spec.json', /"hiddenSize": \d+/, '"hiddenSize": 5'), /checkpoints\/.*has the shape/],
    ['has NaN weights', () => changed((parts) => { const part = parts['checkpoints/final.safetensors']!; new DataView(part.buffer, part.byteOffset).setFloat32(8 + Number(new DataView(part.buffer, part.byteOffset).getBigUint64(0, true)), NaN, true); }), /not a finite number/],
    ['has a tensor beyond the file', () => edit('checkpoints/final.safetensors', '"data_offsets":[0,', '"data_offsets":[9,'), /final\.safetensors/],
    ['has other data', () => changed((parts) => { parts['data/source'] = new TextEncoder().encode('y\n1\n2\n'); }), /not the data that the run was trained on/],
    ['has a field of another type', () => edit('run.json', /"epochsDone": \d+/, '"epochsDone": "many"'), /run\.json › epochsDone/],
  ])('that %s is refused in one sentence', async (_name, make, sentence) => {
    const error = await readUnroll(make(), 'bad.unroll').then(() => null, toErrorData);
    expect(error).toMatchObject({ fault: 'input', message: expect.stringMatching(sentence) as string });
    expect(error!.message).toContain('bad.unroll');
  });

  it('leaves nothing behind', () => {
    const bad = join(folder, 'cut.unroll');
    writeFileSync(bad, good.subarray(0, good.length - 30));
    expect(unroll(db, 'import', bad)).toMatchObject({ status: 2, stderr: expect.stringContaining('cut.unroll') as string });
    expect(unroll(db, 'import', join(folder, 'none.unroll'))).toMatchObject({ status: 2, stderr: expect.stringContaining('There is no file') as string });
    expect(unroll(db, 'runs').stdout.trim()).toBe('');
    expect(readdirSync(folder).filter((name) => name === 'tables')).toEqual([]);
  }, PATIENCE);

  it('with any bytes changed is refused as bad input, or is the same run', async () => {
    let seed = 12345;
    const random = (n: number) => { seed = (Math.imul(seed, 1103515245) + 12345) >>> 0; return (seed >>> 8) % n; };
    for (let i = 0; i < 150; i++) {
      const copy = good.slice(0, i % 5 === 0 ? random(good.length) : good.length);
      for (let k = 0; k < 1 + random(6) && copy.length > 0; k++) copy[random(copy.length)] = random(256);
      const error = await readUnroll(copy, 'bad.unroll').then(() => null, toErrorData);
      expect(error?.fault ?? 'input', error?.message).toBe('input');
    }
  }, PATIENCE);
});
