import { describe, expect, it } from 'vitest';
import { tokenize } from '../../data/index.ts';
import { backends, Rng } from '../../engine/index.ts';
import { decodeCheckpoint, encodeCheckpoint } from '../../formats/checkpoint.ts';
import { defaultClassifySpec } from '../../shared/classify-defaults.ts';
import type { LabelledSequences } from '../../shared/classify.ts';
import { sequenceInsightSchema, sequenceTraceSchema } from '../../shared/sequence-insight.ts';
import { defaultTextSpec } from '../../shared/text-defaults.ts';
import type { SequenceJob } from '../../shared/trainer-protocol.ts';
import { trainClasses } from '../classify/session.ts';
import { trainText } from '../text/session.ts';
import { sequenceInsight, sequenceTrace, withSequences } from './sequences.ts';

const host = { engines: backends, signal: { aborted: false }, breathe: () => Promise.resolve() };
const training = { ...host, now: () => performance.now(), encode: encodeCheckpoint, emit: () => undefined };

/** Eight letters by lot; the class is the one that stands three steps before the end. */
function thirdLast(count: number): LabelledSequences {
  const rng = new Rng(5);
  const letters = Array.from({ length: count * 8 }, () => 97 + Number(rng.normal() > 0));
  return {
    kind: 'text', values: Float64Array.from(letters), offsets: Int32Array.from({ length: count + 1 }, (_, i) => i * 8), classes: ['a', 'b'],
    labels: Int32Array.from({ length: count }, (_, i) => letters[i * 8 + 5]! - 97), lines: Int32Array.from({ length: count }, (_, i) => i + 2),
  };
}

describe('what a network that reads symbols remembers', () => {
  it('of classes: the step that decides, by slopes and by hiding', async () => {
    const sequences = thirdLast(400);
    const spec = defaultClassifySpec({ sequence: 's', label: 'l', kind: 'text', examples: 400, longest: 8 });
    Object.assign(spec, { backend: 'wasm' });
    spec.window.sequenceLength = 8;
    spec.model.cell = 'gru';
    Object.assign(spec.training, { epochs: 30, learningRate: 0.02 });
    const end = await trainClasses(spec, sequences, training);
    if (end.type !== 'finishedClasses') throw new Error(end.type);
    const job: SequenceJob = { task: 'classify', spec, sequences };
    await withSequences(backends, job, decodeCheckpoint(end.checkpoint).parameters, async (opened) => {
      const insight = (await sequenceInsight(opened, host))!;
      expect(sequenceInsightSchema.safeParse(insight).error).toBeUndefined();
      expect(insight.windows).toBe(400);
      expect(insight.outputs.toSorted()).toEqual(['a', 'b']);
      expect(insight.memory.slopes.relative.indexOf(1)).toBe(2);
      expect(insight.memory.occlusion!.relative.indexOf(1)).toBe(2);
      // The same cross-entropy as by the engine itself, though characters went in as numbers here.
      expect(insight.memory.occlusion!.error).toBeCloseTo(await opened.backend.evaluate(opened.starts.validation), 4);
      const trace = await sequenceTrace(opened, 399);
      expect(sequenceTraceSchema.safeParse(trace).error).toBeUndefined();
      expect(trace.symbols).toHaveLength(8);
      expect(trace.said[0]!.name).toBe(trace.symbols![5]);
      expect(Object.keys(trace.gates).toSorted()).toEqual(['n', 'r', 'z']);
      await expect(sequenceTrace(opened, 400)).rejects.toMatchObject({ data: { code: 'trace.window' } });
    });
  });

  it('of a text, with an embedding and a target at every step', async () => {
    const text = tokenize('hello world '.repeat(60), { normalization: 'none', minCount: 1 });
    const spec = defaultTextSpec(text.ids.length, 'hello');
    Object.assign(spec, { backend: 'wasm' });
    spec.text.embedding = 5;
    spec.window.targets = 'every';
    spec.window.sequenceLength = 10;
    Object.assign(spec.training, { epochs: 3 });
    const end = await trainText(spec, text, training);
    if (end.type !== 'finishedText') throw new Error(end.type);
    await withSequences(backends, { task: 'char', spec, text }, decodeCheckpoint(end.checkpoint).parameters, async (opened) => {
      const insight = (await sequenceInsight(opened, host))!;
      expect(insight.memory.slopes.relative).toHaveLength(10);
      expect(insight.memory.occlusion!.changes.every(Number.isFinite)).toBe(true);
      expect(insight.windows).toBe(text.ids.length - 9);
      const trace = await sequenceTrace(opened, 1);
      expect(trace.symbols!.join('')).toBe('ello world');
      expect(trace.truth).toBe(' ');
      expect((await sequenceTrace(opened, insight.windows - 1)).truth).toBeNull();
    });
  });
});
