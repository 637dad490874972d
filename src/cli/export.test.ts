import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';

const cli = join(import.meta.dirname, 'unroll.ts');
const folder = mkdtempSync(join(tmpdir(), 'unroll-export-cli-'));
const out = (name: string) => join(folder, name);
const unroll = (...args: string[]) => spawnSync(process.execPath, [cli, ...args, '--db', out('unroll.db')], { encoding: 'utf8' });
let id = '';

/** Many processes one after the other, on a machine that may be busy. */
const PATIENCE = 90_000;

beforeAll(() => {
  writeFileSync(out('wave.csv'), `y\n${Array.from({ length: 120 }, (_, i) => Math.sin(i / 5).toFixed(4)).join('\n')}\n`);
  const trained = unroll('train', out('wave.csv'), '--epochs', '2', '--hidden', '4', '--sequence', '6', '--horizon', '2', '--json');
  id = String((JSON.parse(trained.stdout.trim().split('\n').at(-1)!) as { runId: string }).runId);
}, PATIENCE);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('a run is exported with its proof, as a report and as tables, and never over something unasked', () => {
  const onnx = unroll('export', id, '--format', 'onnx', '--out', out('onnx'), '--json');
  expect(onnx.status, onnx.stderr).toBe(0);
  const { path, files, proofs } = JSON.parse(onnx.stdout) as { path: string; files: string[]; proofs: { relative: number; windows: number }[] };
  expect(path).toBe(out('onnx'));
  expect(readdirSync(path).sort()).toEqual(files);
  for (const { relative } of proofs) expect(relative).toBeLessThan(1e-5);

  const report = unroll('export', id, '--format', 'report', '--out', out('report'));
  expect(report.stdout).toContain(`Exported to ${out('report')}: loss.svg, prediction.svg, report.html`);
  expect(unroll('export', id, '--format', 'predictions', '--out', out('tables')).status).toBe(0);
  expect(readFileSync(join(out('tables'), 'predictions.csv'), 'utf8')).toMatch(/^row,part,y,y predicted 1 ahead,y predicted 2 ahead\r\n/);

  writeFileSync(join(out('report'), 'mine.txt'), '');
  const again = unroll('export', id, '--format', 'report', '--out', out('report'));
  expect([again.status, again.stderr]).toEqual([2, expect.stringContaining('is there already')]);
  expect(existsSync(join(out('report'), 'mine.txt'))).toBe(true);
  expect(unroll('export', id, '--format', 'report', '--out', out('report'), '--force').status).toBe(0);
  expect(existsSync(join(out('report'), 'mine.txt'))).toBe(false);
}, PATIENCE);

it('bad usage ends with 2 and one sentence', () => {
  for (const [args, sentence] of [[['export'], 'needs one run id'], [['export', id, '--out', out('x')], '--format must be'], [['export', id, '--format', 'onnx'], '--out needs'], [['export', 'nothing', '--format', 'onnx', '--out', out('x')], 'no run'], [['export', id, '--format', 'onnx', '--out', join(out('wave.csv'), 'x')], 'is no folder']] as const) {
    const { status, stderr } = unroll(...args);
    expect([status, stderr]).toEqual([2, expect.stringContaining(sentence)]);
    expect(stderr).not.toContain('    at ');
  }
}, PATIENCE);
