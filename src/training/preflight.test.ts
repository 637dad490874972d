import { expect, it } from 'vitest';
import { backends, initialParameters, wasmWith } from '../engine/index.ts';
import { defaultSpec } from '../shared/defaults.ts';
import { makePlan, splitRows } from '../shared/plan.ts';
import { bytesNeeded, obstaclesOf, secondsNeeded, workSizes, type WorkSizes } from '../shared/preflight.ts';
import { defaultTextSpec } from '../shared/text-defaults.ts';
import { makeTextPlan } from '../shared/text-plan.ts';
import { measureWork, workOf } from './preflight.ts';

const spec = defaultSpec({ time: null, targets: ['y'], inputs: ['y'], encodings: {}, calendar: [], known: [] }, 60_000, null);
const sizes = (changes: Partial<WorkSizes>): WorkSizes => ({ ...workSizes(spec, makePlan(splitRows(60_000, { train: 0.7, validation: 0.15, test: 0.15 }), spec).plan), ...changes });

it('reads the sizes of a text off its plan', () => {
  for (const embedding of [null, 16]) {
    const made = defaultTextSpec(5000, 'hello', null);
    const text = { ...made, text: { ...made.text, embedding } };
    const w = workSizes(text, makeTextPlan(5000, 61, text).plan);
    expect(w).toMatchObject({ outputSize: 61, vocabulary: 61, inputSize: embedding ?? 61, embedded: embedding !== null, classes: true });
    expect(workOf(w).data.input).toMatchObject({ kind: 'tokens', vocabulary: 61 });
  }
});

/** Parameters of a model without an embedding. */
function parametersOf(w: WorkSizes): number {
  return Object.values(initialParameters(workOf(w).model, 'pytorch', 1)).reduce((sum, { values }) => sum + values.length, 0);
}

it.each([
  { cell: 'rnn_tanh' as const, hiddenSize: 256, layers: 1, sequenceLength: 200, batchSize: 256 },
  { cell: 'lstm' as const, hiddenSize: 128, layers: 2, sequenceLength: 100, batchSize: 64 },
  { cell: 'gru' as const, hiddenSize: 256, layers: 1, sequenceLength: 50, batchSize: 128, bidirectional: true },
])('estimates at least what the kernels take for $cell, and of the same order', async (changes) => {
  const w = sizes(changes);
  const whole = { ...w, parameters: parametersOf(w) };
  const work = workOf(whole);
  const backend = await wasmWith({ threads: 1 }).create(work.model, initialParameters(work.model, 'pytorch', 1), work.options);
  await backend.load(work.data);
  await backend.gradients(work.order.subarray(0, whole.batchSize));
  const taken = (backend as unknown as { memoryBytes: number }).memoryBytes;
  backend.dispose();
  // Of the series the studio holds more than the few rows here.
  const needed = bytesNeeded({ ...whole, rows: 0, windows: { train: 0, validation: 0, test: 0 } });
  expect(needed).toBeGreaterThan(taken);
  // One thread holds one shard of a batch at a time, several hold several: the estimate is for all of them.
  expect(needed).toBeLessThan(5 * taken);
});

it('measures a step once and remembers it', async () => {
  const kept = new Map<string, Record<string, number>>();
  const engines = { ...backends, measurements: { get: (kind: string) => kept.get(kind) ?? null, set: (kind: string, times: Record<string, number>) => { kept.set(kind, times); }, all: () => Object.fromEntries(kept) } };
  const first = await measureWork(engines, sizes({}), 'auto');
  expect(first.device.backend).toBe('wasm');
  expect(first.milliseconds).toBeGreaterThan(0);
  expect((await measureWork(engines, sizes({}), 'auto')).milliseconds).toBe(first.milliseconds);
  expect((await measureWork(engines, sizes({ hiddenSize: 4, sequenceLength: 3 }), 'reference')).device).toMatchObject({ backend: 'reference', reason: 'pinned' });
});

it('says what stands against beginning', () => {
  const w = sizes({ epochs: 1000 });
  const bytes = bytesNeeded(w);
  expect(obstaclesOf({ bytes, seconds: 10 }, { freeBytes: 2 * bytes, totalBytes: 4 * bytes })).toEqual([]);
  expect(obstaclesOf({ bytes, seconds: null }, { freeBytes: bytes, totalBytes: 4 * bytes })).toEqual([{ kind: 'memory', bytes, freeBytes: bytes }]);
  expect(obstaclesOf({ bytes, seconds: 7200 }, null)).toEqual([{ kind: 'time', seconds: 7200 }]);
  // Twice the epochs take about twice as long.
  expect(secondsNeeded({ ...w, epochs: 2000 }, 5) / secondsNeeded(w, 5)).toBeCloseTo(2, 1);
});
