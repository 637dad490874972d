import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { initialParameters } from '../engine/index.ts';
import { manifestSchema } from '../formats/export/index.ts';
import { modelFormats, type ModelFormat } from '../formats/export/snippets.ts';
import type { Reading } from '../shared/classify.ts';
import { defaultClassifySpec } from '../shared/classify-defaults.ts';
import { toErrorData } from '../shared/errors.ts';
import { classModel } from '../training/classify/prepare.ts';
import type { Architecture, ForecastSpec, RunSpec } from '../shared/spec.ts';
import { runSpecSchema } from '../shared/spec.ts';
import { tokenInput } from '../training/text/prepare.ts';
import { modelOf } from '../training/model.ts';
import { exportableOf, makeExport, TOLERANCE, writeExport, type Exportable, type ExportSource } from './index.ts';

const root = join(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'unroll-export-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const python = [process.env['UNROLL_PYTHON'], '/tmp/torchvenv/bin/python'].find((path) => path !== undefined && existsSync(path)) ?? null;
const run = promisify(execFile);
/** Whether the Python at hand has a module. */
async function has(module: string): Promise<boolean> {
  return python !== null && run(python, ['-c', `import ${module}`], { env: { ...process.env, KERAS_BACKEND: 'torch' } }).then(() => true, () => false);
}
const [torch, keras] = await Promise.all([has('torch'), has('keras, torch')]);

type Choice = Partial<Architecture> & { targets?: 'last' | 'every'; horizon?: number; several?: boolean; text?: boolean; classify?: 'text' | 'numbers'; embedding?: number | null; T?: number };

function specOf({ targets = 'last', horizon = 1, several = false, text = false, classify, embedding = null, T = 5, ...model }: Choice): RunSpec {
  if (classify !== undefined) {
    const spec = defaultClassifySpec({ sequence: 'shape', label: 'kind', kind: classify, longest: T, examples: 60 });
    return { ...spec, embedding, window: { ...spec.window, sequenceLength: T }, model: { ...spec.model, hiddenSize: 4, layers: 1, bidirectional: false, dropout: 0, ...model } };
  }
  const common = {
    version: 3, split: { train: 0.7, validation: 0.15, test: 0.15 }, backend: 'auto',
    model: { cell: 'rnn_tanh', hiddenSize: 4, layers: 1, bidirectional: false, dropout: 0, initialization: 'pytorch', ...model },
    training: { epochs: 1, batchSize: 8, loss: text ? 'crossEntropy' : 'mse', huberDelta: 1, optimizer: 'adam', learningRate: 0.01, momentum: 0.9, weightDecay: 0, clipNorm: null, schedule: 'constant', patience: null, seed: 3 },
  };
  return runSpecSchema.parse(text
    ? { ...common, task: 'char', text: { column: null, normalization: 'NFC', minCount: 1, embedding }, window: { sequenceLength: T, stride: 1, targets }, samples: { every: null, prompt: '', length: 10, temperature: 0.8 } }
    : {
      ...common, task: 'forecast', recipe: { version: 1, steps: [] }, scaling: 'standard', split: { by: 'share', ...common.split }, window: { sequenceLength: T, horizon, stride: 1, targets },
      roles: { time: 'day', targets: several ? ['a', 'b'] : ['a'], inputs: ['a', 'b', 'rain'], encodings: { rain: { kind: 'onehot', categories: ['no', 'yes'] } }, calendar: ['month'], known: [] },
    });
}

const reading: Reading = { classes: ['sine', '=saw', 'step'], characters: ['a', 'b', 'é'], offset: 2, scale: 3 };
const characters = ['\n', ' ', 'a', 'b', 'é', '世'];
const rows = 60;
const wave = (shift: number) => Float64Array.from({ length: rows }, (_, r) => 20 + 5 * Math.sin(r / 3 + shift));
const table: ExportSource['table'] = {
  rows, time: { kind: 'date', name: 'day', values: Float64Array.from({ length: rows }, (_, r) => Date.UTC(2024, 0, 1 + r * 9)) },
  columns: [{ name: 'a', values: wave(0) }, { name: 'b', values: wave(1).map((v) => v * 1000) }, { name: 'rain', values: Float64Array.from({ length: rows }, (_, r) => r % 2) }],
};

function sourceOf(spec: RunSpec): ExportSource {
  const model = spec.task === 'forecast' ? modelOf(spec as ForecastSpec) : spec.task === 'classify' ? classModel(spec, reading)
    : { cell: spec.model.cell, hiddenSize: spec.model.hiddenSize, layers: spec.model.layers, bidirectional: spec.model.bidirectional, dropout: 0, ...tokenInput(characters.length, spec.task === 'char' ? spec.text.embedding : null), outputSize: characters.length, headSteps: spec.task === 'char' ? spec.window.targets : 'last' as const };
  return {
    run: { id: 'run-1', name: 'A "run" \\ with\nodd signs', datasetName: 'some.csv', unit: '%', spec, plan: null }, parameters: initialParameters(model, 'pytorch', 5),
    table: spec.task === 'forecast' ? table : null, vocabulary: spec.task === 'char' ? { characters, unknown: null } : null, reading: spec.task === 'classify' ? reading : null, madeBy: '0.1.0', madeAt: '2026-11-23T00:00:00.000Z',
  };
}

const cells = ['rnn_tanh', 'rnn_relu', 'handwritten', 'lstm', 'gru'] as const;
const choices: Choice[] = cells.flatMap((cell) => [
  { cell }, { cell, targets: 'every' }, { cell, layers: 2, bidirectional: true }, { cell, bidirectional: true, targets: 'every', horizon: 3 }, { cell, horizon: 3, several: true, layers: 2 }, { cell, text: true }, { cell, text: true, embedding: 3 }, { cell, text: true, targets: 'every', bidirectional: true, layers: 2 },
  { cell, classify: 'text', embedding: 2 }, { cell, classify: 'numbers', bidirectional: true, layers: 2 },
] satisfies Choice[]);
const nameOf = (choice: Choice): string => Object.entries(choice).map(([key, value]) => `${key} ${String(value)}`).join(', ');

async function written(format: ModelFormat, exportable: Exportable): Promise<string> {
  const { files } = await makeExport(format, exportable);
  return writeExport(join(mkdtempSync(join(folder, 'x-')), format), files, false);
}

describe('what leaves predicts what the studio predicts', () => {
  it.each(choices.map((choice) => [nameOf(choice), choice] as const))('%s', async (_name, choice) => {
    const exportable = await exportableOf(sourceOf(specOf(choice)));
    expect(manifestSchema.parse(JSON.parse(JSON.stringify(exportable.manifest)))).toBeTruthy();
    for (const format of ['onnx', 'tfjs'] as const) {
      const { proofs } = await makeExport(format, exportable);
      expect(proofs.length).toBe(format === 'onnx' ? 2 : 1);
      for (const proof of proofs) expect(proof.relative, `${format}, ${proof.by}`).toBeLessThan(TOLERANCE / 10);
    }
  });
});

/** Exports of every choice in one folder, checked by one Python: starting it takes seconds. */
async function compareInPython(format: 'pytorch' | 'keras'): Promise<number[]> {
  const places: string[] = [];
  for (const choice of choices) places.push(await written(format, await exportableOf(sourceOf(specOf(choice)))));
  const script = join(folder, `compare-${format}.py`);
  writeFileSync(script, `
import importlib.util, json, sys
import numpy as np
worst = []
for place in json.load(open(sys.argv[1])):
    spec = importlib.util.spec_from_file_location("model_of_export", place + "/model.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    held = json.load(open(place + "/held-windows.json"))
    x = np.array(held["x"], dtype="float32").reshape(held["shape"])
    model = module.load()
    ${format === 'pytorch' ? 'import torch; got = model(torch.from_numpy(x)).detach().numpy().ravel()' : 'got = np.array(model.predict(x, verbose=0)).ravel()'}
    expected = np.array(held["expected"])
    worst.append(float(np.abs(got - expected).max() / np.abs(expected).max()))
print(json.dumps(worst))
`);
  const list = join(folder, `${format}.json`);
  writeFileSync(list, JSON.stringify(places));
  const { stdout } = await run(python!, [script, list], { env: { ...process.env, KERAS_BACKEND: 'torch' }, maxBuffer: 2 ** 24 });
  return JSON.parse(stdout.trim().split('\n').at(-1)!) as number[];
}

describe.skipIf(!torch)(`real PyTorch${torch ? '' : ' (skipped: there is no Python with torch; UNROLL_PYTHON names one)'}`, () => {
  it('gives the same outputs for every cell, depth, direction, head and task', async () => {
    const worst = await compareInPython('pytorch');
    expect(worst.length).toBe(choices.length);
    worst.forEach((relative, k) => expect(relative, nameOf(choices[k]!)).toBeLessThan(TOLERANCE / 10));
  }, 120_000);

  it('predicts a CSV with predict.py, words, calendar and all, as the studio does', async () => {
    const exportable = await exportableOf(sourceOf(specOf({ cell: 'gru', horizon: 2, several: true })));
    const place = await written('pytorch', exportable);
    const day = (r: number) => new Date(table!.time.values[r]!).toISOString().slice(0, 10);
    writeFileSync(join(place, 'data.csv'), `day;a;b;rain\n${Array.from({ length: rows }, (_, r) => [day(r), table!.columns[0]!.values[r], table!.columns[1]!.values[r], r % 2 === 0 ? 'no' : 'yes'].join(';')).join('\n')}\n`);
    await run(python!, ['predict.py', 'data.csv', '--out', 'out.csv'], { cwd: place });
    const lines = readFileSync(join(place, 'out.csv'), 'utf8').trim().split(/\r?\n/);
    expect(lines[0]).toBe('row,a+1,b+1,a+2,b+2');
    expect(lines.length).toBe(1 + rows - 5 + 1);
    // The held windows are the last ones that have targets.
    const { held, manifest } = exportable;
    const target = manifest.targets;
    const last = held.expected.slice(-4).map((score, o) => score * target[o % 2]!.scale + target[o % 2]!.offset);
    const ofStart = lines.find((line) => line.startsWith(`${rows - 2 + 1},`))!.split(',').slice(1).map(Number);
    ofStart.forEach((value, o) => expect(Math.abs(value / last[o]! - 1)).toBeLessThan(1e-5));
    await expect(run(python!, ['predict.py', 'short.csv'], { cwd: place })).rejects.toThrow();
    writeFileSync(join(place, 'bad.csv'), 'day,a,b\n2024-01-01,1,2\n2024-01-02,1,2\n2024-01-03,1,2\n2024-01-04,1,2\n2024-01-05,1,2\n');
    await expect(run(python!, ['predict.py', 'bad.csv'], { cwd: place })).rejects.toThrow(/no column "rain"/);
  }, 60_000);
});

describe.skipIf(!keras)(`real Keras${keras ? '' : ' (skipped: there is no Python with keras and torch)'}`, () => {
  it('gives the same outputs for every cell, depth, direction, head and task', async () => {
    const worst = await compareInPython('keras');
    expect(worst.length).toBe(choices.length);
    worst.forEach((relative, k) => expect(relative, nameOf(choices[k]!)).toBeLessThan(TOLERANCE / 10));
  }, 240_000);
});

describe('the snippets run as they stand', () => {
  it.each(modelFormats)('%s', async (format) => {
    const exportable = await exportableOf(sourceOf(specOf({ cell: 'lstm', horizon: 2 })));
    const place = await written(format, exportable);
    expect(readFileSync(join(place, 'README.md'), 'utf8')).toContain(format === 'onnx' ? 'opset 17' : '## ');
    if (existsSync(join(place, 'snippet.mjs'))) {
      mkdirSync(join(place, 'node_modules/@tensorflow'), { recursive: true });
      for (const name of ['onnxruntime-node', '@tensorflow/tfjs']) symlinkSync(join(root, 'node_modules', name), join(place, 'node_modules', name));
      const { stdout } = await run(process.execPath, ['snippet.mjs'], { cwd: place });
      expect((JSON.parse(stdout.trim().split('\n').at(-1)!) as number[]).length).toBe(2);
    }
    if (existsSync(join(place, 'snippet.py')) && (format === 'pytorch' ? torch : format === 'keras' ? keras : false)) {
      const { stdout } = await run(python!, ['snippet.py'], { cwd: place, env: { ...process.env, KERAS_BACKEND: 'torch' } });
      expect(JSON.parse(stdout.trim().split('\n').at(-1)!)).toMatchObject([[expect.any(Number) as number, expect.any(Number) as number]]);
    }
  }, 60_000);
});

describe('writing', () => {
  const files = { 'a.txt': 'a', 'b.bin': new Uint8Array([1, 2, 3]) };
  it('never replaces what is there unasked, and replaces it as a whole when asked', async () => {
    const place = join(folder, 'there');
    await writeExport(place, files, false);
    writeFileSync(join(place, 'mine.txt'), 'mine');
    expect(await writeExport(place, files, false).then(() => null, toErrorData)).toMatchObject({ code: 'export.exists', details: { path: place } });
    expect(readdirSync(place).sort()).toEqual(['a.txt', 'b.bin', 'mine.txt']);
    await writeExport(place, files, true);
    expect(readdirSync(place).sort()).toEqual(['a.txt', 'b.bin']);
    expect(readdirSync(folder).filter((name) => name.startsWith('.'))).toEqual([]);
  });

  it('into a file, or where nothing may be written, ends in one sentence and leaves nothing behind', async () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    expect(await writeExport(join(file, 'out'), files, false).then(() => null, toErrorData)).toMatchObject({ code: 'export.not-writable' });
    expect(await writeExport('/proc/unroll-export', files, false).then(() => null, toErrorData)).toMatchObject({ fault: 'environment' });
    expect(readFileSync(file, 'utf8')).toBe('');
  });
});

it('a GRU too long for TensorFlow.js is refused with what to do instead', async () => {
  const exportable = await exportableOf(sourceOf(specOf({ cell: 'gru', T: 30, layers: 8, bidirectional: true })));
  exportable.manifest.window.sequenceLength = 300;
  expect(await makeExport('tfjs', exportable).then(() => null, toErrorData)).toMatchObject({ code: 'export.tfjs-long', hint: expect.stringContaining('ONNX') as string });
});
