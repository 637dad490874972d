import { expect, it } from 'vitest';
import { backends, initialParameters, Rng } from '../engine/index.ts';
import type { SequenceData } from '../engine/backend.ts';
import { gradientVerdict, type GradientRecord } from '../shared/gradients.ts';
import type { RunSpec } from '../shared/spec.ts';
import { GradientWatch } from './gradient-watch.ts';

const rng = new Rng(2);
const values = Float32Array.from({ length: 400 }, () => rng.normal());
const T = 40;
const data: SequenceData = { input: { kind: 'dense', values, features: 1 }, targets: { kind: 'values', values, width: 1 }, sequenceLength: T, horizon: 1 };
const starts = Int32Array.from({ length: 300 }, (_, i) => i);

/** h_t = by h_(t-1) + x_t: its gradient shrinks or grows by that factor at each step back. */
async function watched(by: number) {
  const model = { cell: 'handwritten', inputSize: 1, hiddenSize: 1, layers: 1, bidirectional: false, dropout: 0, outputSize: 1, headSteps: 'last' } as const;
  const parameters = initialParameters(model, 'pytorch', 1);
  for (const [name, { values: all }] of Object.entries(parameters)) all.fill(name === 'rnn.weight_hh_l0' ? by : name.includes('weight') ? 1 : 0);
  const backend = await backends.wasm.create(model, parameters, { seed: 1, loss: { kind: 'mse' }, optimizer: { kind: 'sgd', momentum: 0, weightDecay: 0 } });
  await backend.load(data);
  return { backend, watch: new GradientWatch(backend, data, starts, 10) };
}
const spec = { window: { sequenceLength: T }, model: { cell: 'rnn_tanh', bidirectional: false, initialization: 'pytorch' }, training: { clipNorm: null } } as RunSpec;
const position = { steps: 8, lossSum: 0, normSum: 0, clipped: 3 };

it.each([[0.5, 'vanishing'], [1, 'healthy'], [1.2, 'exploding']] as const)('a recurrence with factor %d is %s', async (by, health) => {
  const { backend, watch } = await watched(by);
  const before = await backend.parameters();
  const record = (await watch.after(1, position, false))!;
  expect(record.width).toBe(T);
  expect(record.flow[0]! / record.flow[T - 1]!).toBeCloseTo(by ** (T - 1), by > 1 ? 0 : 6);
  expect(record).toMatchObject({ clipped: 3, steps: 8 });
  const verdict = gradientVerdict([record], spec)!;
  expect(verdict).toMatchObject({ health, since: 1 });
  expect(verdict.remedies.includes('gated')).toBe(health !== 'healthy');
  expect(verdict.remedies.includes('clip')).toBe(health === 'exploding');
  // Looking changes nothing that is learnt.
  expect(await backend.parameters()).toEqual(before);
});

it('says since which epoch it has been so, and adds clipped steps up between two looks', async () => {
  const { watch } = await watched(0.5);
  const records: GradientRecord[] = [];
  for (let epoch = 1; epoch <= 10; epoch++) {
    const record = await watch.after(epoch, position, epoch === 10);
    if (record !== null) records.push(record);
  }
  expect(records.reduce((sum, { clipped }) => sum + clipped, 0)).toBe(30);
  const healthy = { ...records[0]!, flow: new Float32Array(T).fill(1) };
  expect(gradientVerdict([healthy, ...records.slice(1)], spec)!.since).toBe(records[1]!.epoch);
  expect(gradientVerdict([], spec)).toBeNull();
  const infinite = { ...records[0]!, flow: new Float32Array(T).fill(Number.POSITIVE_INFINITY) };
  expect(gradientVerdict([infinite], spec)).toMatchObject({ health: 'exploding', ratio: null });
});
