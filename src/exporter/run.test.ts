import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { initialParameters } from '../engine/index.ts';
import { encodeCheckpoint } from '../formats/checkpoint.ts';
import { defaultClassifySpec } from '../shared/classify-defaults.ts';
import { defaultSpec } from '../shared/defaults.ts';
import { toErrorData } from '../shared/errors.ts';
import type { ExportJob } from '../shared/exporter-protocol.ts';
import type { RunDetail } from '../shared/run.ts';
import { rolesOf } from '../shared/roles.ts';
import { forecastSpec, type ForecastSpec } from '../shared/spec.ts';
import { modelOf } from '../training/model.ts';
import { exportableOf, runExport, writeExport } from './index.ts';

const folder = mkdtempSync(join(tmpdir(), 'unroll-run-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const rows = 60;
const wave = (shift: number) => Float64Array.from({ length: rows }, (_, r) => 20 + 5 * Math.sin(r / 3 + shift));
const table: NonNullable<ExportJob['table']> = {
  rows, time: { kind: 'date', name: 'day', values: Float64Array.from({ length: rows }, (_, r) => Date.UTC(2024, 0, 1 + r)) },
  columns: [{ name: '=a', values: wave(0) }, { name: 'b', values: wave(1) }],
};
const plain = forecastSpec(defaultSpec(rolesOf('day', '=a'), rows, null));
const spec: ForecastSpec = { ...plain, roles: { ...plain.roles, targets: ['=a', 'b'], inputs: ['=a', 'b'] }, window: { ...plain.window, sequenceLength: 6, horizon: 2 } };
const run: RunDetail = {
  id: 'run-1', name: 'two <b>waves</b>', status: 'done', color: 0, datasetId: 'd', datasetName: 'waves.csv', unit: '°C', spec, device: null, createdAt: '2026-11-01T00:00:00.000Z', finishedAt: null, seconds: 1, epochsDone: 1,
  metrics: null, persistence: null, text: null, classes: null, targets: null, evaluations: null, curve: { train: [], validation: [] }, error: null, removedAt: null, tags: [], starred: false, note: '', archivedAt: null, bytes: 0, group: null, plan: null, hasPredictions: false,
  epochs: [{ epoch: 1, trainLoss: 1, validationLoss: 2, gradientNorm: 1, learningRate: 0.1, seconds: 1 }],
};
const parameters = initialParameters(modelOf(spec), 'pytorch', 5);

function jobOf(changes: Partial<ExportJob>): ExportJob {
  return {
    type: 'export', format: 'predictions', out: join(mkdtempSync(join(folder, 'x-')), 'out'), force: false, run, checkpoint: encodeCheckpoint({ epoch: 1, parameters, optimizer: {}, generator: [], position: null, seconds: 0, best: null }), table,
    vocabulary: null, predictions: null, samples: [], classes: null, madeBy: '0.1.0', madeAt: '2026-11-23T00:00:00.000Z', locale: 'en', ...changes,
  };
}
const stages: string[] = [];
const host = { stage: (stage: string) => { stages.push(stage); }, beforeWriting: () => Promise.resolve() };
const textOf = (path: string, file: string) => readFileSync(join(path, file), 'utf8');

describe('predictions as tables', () => {
  it('are those of the network, in the row that they are about, with what comes next', async () => {
    const { path, files } = await runExport(jobOf({}), host);
    expect(files).toEqual(['README.md', 'forecast.csv', 'predictions.csv']);
    const lines = textOf(path, 'predictions.csv').trim().split('\r\n').map((line) => line.split(','));
    expect(lines[0]).toEqual(['day', 'part', "'=a", "'=a predicted 1 ahead", "'=a predicted 2 ahead", 'b', 'b predicted 1 ahead', 'b predicted 2 ahead']);
    expect(lines.length).toBe(rows + 1);
    expect(lines[7]!.map((cell) => cell === '')).toEqual([false, false, false, false, true, false, false, true]);
    const { held, manifest } = await exportableOf({ run, parameters, table, vocabulary: null, reading: null, madeBy: '', madeAt: '' });
    const [a1, b1, a2, b2] = held.expected.slice(-4).map((score, o) => score * manifest.targets[o % 2]!.scale + manifest.targets[o % 2]!.offset);
    const [before, last] = [lines.at(-2)!.map(Number), lines.at(-1)!.map(Number)];
    for (const [got, wanted] of [[before[3], a1], [before[6], b1], [last[4], a2], [last[7], b2]]) expect(Math.abs(got! / wanted! - 1)).toBeLessThan(1e-5);
    const beyond = textOf(path, 'forecast.csv').trim().split('\r\n');
    expect(beyond.length).toBe(13);
    expect(beyond[1]).toMatch(/^1,2024-03-01,recursive,/);
  });

  it('of a run whose data is gone are the stored ones; without any, one sentence', async () => {
    const stored = { time: table.time, truth: wave(0), predicted: wave(0), trainEnd: 40, validationEnd: 50, others: [{ name: 'b', truth: wave(1), predicted: wave(1), horizon: null }] };
    const { path, files } = await runExport(jobOf({ table: null, predictions: stored }), host);
    expect(files).toEqual(['README.md', 'predictions.csv']);
    expect(textOf(path, 'predictions.csv').split('\r\n')[45]).toContain(',validation,');
    expect(textOf(path, 'README.md')).toContain('The data of the run is gone');
    expect(await runExport(jobOf({ table: null }), host).then(() => null, toErrorData)).toMatchObject({ code: 'export.no-predictions', fault: 'input' });
  });
});

describe('the report', () => {
  it('stands with its charts beside it, in the language that is asked for', async () => {
    const stored = { time: table.time, truth: wave(0), predicted: wave(0), trainEnd: 40, validationEnd: 50, others: [{ name: 'b', truth: wave(1), predicted: wave(1), horizon: null }] };
    const { path, files } = await runExport(jobOf({ format: 'report', predictions: stored, locale: 'zh-CN' }), host);
    expect(files).toEqual(['loss.svg', 'prediction-1.svg', 'prediction-2.svg', 'report.html']);
    const html = textOf(path, 'report.html');
    expect(html).toContain('two &lt;b&gt;waves&lt;/b&gt;');
    expect(html).toContain('接下来：=a');
    expect(html.match(/<svg/g)?.length).toBe(4);
  });
  it('of a run without weights or data says what there is', async () => {
    const { path } = await runExport(jobOf({ format: 'report', checkpoint: null, table: null }), host);
    expect(textOf(path, 'report.html')).toContain('no windows to judge');
  });
});

describe('labelled sequences', () => {
  it('leave with the tables of their classes and what was taken for another', async () => {
    const score = { loss: 0.5, accuracy: 0.75, baseline: 0.5, precision: 0.7, recall: null, f1: null, count: 4, classes: [{ precision: 1, recall: 0.5, f1: 0.6, support: 2 }, { precision: null, recall: 1, f1: 0.8, support: 2 }], confusion: [[1, 1], [0, 2]] };
    const classes = { classes: ['<one>', '=two'], characters: [], offset: 0, scale: 1, counts: { train: [2, 2], validation: [], test: [] }, metrics: { train: score, validation: null, test: score }, evaluations: null, mistakes: [{ line: 7, sequence: '-1;2', truth: 0, predicted: 1, probability: 0.9 }], mistakesPart: 'test' as const } as unknown as NonNullable<ExportJob['classes']>;
    const labelled = { ...run, spec: defaultClassifySpec({ sequence: 's', label: 'l', kind: 'text', longest: 5, examples: 4 }) };
    const report = await runExport(jobOf({ format: 'report', run: labelled, table: null, classes }), host);
    const html = textOf(report.path, 'report.html');
    expect(html).toContain('On the test part 75 % of the examples are told right; always guessing the most frequent class gives 50 %.');
    expect(html).toContain('<td>&lt;one&gt;</td>');
    const { path } = await runExport(jobOf({ run: labelled, table: null, classes }), host);
    expect(textOf(path, 'mistakes.csv')).toBe("line,sequence,class,taken for,probability\r\n7,'-1;2,<one>,'=two,0.9\r\n");
  });
});

/** A disk of 64 KB; null where none may be mounted. */
function tinyDisk(): string | null {
  const place = mkdtempSync(join(folder, 'disk-'));
  return spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', place]).status === 0 ? place : null;
}
const disk = process.platform === 'linux' ? tinyDisk() : null;
afterAll(() => { if (disk !== null) spawnSync('umount', [disk]); });

it.skipIf(disk === null)(`a full disk ends in one sentence and leaves nothing behind${disk === null ? ' (skipped: no small disk may be mounted here)' : ''}`, async () => {
  expect(await writeExport(join(disk!, 'out'), { 'small.txt': 'a', 'large.bin': new Uint8Array(200_000) }, false).then(() => null, toErrorData)).toMatchObject({ code: 'export.disk-full', fault: 'environment' });
  expect(readdirSync(disk!)).toEqual([]);
});

describe('an export', () => {
  it('asks before it is written, and one that is refused leaves nothing behind', async () => {
    const job = jobOf({ format: 'onnx' });
    const refused = runExport(job, { ...host, beforeWriting: () => Promise.reject(new Error('cancelled')) });
    await expect(refused).rejects.toThrow('cancelled');
    expect(readdirSync(join(job.out, '..'))).toEqual([]);
    stages.length = 0;
    const { proofs, snippets } = await runExport(job, host);
    expect(stages).toEqual(['making', 'writing']);
    expect(Math.max(...proofs.map(({ relative }) => relative ?? 1))).toBeLessThan(1e-5);
    expect(snippets.map(({ language }) => language)).toEqual(['Python', 'JavaScript', 'C#']);
  });
  it('is refused before it is made where something lies at its place or there are no weights', async () => {
    const job = jobOf({ format: 'onnx' });
    mkdirSync(job.out);
    writeFileSync(join(job.out, 'mine'), '');
    stages.length = 0;
    expect(await runExport(job, host).then(() => null, toErrorData)).toMatchObject({ code: 'export.exists', details: { path: job.out } });
    expect(stages).toEqual([]);
    expect(readdirSync(job.out)).toEqual(['mine']);
    expect(await runExport(jobOf({ format: 'onnx', checkpoint: null }), host).then(() => null, toErrorData)).toMatchObject({ code: 'export.no-weights' });
  });
});
