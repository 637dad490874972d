import { expect, it } from 'vitest';
import { tokenize } from '../../data/text.ts';
import { backends } from '../../engine/index.ts';
import { decodeCheckpoint, encodeCheckpoint } from '../../formats/checkpoint.ts';
import { defaultTextSpec } from '../../shared/text-defaults.ts';
import type { CharSpec } from '../../shared/spec.ts';
import type { TrainerEvent } from '../../shared/trainer-protocol.ts';
import { openWriter, writeOn } from '../generation/written.ts';
import { trainText } from './session.ts';

const hello = defaultTextSpec(11, 'hello world');
/** What is held out follows another rule: the better the first is learnt, the worse the validation loss. */
const verse = 'ab'.repeat(300) + 'aabb'.repeat(100);

async function train(spec: CharSpec, text: string) {
  const events: TrainerEvent[] = [];
  const end = await trainText(spec, tokenize(text, spec.text), { engines: backends, encode: encodeCheckpoint, signal: { aborted: false }, emit: (event) => { events.push(event); }, breathe: () => Promise.resolve(), now: () => performance.now() });
  if (end.type !== 'finishedText') throw new Error(end.type);
  return { end, of: <T extends TrainerEvent['type']>(type: T) => events.filter((event): event is Extract<TrainerEvent, { type: T }> => event.type === type) };
}

it('hello world: learnt to the letter, better than counting pairs, its samples with the weights that wrote them', async () => {
  const { end, of } = await train(hello, 'hello world');
  expect(end.metrics.train!.accuracy).toBe(1);
  expect(end.metrics.validation).toBeNull();
  expect(of('alphabet')[0]).toMatchObject({ characters: [' ', 'd', 'e', 'h', 'l', 'o', 'r', 'w'], baselines: { part: 'train' } });
  expect(of('alphabet')[0]!.baselines.unigramBits).toBeCloseTo(end.metrics.train!.unigramBits, 12);
  expect(of('alphabet')[0]!.baselines.bigramBits).toBeCloseTo(end.metrics.train!.bigramBits, 12);
  expect(end.metrics.train!.bitsPerCharacter).toBeLessThan(end.metrics.train!.bigramBits);
  expect(of('accuracy').at(-1)!.accuracy).toEqual({ epoch: 200, accuracy: 1 });
  const samples = of('sample');
  expect(samples.map(({ sample }) => sample.epoch)).toEqual([1, 2, 5, 10, 20, 50, 100, 200]);
  // What an epoch wrote, its weights write again.
  for (const { sample, weights } of [samples[0]!, samples.at(-1)!]) {
    const { parameters, epoch } = decodeCheckpoint(weights!);
    expect(epoch).toBe(sample.epoch);
    const { characters, unknown } = of('alphabet')[0]!;
    const writer = await openWriter(backends, hello, { characters, unknown }, parameters, epoch);
    const { text } = await writeOn(writer, { source: { run: 'x', checkpoint: epoch }, prompt: 'he', strange: 'refuse', length: 20, rule: { temperature: 0, topK: null, topP: null }, seed: 7, stop: '', ask: 'x' }, { signal: { aborted: false }, now: () => 0 });
    expect(text).toBe(sample.text);
  }
  expect(samples.at(-1)!.sample.text.slice(0, 5)).toBe('llo w');
});

it('the best and the last epoch are judged; with early stopping the run ends with the best', async () => {
  const long = defaultTextSpec(verse.length, verse);
  const spec: CharSpec = {
    ...long, window: { sequenceLength: 8, stride: 4, targets: 'every' }, split: { train: 0.6, validation: 0.2, test: 0.2 }, model: { ...long.model, hiddenSize: 8 },
    training: { ...long.training, epochs: 12, learningRate: 0.02, batchSize: 16 }, samples: { ...long.samples, length: 5 },
  };
  const { end, of } = await train(spec, verse);
  const records = of('epochs').flatMap(({ records: some }) => some);
  const best = records.reduce((least, record) => (record.validationLoss! < least.validationLoss! ? record : least));
  expect(best.epoch).toBeLessThan(12);
  expect(end.evaluations.best.epoch).toBe(best.epoch);
  expect(end.evaluations.last.epoch).toBe(12);
  expect(end.metrics).toEqual(end.evaluations.last.metrics);
  expect(of('checkpoint').find(({ kind, epoch }) => kind === 'best' && epoch === best.epoch)).toBeDefined();
  const patient = await train({ ...spec, training: { ...spec.training, patience: 20 } }, verse);
  expect(patient.end.metrics).toEqual(patient.end.evaluations.best.metrics);
});
